"""Pages of entities show what came of the leads in which they are involved."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.entities.models import EntityMention
from portal.leads.models import LeadSubject
from portal.learning import queries
from portal.partners.inbox import reporting
from portal.partners.inbox.data import Reported, Result, SeizureLine
from portal.triage import deeds
from portal.triage import queries as triage
from tests.factories import NOON, customer, make_account, make_submission, order
from tests.inbox.story import hand_over, make_lead, make_partner


@pytest.fixture
def source(session):
    return make_submission(session, order(parties=(customer("Aral Trading Ltd"),)))


@pytest.fixture
def entity_id(session, source):
    query = select(EntityMention.entity_id).where(
        EntityMention.submission_id == source.id, EntityMention.sort == "organisation"
    )
    return session.scalars(query).first()


@pytest.fixture
def seizure(session, source):
    officer = make_partner(session)
    given = hand_over(session, make_lead(session, source), officer)
    line = SeizureLine(name="Acetone", substance="acetone", quantity=Decimal(5), unit="kg")
    said = Reported(result=Result.SEIZURE, place="Bangkok", seizures=(line,))
    return given, officer, reporting.report(session, given, said, officer, NOON)


def test_a_page_of_an_entity_shows_what_it_led_to(session, entity_id, seizure, sign_in):
    page = sign_in(Role.ANALYST).get(f"/entities/{entity_id}")
    assert "What it led to" in page.text
    assert "5 kg Acetone" in page.text
    assert "PCU Bangkok" in page.text
    read = select(AuditEvent).where(AuditEvent.deed == "lead.outcomes_read")
    assert [one.subject_id for one in session.scalars(read)] == [seizure[0].lead_id]


def test_a_corrected_outcome_shows_in_its_newest_version_alone(
    session, entity_id, seizure, sign_in
):
    given, officer, row = seizure
    reporting.correct(session, given, row, Reported(result=Result.LICIT), officer, NOON)
    page = sign_in(Role.ANALYST).get(f"/entities/{entity_id}")
    assert "licit after all" in page.text
    assert "5 kg Acetone" not in page.text


def test_an_entity_without_outcomes_shows_0_of_it(session, entity_id, sign_in):
    page = sign_in(Role.ANALYST).get(f"/entities/{entity_id}")
    assert page.status == 200
    assert "What it led to" not in page.text


def test_an_outcome_of_another_officers_case_is_not_shown(
    session, source, entity_id, seizure, sign_in
):
    deeds.take(session, triage.get(session, source.id), make_account(session, Role.ANALYST), NOON)
    reader = make_account(session, Role.TRIAGE_OFFICER)
    assert queries.led_to(session, entity_id, reader, NOON) == []
    assert "What it led to" not in sign_in(reader).get(f"/entities/{entity_id}").text
    boss = make_account(session, Role.SUPERVISOR)
    assert len(queries.led_to(session, entity_id, boss, NOON)) == 1


def test_a_lead_that_names_an_entity_and_rests_on_nothing_shows_too(session, entity_id, sign_in):
    lead, officer = make_lead(session), make_partner(session)
    subject = LeadSubject(lead_id=lead.id, number=1, sort="organisation", name="Aral")
    subject.entity_id = entity_id
    session.add(subject)
    given = hand_over(session, lead, officer)
    reporting.report(session, given, Reported(result=Result.ARREST, place="Almaty"), officer, NOON)
    assert "arrest" in sign_in(Role.ANALYST).get(f"/entities/{entity_id}").text
