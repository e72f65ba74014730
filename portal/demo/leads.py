"""An invented lead that went its whole way: two reports, two partners, a seizure."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.demo.partners import PARTNER_DOMAIN
from portal.demo.people import STAFF_DOMAIN
from portal.leads import services as leads
from portal.leads.approval import services as approval
from portal.leads.approval.rules import Step
from portal.leads.data import (
    Category,
    Confidence,
    Handling,
    Marking,
    Priority,
    Proposal,
)
from portal.leads.models import Lead, LeadSource, LeadText
from portal.leads.releasing import released_of, seal
from portal.partners import services as partners
from portal.partners.inbox import reporting
from portal.partners.inbox.data import Reported, Result, SeizureLine
from portal.partners.models import HandOver
from portal.submissions.models import Submission
from portal.triage import deeds
from portal.triage.models import TriageCase
from portal.watchlists.data import Information, Source

BUYER = "Badr Trading LLC"
WRITTEN, APPROVED, GIVEN, READ, ACTED = (timedelta(days=n) for n in (60, 58, 57, 56, 31))
SAID = {
    "title": "A trading firm asks one supplier after another for acetic anhydride",
    "summary": "Two of our companies were asked by the same firm within weeks; see their reports.",
    "asked": "Tell us whether the firm is known to you, and look at what reaches it by land.",
    "category": Category.DIVERSION,
    "priority": Priority.URGENT,
    "confidence": Confidence.MODERATE,
    "proposal": Proposal.TARGET,
    "marking": Marking.AMBER,
    "conditions": "",
    "expires_on": None,
    "ask_originator": False,
}
TEXTS = (
    ("The firm has no use for the substance that anybody could name.", Information.CORROBORATED),
    ("It paid in advance and did not ask for a price.", Information.KNOWN_INDIRECTLY),
)


def make(session: Session, now: datetime) -> None:
    """Write the lead, have it decided, hand it over, and let partners answer."""
    analyst, boss = (one(session, f"{who}@{STAFF_DOMAIN}") for who in ("analyst", "supervisor"))
    lead = write(session, analyst, now - WRITTEN)
    leads.submit(session, lead, analyst, now - WRITTEN)
    approval.decide(session, lead, Step.APPROVE, seal(released_of(lead)), boss, now - APPROVED)
    for who in ("caricc", "pcu.karachi"):
        officer = one(session, f"{who}@{PARTNER_DOMAIN}")
        given = partners.hand_over(session, lead, officer.organisation_id, boss, now - GIVEN)
        partners.note_reading(session, given, officer, now - READ)
        partners.acknowledge(session, given, "", officer, now - READ)
        if who == "caricc":
            report(session, given, officer, now)


def one(session: Session, email: str) -> Account:
    """Return somebody of the practice data."""
    return session.scalars(select(Account).where(Account.email == email)).one()


def write(session: Session, analyst: Account, now: datetime) -> Lead:
    """Flag the oldest reports on the firm, and make a lead of them."""
    query = select(Submission).where(Submission.summary.startswith(BUYER))
    first, second = session.scalars(query.order_by(Submission.received_at).limit(2))
    case = session.get_one(TriageCase, first.id)
    deeds.take(session, case, analyst, now)
    deeds.flag(session, case, "The same firm asks everywhere.", analyst, now)
    lead = leads.convert(session, first, SAID, [text(*said) for said in TEXTS], analyst, now)
    lead.sources.append(LeadSource(submission_id=second.id))
    session.flush()
    return lead


def text(words: str, information: Information) -> LeadText:
    """Return a graded text that partners may read."""
    return LeadText(
        position=[said for said, _ in TEXTS].index(words),
        text=words,
        source=Source.RELIABLE,
        information=information,
        handling=Handling.PERMITTED,
        released=True,
    )


def report(session: Session, given: HandOver, officer: Account, now: datetime) -> None:
    """Let a partner say what came of it."""
    line = SeizureLine(
        substance="acetic-anhydride",
        name="Acetic anhydride",
        quantity=Decimal(900),
        quantity_kg=Decimal(900),
        unit="kg",
        place="Panji Poyon",
        country="TJ",
        seized_on=(now - ACTED).date(),
    )
    said = Reported(
        result=Result.SEIZURE,
        place="Panji Poyon",
        country="TJ",
        happened_on=(now - ACTED).date(),
        persons=2,
        text="Found behind furniture, in cans without labels. Two drivers were held.",
        seizures=(line,),
    )
    reporting.report(session, given, said, officer, now - ACTED)
