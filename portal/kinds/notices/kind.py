"""What the three notices declare alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from portal.core.languages import day, gettext, translated
from portal.kinds.notices.data import NoticeData, StayData
from portal.kinds.notices.forms import (
    AuthorisationForm,
    ContainerForm,
    LegForm,
    PapersForm,
    TraderForm,
)
from portal.reference import queries as reference
from portal.reference.data import Duty as Deadline
from portal.reference.rules.working_days import earliest_departure
from portal.submissions.data import PartyRole
from portal.submissions.kind import Answers, Duty, Law, Problem, Step
from portal.submissions.questions import (
    DeclarationForm,
    LineForm,
    first,
    line_label,
    party_label,
)

GOODS, PEOPLE, WAY, END = "The goods", "Who", "The way", "Before you send it"
N = TypeVar("N", bound=NoticeData)
NEEDED = (PartyRole.EXPORTER, PartyRole.IMPORTER)


def leg_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of legs."""
    mode = translated(first(typed, "mode"))
    return f"{first(typed, 'origin')} – {first(typed, 'destination')}, {mode}"


def paper_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of authorisations."""
    return f"{translated(first(typed, 'sort'))} {first(typed, 'number')}"


def box_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of containers."""
    return first(typed, "number")


LISTED: tuple[Step, ...] = (
    Step("substances", "Substances", LineForm, GOODS, item="substance", least=1, label=line_label),
    Step(
        "parties",
        "Exporter, importer and others",
        TraderForm,
        PEOPLE,
        item="person or organisation",
        least=2,
        label=party_label,
        intro="Name the exporter and the importer, the ultimate consignee if it is another, and"
        " everybody between them.",
    ),
    Step(
        "authorisations",
        "Authorisations",
        AuthorisationForm,
        PEOPLE,
        item="authorisation",
        label=paper_label,
        intro="The export authorisation and the import authorisation, if they are needed. Attach a"
        " scan of each before you send.",
    ),
    Step(
        "legs",
        "Route",
        LegForm,
        WAY,
        item="leg",
        least=1,
        label=leg_label,
        intro="List each leg in order, from where the goods leave to where they are used.",
    ),
    Step(
        "containers",
        "Containers and seals",
        ContainerForm,
        WAY,
        item="container",
        most=200,
        label=box_label,
        once=True,
    ),
    Step("papers", "Numbers of papers", PapersForm, WAY, once=True),
    Step("declaration", "Declaration", DeclarationForm, END),
)


def answers(said: Answers, *pages: str) -> dict[str, Any]:
    """Return what the pages of a notice say, by the names of the record."""
    asked = ("shipment", *pages, "papers", "declaration")
    alone: dict[str, Any] = {name: value for page in asked for name, value in said[page].items()}
    legs = tuple(said["legs"])
    return alone | {
        "lines": tuple(said["substances"]),
        "parties": tuple(said["parties"]),
        "authorisations": tuple(said["authorisations"]),
        "legs": legs,
        "free_zones": tuple(leg.free_zone for leg in legs if leg.free_zone),
        "containers": tuple(said["containers"]),
    }


def problems(data: NoticeData) -> Sequence[Problem]:
    """Return what contradicts itself between pages."""
    found = [
        Problem("parties", gettext("Nobody listed is the %(role)s. Add one", role=translated(role)))
        for role in NEEDED
        if not any(party.role is role for party in data.parties)
    ]
    names = {role: {p.name for p in data.parties if p.role is role} for role in NEEDED}
    if names[PartyRole.EXPORTER] & names[PartyRole.IMPORTER]:
        found.append(Problem("parties", "Exporter and importer must be different"))
    for place, (leg, onward) in enumerate(zip(data.legs, data.legs[1:], strict=False), start=1):
        if leg.arrives_on and onward.departs_on and onward.departs_on < leg.arrives_on:
            words = gettext(
                "Leg %(later)s leaves before leg %(earlier)s arrives",
                later=place + 1,
                earlier=place,
            )
            found.append(Problem("legs", words))
    return found


def doubts(data: NoticeData, today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed."""
    found = []
    if data.moves_on < today:
        found.append(gettext("The day on which the goods move is in the past."))
    elif data.may_leave_on and data.moves_on < data.may_leave_on:
        found.append(
            gettext(
                "The goods are to move on %(planned)s, but may not before %(allowed)s."
                " The notice is taken and marked as late.",
                planned=day(data.moves_on),
                allowed=day(data.may_leave_on),
            )
        )
    for place, (leg, onward) in enumerate(zip(data.legs, data.legs[1:], strict=False), start=1):
        if leg.destination != onward.origin:
            found.append(
                gettext(
                    "Leg %(earlier)s ends at %(end)s and leg %(later)s begins at %(beginning)s.",
                    earlier=place,
                    end=leg.destination,
                    later=place + 1,
                    beginning=onward.origin,
                )
            )
    return found


def with_clock(
    session: Session, data: N, law: Law, lead_for: Deadline, answer_for: Deadline | None = None
) -> N:
    """Add the day before which nothing may move, with the reckoning."""
    deadlines = reference.deadlines(session, law.jurisdiction)
    lead = deadlines.get(lead_for)
    answer = deadlines.get(answer_for) if answer_for else None
    departure = earliest_departure(law.received_on, lead, answer, law.country)
    not_before = departure.not_before
    return replace(
        data,
        may_leave_on=not_before,
        may_leave_working=departure.working,
        may_leave_confirmed=departure.decides,
        late=not_before is not None and data.moves_on < not_before,
    )


def duties(data: NoticeData, received_at: datetime, jurisdiction: str) -> Sequence[Duty]:
    """Return what comes next for the exporter."""
    return (
        Duty(
            "Nothing may leave before this date, and not before the portal says: may leave.",
            data.may_leave_on,
            "; ".join(data.may_leave_working) or "Set by the authority",
            confirmed=data.may_leave_confirmed,
        ),
        Duty(
            "After the goods have left, report the day, and the quantity that was shipped.",
            data.dispatch_on,
            "1988 Convention, Article 12(10)",
        ),
    )


def stay_duties(data: StayData, received_at: datetime, jurisdiction: str) -> Sequence[Duty]:
    """Return what comes next for who brings goods in or through."""
    return (
        Duty(
            "Wait until the portal says: may leave. Before that the goods may not move on.",
            data.may_leave_on,
            "; ".join(data.may_leave_working) or "Set by the authority",
            confirmed=data.may_leave_confirmed,
        ),
        Duty(
            "After the goods have arrived, report the day, and the quantity that came.",
            data.moves_on,
            "1988 Convention, Article 12",
        ),
    )
