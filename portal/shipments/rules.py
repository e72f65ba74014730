"""What differs between what was announced, shipped and received. Plain Python."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from portal.submissions.data import Line


def differences(
    lines: Sequence[Line], said: Sequence[Decimal | None], word: str
) -> tuple[str, ...]:
    """Say which quantities differ from those announced, each in the unit of its line.

    `said` holds a quantity for each line in its order; None says that it is as announced.
    """
    return tuple(
        f"{line.name}: {plain(amount)} {line.unit} {word}, {plain(line.quantity)} announced"
        for line, amount in zip(lines, said, strict=True)
        if amount is not None and amount != line.quantity
    )


def between(
    lines: Sequence[Line], shipped: Sequence[Decimal], received: Sequence[Decimal]
) -> tuple[str, ...]:
    """Say which quantities arrived other than they left."""
    return tuple(
        f"{line.name}: {plain(came)} {line.unit} received, {plain(left)} shipped"
        for line, left, came in zip(lines, shipped, received, strict=True)
        if left != came
    )


def amounts(details: Mapping[str, object], lines: Sequence[Line]) -> tuple[Decimal, ...]:
    """Return the quantities that a step told, or those announced."""
    told = details.get("quantities")
    if not isinstance(told, list) or len(told) != len(lines):
        return tuple(line.quantity for line in lines)
    return tuple(Decimal(str(one)) for one in told)


def plain(value: Decimal) -> str:
    """Write a number in full, without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
