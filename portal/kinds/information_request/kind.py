"""The declaration of this kind."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from portal.kinds.information_request.data import Circle, InformationRequestData, Marking
from portal.kinds.information_request.forms import QuestionForm, TermsForm
from portal.kinds.traces.kind import DECLARED, NAMED, PRACTICE, nothing_named
from portal.organisations.models import Sort
from portal.submissions.kind import Answers, Duty, Kind, Problem, Step

ASK = "What you ask"
NARROW = {Marking.RED, Marking.AMBER_STRICT}
STEPS = (
    Step("question", "The question", QuestionForm, ASK),
    Step("terms", "How soon, and for whom", TermsForm, ASK),
    *NAMED,
    DECLARED,
)


def build(said: Answers) -> InformationRequestData:
    """Return the record that the answers make."""
    pages = ("question", "terms", "traces", "declaration")
    answers: dict[str, Any] = {name: value for page in pages for name, value in said[page].items()}
    lines, parties = tuple(said["substances"]), tuple(said["parties"])
    return InformationRequestData(lines=lines, parties=parties, **answers)


def problems(data: InformationRequestData) -> Sequence[Problem]:
    """Return what contradicts itself between pages."""
    if data.marking in NARROW and data.shown_to is not Circle.AUTHORITY:
        wide = Problem("terms", "Under this marking it is shown to this authority alone")
        return (*nothing_named(data), wide)
    return nothing_named(data)


def doubts(_data: InformationRequestData, _today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed: nothing."""
    return ()


def duties(data: InformationRequestData, _at: datetime, _jurisdiction: str) -> Sequence[Duty]:
    """Return what comes next for the partner."""
    return (
        Duty(
            "The authority answers here, or with a lead in your inbox.",
            data.answer_by,
            PRACTICE,
            confirmed=False,
        ),
        Duty(
            "If you no longer need the answer, withdraw the request here.",
            None,
            PRACTICE,
            confirmed=False,
        ),
    )


INFORMATION_REQUEST = Kind(
    slug="information-request",
    title="Information request",
    prefix="IR",
    intro="Ask the authority what it knows of a company, a person, a container or a shipment.",
    steps=STEPS,
    data=InformationRequestData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=duties,
    side=Sort.PARTNER,
)
