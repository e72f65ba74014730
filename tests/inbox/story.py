"""A lead that was handed over, as rows: what the partner's side begins with."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import Role
from portal.core.references import new_reference
from portal.leads.data import Category, Confidence, Handling, Marking, Priority, Proposal
from portal.leads.models import Lead, LeadSource, LeadText
from portal.leads.rules import Status
from portal.organisations.models import Organisation, PartnerProfile
from portal.partners.formats.own_json import OWN_JSON
from portal.partners.models import HandOver
from portal.partners.registry.data import Way
from portal.partners.services import package_of
from portal.submissions.models import Submission
from portal.watchlists.data import Information, Source
from tests.factories import NOON, make_account


def make_partner(session: Session, name: str = "PCU Bangkok") -> Account:
    """Return an officer of a new partner."""
    officer = make_account(session, Role.PARTNER_OFFICER, name=f"Officer of {name}")
    organisation = session.get_one(Organisation, officer.organisation_id)
    organisation.name = name
    profile = PartnerProfile(organisation_id=organisation.id, network="PCU of CCP")
    session.add(profile)
    session.flush()
    return officer


def make_lead(session: Session, *sources: Submission, **more) -> Lead:
    """Return an approved lead made from some submissions."""
    author = more.pop("author", None) or make_account(session, Role.ANALYST)
    answers = {
        "reference": new_reference("LD"),
        "status": Status.HANDED_OVER,
        "title": "Drums on the way to Bangkok",
        "summary": "For officers alone.",
        "asked": "Open the container and tell us what is inside.",
        "category": Category.DIVERSION,
        "priority": Priority.URGENT,
        "confidence": Confidence.MODERATE,
        "proposal": Proposal.TARGET,
        "marking": Marking.AMBER,
        "author_id": author.id,
        "created_at": NOON,
        "approved_at": NOON,
    }
    lead = Lead(**answers | more)
    lead.texts = [
        LeadText(
            position=0,
            text="A shipment arrives next week.",
            source=Source.UNTESTED,
            information=Information.CORROBORATED,
            handling=Handling.CONDITIONS,
            released=True,
        )
    ]
    lead.sources = [LeadSource(submission_id=one.id) for one in sources]
    session.add(lead)
    session.flush()
    return lead


def hand_over(
    session: Session, lead: Lead, officer: Account, now: datetime = NOON, **more
) -> HandOver:
    """Give a lead to an officer's partner, as a row."""
    partner = session.get_one(Organisation, officer.organisation_id)
    content = OWN_JSON.render(package_of(lead, partner, "PCU of CCP", now)).decode()
    answers = {
        "lead_id": lead.id,
        "partner_id": officer.organisation_id,
        "handed_over_at": now,
        "handed_over_by_id": lead.author_id,
        "content": content,
        "way": Way.ACCOUNT,
        "number": 1,
        "lead_version": 1,
        "expires_on": lead.expires_on,
        "content_sha256": "0" * 64,
        "signature": "{}",
    }
    given = HandOver(**answers | more)
    session.add(given)
    session.flush()
    return given
