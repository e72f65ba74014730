"""The life of an organisation as one table of moves, what each standing allows, and expiry."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from portal.core.errors import DomainError


class Standing(StrEnum):
    """Where an organisation stands with the registrar."""

    APPLIED = "applied"
    DOCUMENTS_ASKED = "documents asked"
    VETTED = "vetted"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Action(StrEnum):
    """What changes it."""

    ASK = "ask for a document"
    ANSWER = "answer"
    VET = "vet"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    LIFT = "lift the suspension of"
    CLOSE = "close"


MOVES: Mapping[tuple[Standing, Action], Standing] = {
    (Standing.APPLIED, Action.ASK): Standing.DOCUMENTS_ASKED,
    (Standing.DOCUMENTS_ASKED, Action.ANSWER): Standing.APPLIED,
    (Standing.APPLIED, Action.VET): Standing.VETTED,
    (Standing.APPLIED, Action.REFUSE): Standing.REFUSED,
    (Standing.DOCUMENTS_ASKED, Action.REFUSE): Standing.REFUSED,
    (Standing.VETTED, Action.SUSPEND): Standing.SUSPENDED,
    (Standing.SUSPENDED, Action.LIFT): Standing.VETTED,
    (Standing.VETTED, Action.CLOSE): Standing.CLOSED,
    (Standing.SUSPENDED, Action.CLOSE): Standing.CLOSED,
}


class Seen(StrEnum):
    """A standing as the company sees it."""

    RECEIVED = "received"
    QUESTION = "question for you"
    ACTIVE = "active"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    CLOSED = "closed"


OUTER: Mapping[Standing, Seen] = {
    Standing.APPLIED: Seen.RECEIVED,
    Standing.DOCUMENTS_ASKED: Seen.QUESTION,
    Standing.VETTED: Seen.ACTIVE,
    Standing.REFUSED: Seen.REFUSED,
    Standing.SUSPENDED: Seen.SUSPENDED,
    Standing.CLOSED: Seen.CLOSED,
}


class Right(StrEnum):
    """What a company does in the portal beyond reading and keeping drafts."""

    REPORT = "report, answer and fulfil duties"
    TRADE = "begin a trade"
    CERTIFY = "ask for a certificate"


ALLOWED: Mapping[Standing, frozenset[Right]] = {
    Standing.APPLIED: frozenset(),
    Standing.DOCUMENTS_ASKED: frozenset(),
    Standing.VETTED: frozenset(Right),
    Standing.REFUSED: frozenset(),
    Standing.SUSPENDED: frozenset({Right.REPORT}),
    Standing.CLOSED: frozenset(),
}


class Expiry(StrEnum):
    """What is said of a paper on its last day and after it."""

    OVER = "expired"
    TODAY = "ends today"


WARNINGS = {
    7: "ends within 7 days",
    30: "ends within 30 days",
    60: "ends within 60 days",
}
WARN_DAYS = tuple(WARNINGS)  # before a licence ends


class MoveRefusedError(DomainError):
    """The table has no such move."""


def move(standing: Standing, action: Action) -> Standing:
    """Return the standing after the action.

    Raises:
        MoveRefusedError: the action is not possible in this standing.
    """
    try:
        return MOVES[standing, action]
    except KeyError:
        raise MoveRefusedError(
            "You cannot %(action)s an organisation that is %(standing)s.",
            action=action,
            standing=standing,
        ) from None


def actions_from(standing: Standing) -> tuple[Action, ...]:
    """Return what can be done next, for the buttons on the page."""
    return tuple(action for (start, action) in MOVES if start is standing)


def warned_at(valid_until: date | None, today: date) -> int | None:
    """Return the last of WARN_DAYS that a licence has passed; None when far off or over."""
    left = (valid_until - today).days if valid_until else -1
    return next((days for days in WARN_DAYS if 0 <= left <= days), None)


def expiry_words(valid_until: date | None, today: date) -> str:
    """Return a warning when a licence ends soon or has ended; the last day still counts."""
    if valid_until is None:
        return ""
    if valid_until < today:
        return Expiry.OVER
    if valid_until == today:
        return Expiry.TODAY
    return WARNINGS.get(warned_at(valid_until, today) or 0, "")
