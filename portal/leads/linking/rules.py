"""When leads are not merged, split or linked. Plain Python."""

from collections.abc import Collection

from portal.core.errors import DomainError

MOST_SOURCES = 40  # of one lead


class AlreadySourceError(DomainError):
    """Another lead rests on this submission: that one is offered."""


class LinkRefusedError(DomainError):
    """The leads are not to be put together, or not to be taken apart, like this."""


def hold_number(sources: int) -> None:
    """Refuse more sources than a lead may have.

    Raises:
        LinkRefusedError: there are too many.
    """
    if sources > MOST_SOURCES:
        raise LinkRefusedError(f"A lead rests on {MOST_SOURCES} submissions at most. Split it.")


def renumbered(taken: Collection[int], numbers: Collection[int]) -> dict[int, int]:
    """Return new numbers for the subjects of a merged lead, after those that are taken."""
    after = max(taken, default=0)
    return {number: after + place for place, number in enumerate(sorted(numbers), start=1)}
