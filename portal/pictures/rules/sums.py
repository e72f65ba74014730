"""What several suppliers' orders of the same people add up to, against thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase

from portal.pictures.data import Delivery, Line, Quantities, Step
from portal.pictures.rules.axis import Days, Masses, Tick
from portal.reference.data import Confidence, Limit

WIDTH, HEIGHT = 900.0, 360.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 885.0, 30.0, 310.0
BAR = 12.0
TALLEST = 3  # times the sum: a threshold above that is told in the table, not drawn
HEADROOM = Decimal("1.1")


def lines_of(limits: Sequence[Limit], jurisdiction: str) -> tuple[Line, ...]:
    """Return the thresholds of a jurisdiction that are set by weight, the lowest first."""
    found: dict[Decimal, Line] = {}
    for limit in limits:
        if limit.jurisdiction == jurisdiction and limit.quantity_kg:
            sure = limit.sureness is Confidence.CONFIRMED
            doubt = "confirmed" if sure else "general knowledge, to be checked"
            words = f"{limit.direction_name}: {limit.words} ({doubt}), {limit.legal_basis}"
            found.setdefault(limit.quantity_kg, Line(limit.quantity_kg, words, sure))
    return tuple(found[quantity] for quantity in sorted(found))


def letter(place: int) -> str:
    """Return A, B, … Z, AA, AB for the place of a supplier."""
    first, last = divmod(place, len(ascii_uppercase))
    return (letter(first - 1) if first else "") + ascii_uppercase[last]


def quantities_of(
    deliveries: Sequence[Delivery], lines: Sequence[Line], begins: date, ends: date
) -> Quantities:
    """Add up deliveries, which come in the order of their receipt."""
    letters: dict[str, str] = {}
    sums: dict[str, Decimal] = {}
    steps: list[Step] = []
    total = Decimal(0)
    for one in deliveries:
        letters.setdefault(one.supplier, letter(len(letters)))
        sums[one.supplier] = sums.get(one.supplier, Decimal(0)) + one.base_kg
        before, total = total, total + one.base_kg
        passed = tuple(line for line in lines if before <= line.kilograms < total)
        steps.append(Step(one, letters[one.supplier], total, passed))
    suppliers = tuple((letters[name], name, sums[name]) for name in letters)
    return Quantities(tuple(steps), suppliers, tuple(lines), begins, ends)


@dataclass(frozen=True, slots=True)
class Bar:
    """A delivery in the picture."""

    step: Step
    place: int  # of the supplier, from 1, for its colour
    x: float
    y: float
    high: float


@dataclass(frozen=True, slots=True)
class Level:
    """A threshold in the picture."""

    line: Line
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture."""

    bars: tuple[Bar, ...]
    path: str  # of the sum
    levels: tuple[Level, ...]
    higher: tuple[Line, ...]  # thresholds above the picture
    days: tuple[Tick, ...]
    masses: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM
    bar: float = BAR


def chart_of(found: Quantities) -> Chart:
    """Draw the quantities: a bar a delivery, the sum as a stair, thresholds as levels."""
    drawn = [line for line in found.lines if line.kilograms <= found.total * TALLEST]
    most = max([found.total, *(line.kilograms for line in drawn)]) * HEADROOM
    masses = Masses(most or Decimal(1), BOTTOM, TOP)
    days = Days(found.begins, found.ends, LEFT + 4, RIGHT - BAR - 4)
    places = {name: place for place, (name, _, _) in enumerate(found.suppliers, start=1)}
    bars: list[Bar] = []
    path = f"M{LEFT:g} {BOTTOM:g}"
    last = LEFT - BAR
    for step in found.steps:
        last = x = max(days.at(step.delivery.received_at.date()), last + BAR + 1)
        y = masses.at(step.delivery.base_kg)
        bars.append(Bar(step, places[step.letter], round(x, 1), y, round(BOTTOM - y, 1)))
        path += f"H{x + BAR / 2:g}V{masses.at(step.total):g}"
    return Chart(
        tuple(bars),
        f"{path}H{RIGHT:g}" if bars else "",
        tuple(Level(line, masses.at(line.kilograms)) for line in drawn),
        tuple(line for line in found.lines if line not in drawn),
        days.ticks(),
        masses.ticks(),
    )
