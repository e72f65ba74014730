"""Invented checks at borders, sightings and a request of partners.

Planted: a lorry of several orders seen at the Kazakh border; a container that nobody announced; a
container of three notices that stood at Karachi before it was let leave.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.border import answering
from portal.border import services as border
from portal.core.access import Role
from portal.demo.customers import AL_NOUR, BEKOV, KARACHI
from portal.intake.queries import kind_of
from portal.intake.services import receive
from portal.kinds.information_request.data import (
    Circle,
    InformationRequestData,
    Marking,
    Urgency,
)
from portal.kinds.sighting.data import Done, How, SightingData
from portal.shipments import services as shipments
from portal.submissions.data import PartyRole
from portal.submissions.kind import Law
from portal.submissions.models import Submission, SubmissionMention
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase

LEAVES = "MSCU6639870"  # of the notice that was let leave
UNKNOWN, TWICE = "HLXU4561233", "CSQU3054383"
CHECKS = (  # days ago, what was typed
    (9, LEAVES),
    (6, "msku 330621 7"),
    (5, TWICE),
    (2, UNKNOWN),
)


def make(session: Session, domain: str, now: datetime) -> None:
    """Make what partners saw, checked and asked."""
    people = {
        person.email.partition("@")[0]: person
        for person in session.scalars(select(Account).where(Account.email.endswith(f"@{domain}")))
    }
    let_leave(session, now - timedelta(days=130))
    see(session, people["caricc"], lorry, now - timedelta(days=16))
    see(session, people["blo.mekong"], drums, now - timedelta(days=7))
    ask(session, people["jpc"], now - timedelta(days=3))
    for days, typed in CHECKS:
        made = now - timedelta(days=days)
        sent = (f"practice-{days}", made)
        border.check(session, typed, "Gate 2", sent, people["pcu.karachi"], made)


def let_leave(session: Session, now: datetime) -> None:
    """Let the shipment of one notice leave, as a supervisor does."""
    supervisor = session.scalars(select(Account).where(Account.role == Role.SUPERVISOR)).first()
    named = select(SubmissionMention.submission_id).where(SubmissionMention.value == LEAVES)
    query = select(Submission).where(Submission.id.in_(named), Submission.kind == "export-notice")
    notice = session.scalar(query)
    if supervisor is None or notice is None:
        return
    case = session.get_one(TriageCase, notice.id)
    deeds.take(session, case, supervisor, now)
    deeds.act(session, case, Action.CHECK, supervisor, now)
    shipments.release(session, case, supervisor, now)


def law(day: date) -> Law:
    """Return whose rules apply."""
    return Law(current_app.config["JURISDICTION"], current_app.config["COUNTRY"], day)


def see(
    session: Session, officer: Account, build: Callable[[date], SightingData], now: datetime
) -> None:
    """File a sighting."""
    rules = law(now.date())
    receive(session, kind_of("sighting"), build(now.date()), officer, rules, now)


def lorry(day: date) -> SightingData:
    """Return a lorry of several orders, seen at a crossing into Kazakhstan."""
    return SightingData(
        lines=(),
        parties=(BEKOV.party(PartyRole.PERSON_KNOWN),),
        declared_by="Duty officer",
        seen_on=day - timedelta(days=1),
        seen_time="04:20",
        place="Zhibek Zholy crossing",
        place_country="KZ",
        how=How.ROUTINE,
        what="A lorry with a Kazakh plate. The papers said household goods; in the back stood"
        " blue cans without labels that smelt of vinegar.",
        plates=("VK-902-B",),
        goods_words="About sixty blue cans of twenty litres, no labels",
        done=Done.WATCHED,
        case_number="ZZ-2026-118",
    )


def drums(day: date) -> SightingData:
    """Return drums behind furniture, held at a port."""
    return SightingData(
        lines=(),
        parties=(),
        declared_by="Duty officer",
        seen_on=day,
        place="THBKK",
        place_country="TH",
        how=How.SCAN,
        what="The scan showed drums behind furniture. The waybill names furniture only.",
        containers=("TRLU7720416",),
        seals=("TH448812",),
        done=Done.HELD,
        held_until=day + timedelta(days=21),
    )


def ask(session: Session, officer: Account, now: datetime) -> None:
    """File a request about two firms, with a word that followed it."""
    data = InformationRequestData(
        lines=(),
        parties=(AL_NOUR.party(PartyRole.CONSIGNEE), KARACHI.party(PartyRole.IMPORTER)),
        declared_by="Duty officer",
        question="Are these two firms known to you? Is anything under way to either of them?",
        why="Both names stood on papers that were found with a seizure in October.",
        legal_basis="Memorandum of understanding of 2007, paragraph 4",
        urgency=Urgency.URGENT,
        answer_by=now.date() + timedelta(days=10),
        marking=Marking.AMBER,
        shown_to=Circle.AUTHORITY,
        containers=(TWICE,),
    )
    request = receive(session, kind_of("information-request"), data, officer, law(now.date()), now)
    words = "A word on the container alone would help already."
    answering.write(session, request, words, officer, now + timedelta(hours=5))
