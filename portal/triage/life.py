"""The inner life of a submission, as two tables of moves: of reports and of notices.

The company sees none of this; its own view is portal.submissions.rules.
"""

from collections.abc import Mapping
from enum import StrEnum

from portal.core.errors import DomainError


class Status(StrEnum):
    """Where a submission stands, to officers."""

    RECEIVED = "received"
    IN_TRIAGE = "in triage"
    ASKED = "information asked"
    FLAGGED = "flagged"
    CONVERTED = "converted"
    CLOSED = "closed"
    REOPENED = "reopened"
    CHECKED = "checked"
    SENT = "sent to the other country"
    NO_OBJECTION = "no objection"
    OBJECTION = "objection"
    NO_REPLY = "no reply in time"
    STOPPED = "stopped"
    RELEASED = "released"
    SHIPPED = "shipped"
    RECONCILED = "reconciled"
    DISCREPANCY = "discrepancy"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What an officer can do to a submission."""

    TAKE = "take"
    ASK = "ask"
    GO_ON = "go on with"
    FLAG = "flag"
    UNFLAG = "take the flag off"
    CONVERT = "convert"
    CLOSE = "close"
    REOPEN = "reopen"
    CHECK = "mark as checked"
    SEND = "mark as sent"
    NOT_OBJECTED = "note no objection to"
    OBJECTED = "note an objection to"
    UNANSWERED = "note no reply to"
    STOP = "stop"
    RELEASE = "release"
    SHIP = "note the shipping of"
    RECONCILE = "reconcile"
    DIFFER = "note a discrepancy of"
    CANCEL = "cancel"


class Outcome(StrEnum):
    """Why a submission is closed."""

    NO_CONCERN = "no concern"
    DUPLICATE = "duplicate"
    REFERRED = "referred to another authority"
    CORRECTED = "a newer version takes its place"


class WeightsState(StrEnum):
    """Where a version of the weights, or of another number of the registrar, stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in force"
    REPLACED = "replaced"
    REFUSED = "refused"


S, A = Status, Action
COMMON: Mapping[tuple[Status, Action], Status] = {
    (S.RECEIVED, A.TAKE): S.IN_TRIAGE,
    (S.REOPENED, A.TAKE): S.IN_TRIAGE,
    (S.IN_TRIAGE, A.ASK): S.ASKED,
    (S.FLAGGED, A.ASK): S.ASKED,
    (S.ASKED, A.GO_ON): S.IN_TRIAGE,
    (S.IN_TRIAGE, A.FLAG): S.FLAGGED,
    (S.ASKED, A.FLAG): S.FLAGGED,
    (S.FLAGGED, A.UNFLAG): S.IN_TRIAGE,
    (S.FLAGGED, A.CONVERT): S.CONVERTED,
    (S.IN_TRIAGE, A.CLOSE): S.CLOSED,
    (S.ASKED, A.CLOSE): S.CLOSED,
    (S.FLAGGED, A.CLOSE): S.CLOSED,
    (S.CLOSED, A.REOPEN): S.REOPENED,
}
CANCELLABLE = (
    *(S.RECEIVED, S.REOPENED, S.IN_TRIAGE, S.ASKED, S.CHECKED),
    *(S.SENT, S.NO_OBJECTION, S.NO_REPLY, S.RELEASED),
)
CARRIED = frozenset({S.IN_TRIAGE, S.FLAGGED})  # a correction goes on from where the older was
REPORT: Mapping[tuple[Status, Action], Status] = COMMON
NOTICE: Mapping[tuple[Status, Action], Status] = {
    **COMMON,
    (S.IN_TRIAGE, A.CHECK): S.CHECKED,
    (S.CHECKED, A.FLAG): S.FLAGGED,
    (S.CHECKED, A.SEND): S.SENT,
    (S.CHECKED, A.RELEASE): S.RELEASED,
    (S.SENT, A.NOT_OBJECTED): S.NO_OBJECTION,
    (S.SENT, A.OBJECTED): S.OBJECTION,
    (S.SENT, A.UNANSWERED): S.NO_REPLY,
    (S.NO_OBJECTION, A.RELEASE): S.RELEASED,
    (S.NO_REPLY, A.RELEASE): S.RELEASED,
    (S.OBJECTION, A.STOP): S.STOPPED,
    (S.CHECKED, A.STOP): S.STOPPED,
    (S.SENT, A.STOP): S.STOPPED,
    (S.NO_OBJECTION, A.STOP): S.STOPPED,
    (S.NO_REPLY, A.STOP): S.STOPPED,
    (S.FLAGGED, A.STOP): S.STOPPED,
    (S.RELEASED, A.STOP): S.STOPPED,
    (S.STOPPED, A.RELEASE): S.RELEASED,
    (S.RELEASED, A.SHIP): S.SHIPPED,
    (S.SHIPPED, A.RECONCILE): S.RECONCILED,
    (S.SHIPPED, A.DIFFER): S.DISCREPANCY,
    (S.DISCREPANCY, A.FLAG): S.FLAGGED,
    (S.DISCREPANCY, A.RECONCILE): S.RECONCILED,
    **{(state, A.CANCEL): S.CANCELLED for state in CANCELLABLE},
}
OPEN = frozenset(Status) - {S.CLOSED, S.CONVERTED, S.RECONCILED, S.CANCELLED}
SUSPECTED = frozenset({S.FLAGGED, S.CONVERTED, S.STOPPED, S.OBJECTION})
BY_BUTTON = frozenset({A.GO_ON, A.UNFLAG, A.CHECK, A.RECONCILE})
ON_NOTICES = frozenset({A.SEND, A.NOT_OBJECTED, A.OBJECTED, A.STOP, A.RELEASE})
CHOSEN = frozenset(Outcome) - {Outcome.CORRECTED}  # by an officer who closes


class MoveRefusedError(DomainError):
    """The table has no such move."""


def moves_of(kind: str) -> Mapping[tuple[Status, Action], Status]:
    """Return the table for a kind of submission."""
    return NOTICE if kind.endswith("-notice") else REPORT


def move(kind: str, status: Status, action: Action) -> Status:
    """Return the status after the action.

    Raises:
        MoveRefusedError: the action is not possible in this status.
    """
    try:
        return moves_of(kind)[status, action]
    except KeyError:
        raise MoveRefusedError(f"You cannot {action} a submission that is {status}.") from None


def possible(kind: str, status: Status, action: Action) -> bool:
    """Tell whether the table has such a move."""
    return (status, action) in moves_of(kind)


def actions_from(kind: str, status: Status) -> tuple[Action, ...]:
    """Return what can be done next, for the buttons on the page."""
    return tuple(action for (start, action) in moves_of(kind) if start is status)
