"""How soon an officer should look: a sum of few parts, each of which can only add.

Findings count by their weight, added up by what they are about, each sum up to a limit: the same
doubt told five times is one grave doubt. Doubts about different things strengthen each other. What
was found before on cases that led somewhere counts a little more. Then comes what the submission
itself says: the reporter's indicators, the substance, how much drug it could make, a threshold
passed, and how soon the goods are out of reach. Figures are our own; docs/priority.md explains.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from portal.submissions.data import Filed, Line
from portal.submissions.indicators import BY_CODE
from portal.triage.data import About, Addend, Book, SubstanceFacts, Weighed, is_notice

HIGH = 72  # from here a closure needs a supervisor
MOST_OF_A_KIND = 80  # from findings about one thing
SOLID = 10  # points from which a kind of findings strengthens the others
TOGETHER = (0, 0, 10, 20, 30)  # by how many kinds are solid; more count as four
MOST_FROM_REPORTER = 15
DANGER = {"I": 10, "II": 3}  # by table of the 1988 Convention
DANGER_EU = {"1": 10, "2A": 8, "2B": 6, "4": 6, "3": 3}
NOT_LISTED = 3
YIELDS = ((Decimal(1000), 8), (Decimal(100), 6), (Decimal(10), 4), (Decimal(1), 2))  # kg of drug
THRESHOLD = 4
URGENT = ((timedelta(days=1), 10), (timedelta(days=7), 7))
STOPPABLE = 4  # later than that
STOP_LABEL = "The goods can still be stopped"
STOP_LABELS = {STOP_LABEL, "The goods could still be stopped at receipt"}  # the second: of old
LEAVES_SOON, LATE = timedelta(days=3), 4  # of a notice that comes so late
HASTE = (0, 7, 15)  # of a partner's request: routine, urgent, immediate

PRIOR_CASES, PRIOR_LED = (
    20,
    5,
)  # as if these had been known of each rule: few outcomes change little
FROM_RATE, MOST_FROM_RATE = 20, 10  # points for a rate one above the prior, and at most

KIND_LABELS = {about: f"Findings: {about.value.lower()}" for about in About}
TOGETHER_LABEL = "Different kinds of findings together"
RATE_LABEL = "Such findings led somewhere before"
FROM_FINDINGS = {*KIND_LABELS.values(), TOGETHER_LABEL, RATE_LABEL, "Findings"}  # the last: of old

FOUND_WEIGHS = 2  # what a partner found out is a fact; what officers thought is an opinion
Rates = Mapping[str, tuple[int, int]]  # code of a rule: cases that led somewhere, and cleared


@dataclass(frozen=True, slots=True)
class Hits:
    """What became of the cases of a rule, each counted once."""

    led: int = 0
    cleared: int = 0
    confirmed: int = 0  # of those that led, by what a partner found
    refuted: int = 0  # of those cleared, by what a partner found

    @property
    def known(self) -> int:
        """Return of how many cases something is known."""
        return self.led + self.cleared

    @property
    def counted(self) -> tuple[int, int]:
        """Return how they count in a priority: what partners found weighs more than a thought."""
        more = FOUND_WEIGHS - 1
        return self.led + more * self.confirmed, self.cleared + more * self.refuted


def addends(
    filed: Filed, raised: Iterable[Weighed], book: Book, rates: Rates, now: datetime
) -> tuple[Addend, ...]:
    """Return the parts of the priority, in the order in which they are shown."""
    return (*from_findings(raised, rates), *from_filing(filed, book, now))


def from_findings(raised: Iterable[Weighed], rates: Rates) -> tuple[Addend, ...]:
    """Return the parts that follow from findings; one more never takes from the sum."""
    found = [one for one in raised if one.weight > 0]
    sums = dict.fromkeys(About, 0)
    for one in found:
        sums[one.about] += one.weight
    solid = sum(points >= SOLID for points in sums.values())
    best = max((from_rate(*rates.get(one.code, (0, 0))) for one in found), default=0)
    return shown(
        *(Addend(KIND_LABELS[kind], min(sums[kind], MOST_OF_A_KIND)) for kind in About),
        Addend(TOGETHER_LABEL, TOGETHER[min(solid, len(TOGETHER) - 1)]),
        Addend(RATE_LABEL, best),
    )


def from_rate(led: int, cleared: int) -> int:
    """Return the points of a rule whose cases led somewhere more often than most."""
    rate = (led + PRIOR_LED) / (led + cleared + PRIOR_CASES)
    return min(max(round(FROM_RATE * (rate - PRIOR_LED / PRIOR_CASES)), 0), MOST_FROM_RATE)


def from_filing(filed: Filed, book: Book, now: datetime) -> tuple[Addend, ...]:
    """Return the parts that follow from what was filed."""
    drug = possible_drug(filed, book)
    return shown(
        Addend("Indicators that the reporter saw", reporter(filed)),
        Addend("Most dangerous substance", danger(filed, book.substances)),
        Addend(f"Could make {amount(drug)} of a drug", made(drug)),
        Addend("A threshold is passed", THRESHOLD if passed(filed) else 0),
        Addend(STOP_LABEL, urgency(filed.facts.can_stop_until, now)),
        Addend("The notice came within three days of leaving", late(filed)),
        Addend("A partner waits for an answer", HASTE[filed.facts.haste]),
    )


def shown(*parts: Addend) -> tuple[Addend, ...]:
    """Leave out what adds nothing."""
    return tuple(part for part in parts if part.points)


def reporter(filed: Filed) -> int:
    """Return the points of the indicators that were ticked."""
    points = sum(BY_CODE[code].weight for code in filed.facts.indicators if code in BY_CODE)
    return min(points, MOST_FROM_REPORTER)


def danger(filed: Filed, substances: Mapping[str, SubstanceFacts]) -> int:
    """Return the points of the most dangerous substance."""
    return max(
        (points_of(substances.get(line.substance or "")) for line in named(filed)), default=0
    )


def named(filed: Filed) -> tuple[Line, ...]:
    """Return the goods of a submission: those of the trade, or those of a declaration."""
    return filed.facts.lines or filed.facts.declared


def points_of(substance: SubstanceFacts | None) -> int:
    """Return the points of one substance by its listings."""
    if substance is None:
        return NOT_LISTED
    listed = DANGER.get(substance.un_table, 0), DANGER_EU.get(substance.eu_category, 0)
    return max(*listed, NOT_LISTED if not any(listed) else 0)


def possible_drug(filed: Filed, book: Book) -> Decimal:
    """Return how much of any drug one line could make at most, in kg, by mass balance."""
    return max(
        (
            (line.base_kg or Decimal(0)) * book.yields.get(line.substance or "", Decimal(0))
            for line in named(filed)
        ),
        default=Decimal(0),
    )


def made(drug_kg: Decimal) -> int:
    """Return the points of a possible mass of a drug."""
    return next((points for least, points in YIELDS if drug_kg >= least), 0)


def amount(drug_kg: Decimal) -> str:
    """Write a possible mass: never more exact than a mass balance is."""
    return f"at most {drug_kg:,.0f} kg"


def passed(filed: Filed) -> bool:
    """Tell whether a line passes a threshold, as worked out at receipt."""
    return any(": passed." in answer for line in filed.facts.lines for answer in line.threshold)


def urgency(until: datetime | None, now: datetime) -> int:
    """Return the points of goods that can still be stopped, by how soon they cannot."""
    if until is None or until <= now:
        return 0
    return next((points for most, points in URGENT if until - now <= most), STOPPABLE)


def late(filed: Filed) -> int:
    """Return the points of a notice of goods that leave, or left, so soon that hardly time is."""
    leaves = filed.facts.dispatch_on
    if not is_notice(filed) or leaves is None or filed.facts.dispatched_on is not None:
        return 0
    return LATE if leaves - filed.received_at.date() <= LEAVES_SOON else 0


def total(parts: Iterable[Addend]) -> int:
    """Return the priority."""
    return sum(part.points for part in parts)
