"""The arithmetic of the evaluation. Plain Python."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two groupings of the same mentions agree, pair by pair."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairs(number: int) -> int:
    """Return how many pairs some things make."""
    return number * (number - 1) // 2


def agreement(groups: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the pairwise agreement; each mention is given as its true and its found group.

    Without any pair to find, or any found, nothing was wrong: that counts as 1.
    """
    both, true, found = Counter[Hashable](), Counter[Hashable](), Counter[Hashable]()
    for real, seen in groups:
        both[real, seen] += 1
        true[real] += 1
        found[seen] += 1
    right, wanted, claimed = (sum(map(pairs, count.values())) for count in (both, true, found))
    return Agreement(right / claimed if claimed else 1.0, right / wanted if wanted else 1.0)


@dataclass(slots=True)
class Track:
    """What became of one scheme in the queue."""

    key: str
    sort: str
    members: int = 0
    shares: list[float] = field(default_factory=list)  # best rank after each member
    before_last: float | None = None  # best rank just before the last arrived
    best_priority: int = 0
    days_early: float = 0.0

    def found_after(self, top: float) -> int | None:
        """Return after how many members one of them first stood in the top share, if ever."""
        for place, share in enumerate(self.shares, start=1):
            if share <= top:
                return place
        return None

    def in_time(self, top: float) -> bool:
        """Tell whether a member stood in the top share just before the last arrived."""
        return self.before_last is not None and self.before_last <= top

    def early(self, top: float) -> int:
        """Return how many of its submissions were still to come when it was first found."""
        found = self.found_after(top)
        return self.members - found if found else 0


def rank_share(above: int, queue: int) -> float:
    """Return a place in the queue as a share of it; the first of a hundred is 0.01."""
    return (above + 1) / queue if queue else 1.0


def per_thousand(number: int, whole: int) -> float:
    """Return a number per thousand of a whole."""
    return 1000 * number / whole if whole else 0.0


def by_sort(tracks: Iterable[Track]) -> Mapping[str, list[Track]]:
    """Return the schemes of each type, types in order of the alphabet."""
    found: dict[str, list[Track]] = {}
    for track in sorted(tracks, key=lambda one: (one.sort, one.key)):
        found.setdefault(track.sort, []).append(track)
    return found


def row(sort: str, tracks: list[Track], top: float) -> dict[str, object]:
    """Return what is reported of a type of scheme."""
    number = len(tracks)
    ranks = sorted(t.before_last for t in tracks if t.before_last is not None)
    return {
        "sort": sort,
        "schemes": number,
        "submissions": sum(t.members for t in tracks),
        "in_time": sum(t.in_time(top) for t in tracks),
        "found": sum(t.found_after(top) is not None for t in tracks),
        "submissions_early": round(sum(t.early(top) for t in tracks) / number, 2),
        "best_rank_median": round(ranks[len(ranks) // 2], 5) if ranks else None,
        "best_rank_worst": round(ranks[-1], 5) if ranks else None,
        "best_priority_median": sorted(t.best_priority for t in tracks)[number // 2],
    }
