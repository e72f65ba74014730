"""The substances of the reference data, and what is said of their use."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from portal.simulation.words.goods import KINDS, USES

DATA = Path(__file__).parents[2] / "data" / "substances.csv"


@dataclass(frozen=True, slots=True)
class Substance:
    """What the reference data says of a substance."""

    key: str
    name: str
    cas: str | None
    hs: str | None


@cache
def substances() -> dict[str, Substance]:
    """Return the substances of the reference data by key."""
    with DATA.open(newline="", encoding="utf-8") as file:
        return {
            row["id"]: Substance(
                row["id"], row["name"], row["cas_rn"] or None, row["hs_code"].split("|")[0] or None
            )
            for row in csv.DictReader(file)
        }


def use_of(trade: str, by: Random) -> str:
    """Return what a trade says it needs the goods for."""
    return by.choice(USES[trade]).format(kind=by.choice(KINDS))
