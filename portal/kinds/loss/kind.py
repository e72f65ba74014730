"""The declaration of this kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from portal.core.languages import gettext
from portal.kinds.loss.data import LossData
from portal.kinds.loss.forms import CircumstancesForm, DiscoveryForm, MeasuresForm, PersonForm
from portal.submissions.kind import Answers, Duty, Kind, Problem, Step
from portal.submissions.questions import DeclarationForm, LineForm, line_label, party_label

LOST, PEOPLE, MORE, END = "What was lost", "Who", "What was done", "Before you send it"
WRITTEN = timedelta(days=15)  # 21 CFR 1310.05, after the first word by telephone

STEPS = (
    Step("discovery", "When and where", DiscoveryForm, LOST),
    Step(
        "substances",
        "Missing substances",
        LineForm,
        LOST,
        item="substance",
        least=1,
        label=line_label,
        intro="List each substance with the quantity that is missing.",
    ),
    Step("circumstances", "How it was lost", CircumstancesForm, LOST),
    Step(
        "parties",
        "People and carriers",
        PersonForm,
        PEOPLE,
        item="person or organisation",
        label=party_label,
        intro="Whoever carried the goods, saw something, or may have taken them. If nobody is"
        " known, go on.",
    ),
    Step("measures", "Police and measures", MeasuresForm, MORE),
    Step("declaration", "Declaration", DeclarationForm, END),
)


def build(said: Answers) -> LossData:
    """Return the record that the answers make."""
    pages = ("discovery", "circumstances", "measures", "declaration")
    answers: dict[str, Any] = {name: value for page in pages for name, value in said[page].items()}
    return LossData(lines=tuple(said["substances"]), parties=tuple(said["parties"]), **answers)


def problems(data: LossData) -> Sequence[Problem]:
    """Return what contradicts itself between pages."""
    if data.missing_from and data.missing_from > data.discovered_on:
        return (Problem("discovery", "It cannot be missing only since after it was discovered"),)
    return ()


def doubts(data: LossData, today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed."""
    if data.police_reference and data.police_told is False:
        return (gettext("There is a reference of the police, but the police were not told."),)
    return ()


def duties(data: LossData, received_at: datetime, jurisdiction: str) -> Sequence[Duty]:
    """Return what comes next for the company."""
    if jurisdiction == "US":
        first = Duty(
            "If you have told the authority by telephone only, this is the written report.",
            (received_at + WRITTEN).date(),
            "21 CFR 1310.05",
            confirmed=False,
        )
    else:
        first = Duty(
            "Keep the place and the papers as they are until the authority has answered.",
            None,
            "Condition of use of the portal",
        )
    return (
        first,
        Duty(
            "If goods come back, or you learn more, correct this report here.",
            None,
            "Condition of use of the portal",
        ),
    )


LOSS = Kind(
    slug="loss",
    title="Loss or theft",
    prefix="LT",
    intro="Report that listed substances are missing: stolen, lost on the way, or not to be found.",
    steps=STEPS,
    data=LossData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=duties,
    restricted=True,
)
