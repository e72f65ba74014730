"""Who must agree to a lead before it leaves: one table by handling and marking. Plain Python."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from portal.core.errors import DomainError
from portal.leads.data import Handling, Marking, at_most

ANALYST, SUPERVISOR = "analyst", "supervisor"  # values of portal.core.access.Role
CONFIRM_WITHIN = timedelta(hours=24)  # of a release at once; afterwards no more hand-overs


class Step(StrEnum):
    """What somebody else than the author does."""

    REVIEW = "review"
    APPROVE = "approval"


class Deed(StrEnum):
    """What was decided."""

    REVIEWED = "reviewed"
    APPROVED = "approved"
    SENT_BACK = "sent back"
    RELEASED = "released at once"
    CONFIRMED = "release confirmed"
    REFUSED = "release refused"
    WITHDRAWN = "release withdrawn"


class Care(StrEnum):
    """How much care a lead needs."""

    LIGHT = "light"
    USUAL = "usual"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Need:
    """A step, and who may take it."""

    step: Step
    roles: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the step in words."""
        return f"{self.step} by another {' or '.join(self.roles)}"


STEPS: Mapping[Care, tuple[Need, ...]] = {  # beside the author; nobody takes two
    Care.LIGHT: (Need(Step.APPROVE, (ANALYST, SUPERVISOR)),),
    Care.USUAL: (Need(Step.APPROVE, (SUPERVISOR,)),),
    Care.STRICT: (Need(Step.REVIEW, (ANALYST,)), Need(Step.APPROVE, (SUPERVISOR,))),
}
CARE_WORDS: Mapping[Care, str] = {
    Care.LIGHT: "Lawful sharing without conditions, up to TLP:GREEN: author and approver",
    Care.USUAL: "Sharing with conditions, or TLP:AMBER: author and a supervisor",
    Care.STRICT: "TLP:AMBER+STRICT or TLP:RED: author, another analyst, and a supervisor",
}


class NotYoursError(DomainError):
    """The step is not for this person, because of role or because of what they did before."""

    status = 403


class ChangedMeanwhileError(DomainError):
    """What was read is not what would be approved."""


def care_of(marking: Marking, handlings: Iterable[Handling]) -> Care:
    """Return how much care a lead needs: by its marking and the strictest of its texts."""
    if not at_most(marking, Marking.AMBER):
        return Care.STRICT
    if marking is Marking.AMBER or Handling.CONDITIONS in set(handlings):
        return Care.USUAL
    return Care.LIGHT


def next_need(care: Care, taken: Collection[Step]) -> Need | None:
    """Return the step that comes next; none when all are taken."""
    return next((need for need in STEPS[care] if need.step not in taken), None)


def objection(need: Need | None, role: str, account_id: UUID, involved: Mapping[UUID, str]) -> str:
    """Say why somebody may not take a step; nothing when they may.

    Args:
        need: the step; none when there is none to take.
        role: of the account.
        account_id: who would take it.
        involved: what people did to the lead, such as "wrote it".
    """
    if need is None:
        return "Nothing is left to decide."
    if account_id in involved:
        return f"You {involved[account_id]}. Somebody else must decide: {need.words}."
    if role not in need.roles:
        return f"What comes next is {need.words}."
    return ""
