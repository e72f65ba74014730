"""The answers of an information request."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.kinds.traces.data import TracesData
from portal.submissions.data import Facts, told


class Urgency(StrEnum):
    """How soon an answer is needed."""

    ROUTINE = "routine"
    URGENT = "urgent"
    IMMEDIATE = "immediate"


class Marking(StrEnum):
    """How far the request itself may go: Traffic Light Protocol 2.0, as on leads."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


class Circle(StrEnum):
    """To whom the request may be shown."""

    AUTHORITY = "to this authority alone"
    PARTNERS = "to other partners on the same matter"
    MARKING = "to anybody the marking allows"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequestData(TracesData):
    """What a partner asks, about whom or what, why and on which ground."""

    question: str = told("What is asked")
    why: str = told("Why it is asked")
    legal_basis: str = told("Legal basis")
    urgency: Urgency = told("Urgency")
    answer_by: date | None = told("Answer needed by", None)
    marking: Marking = told("Marking of this request")
    shown_to: Circle = told("May be shown")

    def facts(self) -> Facts:
        """Add what is asked, and how soon."""
        return replace(
            TracesData.facts(self),
            asked=self.question,
            grounds=self.why,
            answer_by=self.answer_by,
            haste=list(Urgency).index(self.urgency),
        )

    def summary(self) -> str:
        """Return whom or what it is about."""
        return self.first_trace() or self.question[:80]
