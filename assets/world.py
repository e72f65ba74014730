"""Make portal/pictures/world.json, the outlines that maps are drawn from; see assets/build.sh."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Line = list[list[float]]
DIGITS = 2  # of a degree: about a kilometre, as fine as the places are known
SAME_MERIDIAN = 179.99  # degrees; a border along the edge of the map is none


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs in degrees: they are stored as steps on a grid."""
    (across, up), (west, south) = (topology["transform"][k] for k in ("scale", "translate"))
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            point = [round(x * across + west, DIGITS), round(y * up + south, DIGITS)]
            if not line or line[-1] != point:
                line.append(point)
        found.append(line)
    return found


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a geometry as numbers of arcs."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry.get("arcs", ()) for ring in polygon]


def joined(ring: list[int], arcs: list[Line]) -> Line:
    """Return a ring as points; a negative number is an arc read backwards."""
    line: Line = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(part if not line else part[1:])
    return line


def main(source: Path, target: Path) -> None:
    """Write rings of land and the lines between countries."""
    topology = json.loads(source.read_text())
    arcs, objects = arcs_of(topology), topology["objects"]
    land = [joined(r, arcs) for g in objects["land"]["geometries"] for r in rings_of(g)]
    used = Counter(
        number if number >= 0 else ~number
        for geometry in objects["countries"]["geometries"]
        for ring in rings_of(geometry)
        for number in ring
    )
    shared = [arcs[number] for number, times in used.items() if times > 1]
    borders = [line for line in shared if not all(abs(x) > SAME_MERIDIAN for x, _ in line)]
    world = {
        "source": "Natural Earth 1:110m, public domain, by world-atlas 2.0.2 (ISC)",
        "land": land,
        "borders": borders,
    }
    target.write_text(json.dumps(world, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
