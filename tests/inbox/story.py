"""A lead that was handed over, as rows: what the partner's side begins with."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import Role
from portal.core.references import new_reference
from portal.leads.data import Category, Confidence, Handling, Marking, Priority, Proposal
from portal.leads.models import Lead, LeadSource, LeadText
from portal.leads.rules import Status
from portal.organisations.models import Organisation, PartnerProfile
from portal.partners.models import HandOver
from portal.submissions.models import Submission
from portal.watchlists.data import Information, Source
from tests.factories import NOON, make_account


def make_partner(session: Session, name: str = "PCU Bangkok") -> Account:
    """Return an officer of a new partner."""
    officer = make_account(session, Role.PARTNER_OFFICER, name=f"Officer of {name}")
    organisation = session.get_one(Organisation, officer.organisation_id)
    organisation.name = name
    profile = PartnerProfile(organisation_id=organisation.id, network="PCU", marking_max="TLP:RED")
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
    content = {
        "reference": lead.reference,
        "title": lead.title,
        "category": lead.category,
        "priority": lead.priority,
        "confidence": lead.confidence,
        "asked": lead.asked,
        "proposal": lead.proposal,
        "texts": [
            {"text": one.text, "source": "2", "information": "B", "handling": "C"}
            for one in lead.texts
        ],
        "marking": lead.marking,
        "conditions": lead.conditions,
        "expires_on": lead.expires_on.isoformat() if lead.expires_on else None,
        "authority": "The authority",
        "recipient": "The partner",
    }
    answers = {
        "lead_id": lead.id,
        "partner_id": officer.organisation_id,
        "handed_over_at": now,
        "handed_over_by_id": lead.author_id,
        "content": json.dumps(content),
        "content_sha256": "0" * 64,
        "signature": "{}",
    }
    given = HandOver(**answers | more)
    session.add(given)
    session.flush()
    return given
