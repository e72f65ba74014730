"""Short ways to leads, hand-overs and outcomes."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from portal.core import jobs
from portal.core.access import Role
from portal.leads.data import Category, Confidence, Marking, Priority, Proposal
from portal.leads.models import Lead, LeadSource
from portal.partners.inbox.data import Result
from portal.partners.inbox.models import Outcome, Seizure
from portal.partners.models import HandOver
from tests.factories import make_account, make_partner, make_submission


@pytest.fixture
def work(app, session):
    """Return a way to let the workers do what is due."""

    def work_(now):
        session.commit()
        return jobs.run_due(app, now)

    return work_


@pytest.fixture
def partner(session):
    return make_partner(session, network="CARICC", country="TH")


@pytest.fixture
def lead(session):
    """Return a way to a lead made from submissions."""
    author = make_account(session, Role.ANALYST)

    def lead_(at, *filed, **more):
        row = Lead(
            reference=uuid4().hex[:10],
            title="T",
            summary="S",
            asked="A",
            category=Category.DIVERSION,
            priority=Priority.ROUTINE,
            confidence=Confidence.LOW,
            proposal=Proposal.WATCH,
            marking=Marking.GREEN,
            expires_on=None,
            author_id=author.id,
            created_at=at,
            **more,
        )
        row.sources = [LeadSource(submission_id=one.id) for one in filed]
        session.add(row)
        session.flush()
        return row

    return lead_


@pytest.fixture
def hand_over(session, partner):
    """Return a way to a hand-over."""
    officer = make_account(session, Role.ANALYST)

    def hand_over_(row, at):
        given = HandOver(
            lead_id=row.id,
            partner_id=partner.id,
            handed_over_at=at,
            handed_over_by_id=officer.id,
            content="{}",
            content_sha256="",
            signature="",
        )
        session.add(given)
        session.flush()
        return given

    return hand_over_


@pytest.fixture
def outcome(session, partner):
    """Return a way to what a partner reported."""
    officer = make_account(session, Role.PARTNER_OFFICER, organisation=partner)

    def outcome_(given, at, result=Result.SEIZURE, *, current=True, country="NL", **seized):
        own = uuid4()
        row = Outcome(
            id=own,
            hand_over_id=given.id,
            lead_id=given.lead_id,
            partner_id=partner.id,
            series_id=own,
            result=result,
            happened_on=at.date(),
            country=country,
            persons=None,
            current=current,
            reported_at=at,
            reported_by_id=officer.id,
        )
        row.seizures = [
            Seizure(
                substance=key.replace("_", "-"),
                name=key.replace("_", " ").capitalize(),
                quantity=Decimal(amount),
                unit="kg",
                quantity_kg=Decimal(amount),
                seized_on=None,
            )
            for key, amount in seized.items()
        ]
        session.add(row)
        session.flush()
        return row

    return outcome_


@pytest.fixture
def filed(session):
    """Return a way to submissions of several companies."""

    def filed_(data, at, companies=1):
        return [
            make_submission(session, data, author=make_account(session), now=at)
            for _ in range(companies)
        ]

    return filed_


def day(year, month, number=1):
    return date(year, month, number)
