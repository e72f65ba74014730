"""The steps that sightings and information requests share."""

from datetime import datetime

from portal.kinds.traces.data import TracesData
from portal.kinds.traces.forms import SubjectForm, TracesForm
from portal.submissions.kind import Duty, Problem, Step
from portal.submissions.questions import DeclarationForm, LineForm, line_label, party_label

WHAT, END = "Who and what", "Before you send it"
PRACTICE = "Practice between authorities"
NAMED = (
    Step("traces", "Containers, vehicles, papers", TracesForm, WHAT),
    Step(
        "parties",
        "People and companies",
        SubjectForm,
        WHAT,
        item="person or company",
        label=party_label,
        intro="Whoever carried, sent or was to receive the goods. If nobody is known, go on.",
    ),
    Step(
        "substances",
        "Goods",
        LineForm,
        WHAT,
        item="substance",
        label=line_label,
        intro="Each substance with its quantity. If either is not known, say so in words"
        " on the page before, and go on.",
    ),
)
DECLARED = Step("declaration", "Declaration", DeclarationForm, END)


def nothing_named(data: TracesData) -> tuple[Problem, ...]:
    """Refuse a record that names nobody and nothing."""
    if data.has_trace():
        return ()
    return (Problem("traces", "Name at least one container, vehicle, paper, person or substance"),)


def kept_ready(_data: TracesData, _at: datetime, _jurisdiction: str) -> tuple[Duty, ...]:
    """Return what comes next for the partner."""
    return (
        Duty("The authority may ask you about it here.", None, PRACTICE, confirmed=False),
        Duty("If you learn more, correct it here.", None, PRACTICE, confirmed=False),
    )
