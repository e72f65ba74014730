"""The practice data can be made, once, and holds something for everybody."""

import pytest
from sqlalchemy import func, select

from portal.bulletins.models import Bulletin
from portal.core.clock import utc_now
from portal.core.errors import DomainError
from portal.demo import services
from portal.leads.models import Lead
from portal.leads.rules import Status
from portal.partners.inbox.models import Outcome, Seizure
from portal.submissions.models import Submission


def test_everybody_of_the_practice_data_finds_something(app, session, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    services.make(session, utc_now())
    kinds = set(session.scalars(select(Submission.kind)))
    assert {"suspicious-order", "export-notice", "loss", "return", "sighting"} <= kinds
    lead = session.scalars(select(Lead).where(Lead.status == Status.OUTCOME_KNOWN)).one()
    outcome = session.scalars(select(Outcome).where(Outcome.lead_id == lead.id)).one()
    seized = select(func.sum(Seizure.quantity_kg)).where(Seizure.outcome_id == outcome.id)
    assert session.scalar(seized) == 900
    assert session.scalar(select(func.count()).select_from(Bulletin)) == 2


def test_0_practice_data_is_made_where_records_are_real(app, session, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    with pytest.raises(DomainError, match="PORTAL_DEMO"):
        services.make(session, utc_now())
