"""The life of an organisation, as one table of moves."""

from collections.abc import Mapping
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
OUTER: Mapping[Standing, str] = {
    Standing.APPLIED: "received",
    Standing.DOCUMENTS_ASKED: "question for you",
    Standing.VETTED: "active",
    Standing.REFUSED: "refused",
    Standing.SUSPENDED: "suspended",
    Standing.CLOSED: "closed",
}


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
        raise MoveRefusedError(f"You cannot {action} an organisation that is {standing}.") from None


def actions_from(standing: Standing) -> tuple[Action, ...]:
    """Return what can be done next, for the buttons on the page."""
    return tuple(action for (start, action) in MOVES if start is standing)
