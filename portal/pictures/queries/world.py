"""The outlines that maps are drawn from; Natural Earth draws lines as they are held in fact."""

import json
from functools import lru_cache
from pathlib import Path

from portal.pictures.rules.maps import World

FILE = Path(__file__).parent.parent / "world.json"


@lru_cache(maxsize=1)
def world() -> World:
    """Return the outlines of land and the lines between countries; read once."""
    told = json.loads(FILE.read_text())
    land, borders = (
        tuple(tuple((x, y) for x, y in line) for line in told[name]) for name in ("land", "borders")
    )
    return World(land, borders, told["source"])
