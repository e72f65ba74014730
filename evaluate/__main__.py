"""Print how well schemes are found and people recognised, and write var/evaluation.json."""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

from evaluate import entities
from evaluate.measuring import Agreement, agreement, by_sort, per_thousand, row
from evaluate.running import Watch, portal, run
from portal.core import db
from tests import postgres

TOP = 0.02
OUT = Path("var/evaluation.json")
COLUMNS = (
    *("schemes", "in_time", "found", "submissions_early"),
    *("best_rank_median", "best_rank_worst", "best_priority_median"),
)  # fmt: skip


def recognised(watch: Watch) -> tuple[Agreement, Agreement]:
    """Return how well mentions of people and organisations were put together.

    First all of them, also bare names such as a carrier's; then the parties alone.
    """
    seen: dict[tuple[Any, str], Any] = {}
    for submission, path, entity in entities.resolved(db.get_session()):
        seen.setdefault((submission, entities.place_of(path)), entity)
    known = [(key[1], real, seen.get(key, key)) for key, real in watch.truth.items()]
    return (
        agreement((real, entity) for _, real, entity in known),
        agreement((real, entity) for path, real, entity in known if path.startswith("parties.")),
    )


def evaluated(seed: int, size: int) -> tuple[Watch, tuple[Agreement, Agreement], float]:
    """File one country into a portal of its own, and measure."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = None
        if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
            url = stack.enter_context(postgres.cluster())
        stack.enter_context(portal(folder, url))
        begin = time.perf_counter()
        watch = run(seed, size)
        spent = time.perf_counter() - begin
        return watch, recognised(watch), spent


def linkage() -> tuple[dict[str, Any] | None, str]:
    """Return the comparison with splink on real data, or why there is none."""
    if find_spec("evaluate.febrl") is None:
        return None, "evaluate/febrl.py is not here yet: no value for febrl_f1_over_splink"
    try:
        return import_module("evaluate.febrl").measure(), ""
    except Exception as error:  # noqa: BLE001  said, never hidden
        return None, f"febrl could not be measured: {error}"


def result(seeds: list[int], size: int) -> dict[str, Any]:
    """Return every figure over all seeds."""
    tracks, legal, alarms, f1s, spent = [], 0, 0, [], 0.0
    for seed in seeds:
        watch, found, seconds = evaluated(seed, size)
        tracks += list(watch.tracks.values())
        legal, alarms = legal + watch.legal, alarms + len(watch.alarms)
        f1s.append(found)
        spent += seconds
        print(f"seed {seed}: {seconds:.0f} s, {size / seconds:.0f} submissions a second")
    rows = [row(sort, some, TOP) for sort, some in by_sort(tracks).items()]
    number = len(tracks)
    return {
        "seeds": seeds,
        "size": size,
        "seconds": round(spent, 1),
        "schemes": number,
        "schemes_in_top_2_percent_in_time": round(sum(t.in_time(TOP) for t in tracks) / number, 4),
        "schemes_in_top_2_percent_at_any_time_before_last": round(
            sum(t.found_after(TOP) is not None for t in tracks) / number, 4
        ),
        "false_alarms_per_1000": round(per_thousand(alarms, legal), 2),
        **linked("entity", [everybody for everybody, _ in f1s]),
        **linked("entity_parties", [parties for _, parties in f1s]),
        "sorts": rows,
    }


def linked(name: str, found: list[Agreement]) -> dict[str, float]:
    """Return the mean figures of some agreements."""
    return {
        f"{name}_precision": round(fmean(one.precision for one in found), 5),
        f"{name}_recall": round(fmean(one.recall for one in found), 5),
        f"{name}_f1": round(fmean(one.f1 for one in found), 5),
    }


def show(found: dict[str, Any]) -> None:
    """Print the table."""
    print(f"\n{'scheme':<44}" + "".join(f"{name.replace('_', ' '):>22}" for name in COLUMNS))
    for one in found["sorts"]:
        print(f"{one['sort']:<44}" + "".join(f"{one[name]!s:>22}" for name in COLUMNS))
    for name, value in found.items():
        if name != "sorts":
            print(f"{name:<52}{value}")


def main() -> int:
    """Evaluate what was asked for; 1 when a figure is missing."""
    asked = argparse.ArgumentParser(prog="./dev evaluate")
    asked.add_argument("--seed", default="1", help="one or several, with commas")
    asked.add_argument("--size", type=int, default=10_000)
    said = asked.parse_args()
    found = result([int(one) for one in said.seed.split(",")], said.size)
    compared, why = linkage()
    found["febrl"] = compared
    found["febrl_f1_over_splink"] = compared["febrl_f1_over_splink"] if compared else None
    show(found)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    if why:
        print(why, file=sys.stderr)
    return int(bool(why))


if __name__ == "__main__":
    sys.exit(main())
