"""The life of an edition, as one table of moves, and the words of those who write. Plain Python."""

from collections.abc import Mapping
from enum import StrEnum

from portal.core.errors import DomainError


class State(StrEnum):
    """Where an edition stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    APPROVED = "approved"


class Deed(StrEnum):
    """What is done to it."""

    SUBMIT = "submit"
    SEND_BACK = "send back"
    APPROVE = "approve"


class PatternSort(StrEnum):
    """How a name is described."""

    WORDS = "words"
    LOOK_ALIKE = "look-alike"
    FORM = "form"


MOVES: Mapping[tuple[State, Deed], State] = {
    (State.DRAFTED, Deed.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Deed.SEND_BACK): State.SENT_BACK,
    (State.SUBMITTED, Deed.APPROVE): State.APPROVED,
}


class MoveRefusedError(DomainError):
    """The table has no such move."""


class OwnWorkError(DomainError):
    """Nobody approves what they wrote themselves."""


class NamesError(DomainError):
    """The bulletin names somebody, and nobody said why it may."""

    status = 422


def move(state: State, deed: Deed) -> State:
    """Return the state after a deed.

    Raises:
        MoveRefusedError: it is not possible in this state.
    """
    try:
        return MOVES[state, deed]
    except KeyError:
        raise MoveRefusedError(f"You cannot {deed} a bulletin that is {state}.") from None
