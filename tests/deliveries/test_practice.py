"""The practice data has one plan under way."""

from sqlalchemy import select

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.deliveries import queries
from portal.deliveries.models import DeliveryPlan
from portal.demo import deliveries
from portal.demo.people import STAFF, STAFF_DOMAIN
from tests.factories import make_account


def test_1_plan_of_the_practice_data_is_under_way(session):
    for local, name, role in STAFF:
        make_account(session, role, email=f"{local}@{STAFF_DOMAIN}", name=name)
    deliveries.make_plan(session, utc_now())
    plan = session.scalars(select(DeliveryPlan)).one()
    assert plan.status == "under way"
    assert len(plan.halts) == 3
    passed = queries.passings(plan, queries.entries_of(session, plan.id))
    assert (passed[0].late_minutes or 0) > 0
    assert {one.account.role for one in queries.people_of(session, plan.id)} == {
        Role.ANALYST,
        Role.TRIAGE_OFFICER,
    }
