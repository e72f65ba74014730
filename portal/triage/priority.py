"""How soon an officer should look: a sum of few parts, each of which can only add.

Findings count by their weight, the reporter's own indicators by theirs, both up to a limit, so
that many small doubts do not drown a grave one. The most dangerous substance counts once, a passed
threshold once, and goods that can still be stopped count once. Figures are our own.
"""

from collections.abc import Iterable, Mapping

from portal.submissions.data import Filed
from portal.submissions.indicators import BY_CODE
from portal.triage.data import Addend, Rule, SubstanceFacts

MOST_FROM_FINDINGS = 60
MOST_FROM_REPORTER = 20
URGENT = 15
THRESHOLD = 10
HIGH = 60  # from here a closure needs a supervisor
DANGER = {"I": 15, "II": 8}  # by table of the 1988 Convention
DANGER_EU = {"1": 15, "2A": 10, "2B": 8, "4": 10, "3": 5}
NOT_LISTED = 5


def addends(
    filed: Filed, raised: Iterable[Rule], substances: Mapping[str, SubstanceFacts]
) -> tuple[Addend, ...]:
    """Return the parts of the priority, in the order in which they are shown."""
    parts = [
        Addend("Findings", min(sum(rule.weight for rule in raised), MOST_FROM_FINDINGS)),
        Addend("Indicators that the reporter saw", reporter(filed)),
        Addend("Most dangerous substance", danger(filed, substances)),
        Addend("A threshold is passed", THRESHOLD if passed(filed) else 0),
        Addend("The goods can still be stopped", URGENT if filed.facts.can_stop_until else 0),
    ]
    return tuple(part for part in parts if part.points)


def reporter(filed: Filed) -> int:
    """Return the points of the indicators that were ticked."""
    points = sum(BY_CODE[code].weight for code in filed.facts.indicators if code in BY_CODE)
    return min(points, MOST_FROM_REPORTER)


def danger(filed: Filed, substances: Mapping[str, SubstanceFacts]) -> int:
    """Return the points of the most dangerous substance."""
    return max(
        (points_of(substances.get(line.substance or "")) for line in filed.facts.lines), default=0
    )


def points_of(substance: SubstanceFacts | None) -> int:
    """Return the points of one substance by its listings."""
    if substance is None:
        return NOT_LISTED
    listed = DANGER.get(substance.un_table, 0), DANGER_EU.get(substance.eu_category, 0)
    return max(*listed, NOT_LISTED if not any(listed) else 0)


def passed(filed: Filed) -> bool:
    """Tell whether a line passes a threshold, as worked out at receipt."""
    return any(": passed." in answer for line in filed.facts.lines for answer in line.threshold)


def total(parts: Iterable[Addend]) -> int:
    """Return the priority."""
    return sum(part.points for part in parts)
