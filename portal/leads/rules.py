"""The life of a lead, as one table of moves, and what stands in the way of approval."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from portal.core.errors import DomainError
from portal.core.text import search_key

LEAST_NAME = 4  # letters; a shorter name stands in other words by chance


class Status(StrEnum):
    """Where a lead stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted for approval"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    HANDED_OVER = "handed over"
    ACKNOWLEDGED = "acknowledged"
    ACTED_ON = "acted on"
    OUTCOME_KNOWN = "outcome known"
    CLOSED = "closed"


class Action(StrEnum):
    """What can be done to a lead."""

    SUBMIT = "submit"
    SEND_BACK = "send back"
    APPROVE = "approve"
    HAND_OVER = "hand over"
    ACKNOWLEDGE = "acknowledge"
    ACT = "act on"
    REPORT_OUTCOME = "report the outcome of"
    TAKE_BACK = "take back the outcome of"
    CLOSE = "close"


WITH_PARTNERS = (Status.HANDED_OVER, Status.ACKNOWLEDGED, Status.ACTED_ON, Status.OUTCOME_KNOWN)
BROUGHT_TO: Mapping[Action, Status] = {  # by one partner; the lead stands where the furthest is
    Action.HAND_OVER: Status.HANDED_OVER,
    Action.ACKNOWLEDGE: Status.ACKNOWLEDGED,
    Action.ACT: Status.ACTED_ON,
    Action.REPORT_OUTCOME: Status.OUTCOME_KNOWN,
}
MOVES: Mapping[tuple[Status, Action], Status] = {
    (Status.DRAFTED, Action.SUBMIT): Status.SUBMITTED,
    (Status.SENT_BACK, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.SEND_BACK): Status.SENT_BACK,
    (Status.SUBMITTED, Action.APPROVE): Status.APPROVED,
    (Status.APPROVED, Action.HAND_OVER): Status.HANDED_OVER,
    **{
        (status, action): max(status, reached, key=WITH_PARTNERS.index)
        for status in WITH_PARTNERS
        for action, reached in BROUGHT_TO.items()
    },
    (Status.OUTCOME_KNOWN, Action.TAKE_BACK): Status.ACTED_ON,
    (Status.CLOSED, Action.ACKNOWLEDGE): Status.CLOSED,
    (Status.CLOSED, Action.ACT): Status.CLOSED,
    (Status.CLOSED, Action.REPORT_OUTCOME): Status.OUTCOME_KNOWN,  # somebody must look again
    (Status.OUTCOME_KNOWN, Action.CLOSE): Status.CLOSED,
    (Status.APPROVED, Action.CLOSE): Status.CLOSED,
}
EDITABLE = frozenset({Status.DRAFTED, Status.SENT_BACK})


class MoveRefusedError(DomainError):
    """The table has no such move."""


class OwnWorkError(DomainError):
    """Nobody approves what they wrote themselves."""


class BetraysSourceError(DomainError):
    """The text for partners holds what points to the reporting company."""

    status = 422


def move(status: Status, action: Action) -> Status:
    """Return the status after the action.

    Raises:
        MoveRefusedError: the action is not possible in this status.
    """
    try:
        return MOVES[status, action]
    except KeyError:
        raise MoveRefusedError(f"You cannot {action} a lead that is {status}.") from None


def betraying(text: str, secrets: Collection[str]) -> Iterator[str]:
    """Yield each secret (a name, a reference) that stands in a text, in any case or script."""
    held = f" {search_key(text)} "
    for secret in secrets:
        wanted = search_key(secret)
        if len(wanted) >= LEAST_NAME and f" {wanted} " in held:
            yield secret
