"""The life of a plan, what it must say before it is approved, and what keeps it from starting.

The whole life is the table MOVES. A plan that was approved is changed only by taking it up again,
which undoes the approval. A plan that was stopped never goes on: it is ended, and a new one
written.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, tzinfo
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from portal.core.errors import DomainError
from portal.deliveries.data import PlanFacts, Substitution
from portal.deliveries.rules.consents import fault


class Status(StrEnum):
    """Where a plan is in its life."""

    DRAFTED = "being written"
    SUBMITTED = "waits for approval"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    RUNNING = "under way"
    STOPPED = "stopped"
    ENDED = "ended"
    GIVEN_UP = "given up"


class Action(StrEnum):
    """What can be done with a plan."""

    SUBMIT = "submit"
    SEND_BACK = "send back"
    APPROVE = "approve"
    TAKE_UP = "change"
    START = "start"
    STOP = "stop"
    END = "end"
    GIVE_UP = "give up"


MOVES: Mapping[tuple[Status, Action], Status] = {
    (Status.DRAFTED, Action.SUBMIT): Status.SUBMITTED,
    (Status.SENT_BACK, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.SEND_BACK): Status.SENT_BACK,
    (Status.SUBMITTED, Action.APPROVE): Status.APPROVED,
    (Status.SUBMITTED, Action.TAKE_UP): Status.DRAFTED,
    (Status.APPROVED, Action.TAKE_UP): Status.DRAFTED,
    (Status.APPROVED, Action.START): Status.RUNNING,
    (Status.RUNNING, Action.STOP): Status.STOPPED,
    (Status.RUNNING, Action.END): Status.ENDED,
    (Status.STOPPED, Action.END): Status.ENDED,
    (Status.DRAFTED, Action.GIVE_UP): Status.GIVEN_UP,
    (Status.SENT_BACK, Action.GIVE_UP): Status.GIVEN_UP,
    (Status.SUBMITTED, Action.GIVE_UP): Status.GIVEN_UP,
    (Status.APPROVED, Action.GIVE_UP): Status.GIVEN_UP,
}
EDITABLE = frozenset({Status.DRAFTED, Status.SENT_BACK})
BEFORE_START = frozenset({*EDITABLE, Status.SUBMITTED, Status.APPROVED})
LOGGED = frozenset({Status.RUNNING, Status.STOPPED, Status.ENDED})  # late entries come afterwards
CONSENTING = BEFORE_START | {Status.RUNNING}  # while what a country says still matters
TICKED = frozenset({Status.APPROVED, Status.RUNNING})  # when a stop condition can be met
LAST = frozenset({Status.ENDED, Status.GIVEN_UP})


class MoveRefusedError(DomainError):
    """The table has no such move."""


class OwnWorkError(DomainError):
    """Nobody approves what they wrote themselves."""


class NotReadyError(DomainError):
    """The plan does not yet say what it must, or may not start yet."""


class NotInChargeError(DomainError):
    """Only who answers for the plan does this."""


class ChangedMeanwhileError(DomainError):
    """Somebody else changed the plan after this person opened the page."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this plan while you were looking. Nothing of yours was saved."
            " Go back, copy what you typed, and open the page again."
        )


def move(status: Status, action: Action) -> Status:
    """Return the status after the action.

    Raises:
        MoveRefusedError: the action is not possible in this status.
    """
    try:
        return MOVES[status, action]
    except KeyError:
        raise MoveRefusedError(f"You cannot {action} a plan when it is: {status}.") from None


def possible(status: Status) -> frozenset[Action]:
    """Return what can be done with a plan in this status."""
    return frozenset(action for before, action in MOVES if before is status)


def refuse_own(actor: UUID, writers: Collection[UUID]) -> None:
    """Let only somebody approve who wrote nothing of the plan.

    Raises:
        OwnWorkError: they did.
    """
    if actor in writers:
        raise OwnWorkError("You wrote in this plan. Another supervisor must approve it.")


def gaps(plan: PlanFacts) -> Iterator[str]:
    """Yield what a plan must still say before anybody approves it."""
    yield from gaps_of_people(plan)
    yield from gaps_of_route(plan)
    if plan.substitution is not Substitution.NONE and not plan.substituted:
        yield "Say with what the goods are replaced, by whom and where."
    told = {"Say what it costs.": plan.cost, "Say who pays.": plan.payer}
    told |= {"Say by what means the goods are watched.": plan.watching}
    told |= {"Say who talks to whom, when and how.": plan.communication}
    yield from (words for words, said in told.items() if not said)
    if not plan.consignments:
        yield "Name the consignment: a reference of a submission or a container."
    if not plan.risks:
        yield "Name at least one risk with its measure."
    elif plan.measures < plan.risks:
        yield "Name a measure for each risk."
    if not plan.conditions:
        yield "Name at least one condition under which it is stopped."


def gaps_of_people(plan: PlanFacts) -> Iterator[str]:
    """Yield what is missing of the people who answer for a plan."""
    if plan.in_charge is None or plan.deputy is None:
        yield "Name the person in charge and a deputy."
    elif plan.in_charge == plan.deputy:
        yield "The deputy must be somebody else than the person in charge."
    if not plan.reachable:
        yield "Give the telephone numbers of the person in charge and of the deputy."


def gaps_of_route(plan: PlanFacts) -> Iterator[str]:
    """Yield what is missing of the countries on the route."""
    if not plan.halts:
        yield "Name the countries on the route."
    for halt in plan.halts:
        parts = {
            "the legal basis": halt.legal_basis,
            "the authority": halt.authority,
            "a contact": halt.contact,
            "a number for the day": halt.day_phone,
            "a number for the night": halt.night_phone,
        }
        missing = [words for words, said in parts.items() if not said]
        if missing:
            yield f"{halt.number} {halt.name}: name {', '.join(missing)}."
    for before, after in pairwise(plan.halts):
        if after.planned_at <= before.planned_at:
            yield f"{after.number} {after.name} is planned no later than {before.name} before it."


def obstacles(plan: PlanFacts, today: date, zone: tzinfo) -> Iterator[str]:
    """Yield each reason for which an approved plan may not start.

    Args:
        plan: what it says.
        today: the day at the authority.
        zone: of the authority, in which the planned times have their day.
    """
    if not plan.halts:
        yield "No country is on the route."
    for halt in plan.halts:
        reason = fault(halt.consent, halt.planned_at.astimezone(zone).date(), today)
        if reason:
            yield f"{halt.number} {halt.name}: {reason}"
    for words in plan.conditions_met:
        yield f"A stop condition is met: {words}"
