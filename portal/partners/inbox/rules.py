"""What partners may do after one another, and how long is left. Plain Python."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from portal.core.errors import DomainError
from portal.partners.inbox.data import RequestAction, RequestState, Result

SOON = timedelta(days=14)  # before a lead may no longer be used
PER_UNIT_KG: Mapping[str, Decimal] = {
    "t": Decimal(1000),
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "mg": Decimal("0.000001"),
}
HAPPENED = frozenset({Result.SEIZURE, Result.ARREST, Result.STOPPED})  # on a day, at a place
FINAL = frozenset(Result) - {Result.STILL_OPEN}
REQUEST_MOVES: Mapping[tuple[RequestState, RequestAction], RequestState] = {
    (RequestState.OPEN, RequestAction.ACCEPT): RequestState.ACCEPTED,
    (RequestState.OPEN, RequestAction.DECLINE): RequestState.DECLINED,
    (RequestState.ACCEPTED, RequestAction.DECLINE): RequestState.DECLINED,
    (RequestState.ACCEPTED, RequestAction.DELIVER): RequestState.DELIVERED,
}


class RequestRefusedError(DomainError):
    """The table has no such move."""


class ClosedError(DomainError):
    """What was handed over may no longer be read."""


def moved(state: RequestState, action: RequestAction) -> RequestState:
    """Return the state of a request for more after what officers did.

    Raises:
        RequestRefusedError: it is not possible in this state.
    """
    try:
        return REQUEST_MOVES[state, action]
    except KeyError:
        raise RequestRefusedError(f"You cannot {action} a request that is {state}.") from None


def actions_from(state: RequestState) -> tuple[RequestAction, ...]:
    """Return what officers can do next."""
    return tuple(action for (start, action) in REQUEST_MOVES if start is state)


def is_known(results: Iterable[Result]) -> bool:
    """Tell whether something came of it, whatever else is still open."""
    return any(result in FINAL for result in results)


def clock(until: date | None, today: date) -> tuple[str, str]:
    """Return how long a lead may still be used, in words, with the colour of its mark."""
    if until is None:
        return ("", "")
    left = (until - today).days
    if left < 0:
        return ("expired", "red")
    if left == 0:
        return ("last day", "red")
    words = "1 day left" if left == 1 else f"{left} days left"
    return (words, "yellow" if until - today <= SOON else "grey")


def kilograms(quantity: Decimal, unit: str) -> Decimal | None:
    """Return a mass in kilograms; none for volumes and pieces."""
    factor = PER_UNIT_KG.get(unit)
    return None if factor is None else quantity * factor
