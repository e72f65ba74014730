"""A plan with its people, in any state of its life."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import Role
from portal.deliveries import consenting, deeds, queries, services
from portal.deliveries.consenting import Said
from portal.deliveries.data import Substitution
from portal.deliveries.models import DeliveryPlan
from portal.deliveries.rules.consents import Act
from portal.leads.data import Marking
from tests.factories import NOON, make_account, make_submission, notice

ROUTE = (("NL", "Rotterdam", "NLRTM"), ("SG", "Singapore", "SGSIN"), ("TH", "Bangkok", "THBKK"))


@dataclass
class Case:
    """A plan, who wrote it, who answers for it, who approves, and a stranger."""

    session: Session
    plan: DeliveryPlan
    analyst: Account
    chief: Account
    deputy: Account
    supervisor: Account
    stranger: Account

    def agree(self, *acts, until=90):
        """Let every country say something."""
        for halt in self.plan.halts:
            for act in acts or (Act.ASK, Act.RECEIVE):
                self.say(halt, act, until)

    def say(self, halt, act, until=90):
        day = queries.today(NOON)
        said = Said(
            act=act,
            said_on=day,
            by_whom=f"Authority of {halt.country}",
            valid_until=day + timedelta(days=until) if act is Act.RECEIVE else None,
        )
        consenting.record(self.session, self.plan, halt, said, self.analyst, NOON)

    def approve(self):
        deeds.submit(self.session, self.plan, self.analyst, NOON)
        deeds.approve(self.session, self.plan, self.supervisor, NOON)

    def start(self):
        deeds.start(self.session, self.plan, self.chief, NOON)


def words(chief, deputy, **more):
    """Return what a whole plan says."""
    said = {
        "title": "Acetic anhydride to Bangkok",
        "purpose": "Find who receives it.",
        "marking": Marking.RED,
        "substitution": Substitution.PARTIAL,
        "substituted_with": "Water in drums 3 to 40",
        "substituted_by": "The laboratory",
        "substituted_where": "Rotterdam",
        "in_charge_id": chief.id,
        "in_charge_phone": "+31101234567",
        "deputy_id": deputy.id,
        "deputy_phone": "+31101234568",
        "references": [],
        "containers": ["CSQU3054383"],
        "watching": "A beacon in drum 1",
        "communication": "Every six hours",
        "cost": "EUR 12,000",
        "payer": "The authority",
        "risks": [("The goods are lost", "Drums are replaced")],
        "conditions": ["The beacon is silent for six hours", "The seal is broken"],
    }
    return said | more


@pytest.fixture
def case(session):
    """Give a whole plan that is being written, from a notice."""
    analyst = make_account(session, Role.ANALYST)
    chief = make_account(session, Role.TRIAGE_OFFICER)
    deputy = make_account(session, Role.ANALYST)
    source = make_submission(session, notice())
    plan = services.begin(session, words(chief, deputy), analyst, NOON, submission_id=source.id)
    for number, (country, place, code) in enumerate(ROUTE, start=1):
        said = {
            "number": number,
            "country": country,
            "place": place,
            "locode": code,
            "planned_at": NOON + timedelta(days=10 * number),
            "legal_basis": f"Law of {country}, Article 11",
            "authority": f"Customs of {country}",
            "contact": "Duty officer",
            "day_phone": "+31101234569",
            "night_phone": "+31101234560",
            "email": "",
        }
        services.add_halt(session, plan, said, analyst, NOON)
    supervisor = make_account(session, Role.SUPERVISOR)
    stranger = make_account(session, Role.ANALYST)
    return Case(session, plan, analyst, chief, deputy, supervisor, stranger)


@pytest.fixture
def approved(case):
    """Give a plan that was approved and to which every country agreed."""
    case.approve()
    case.agree()
    return case


@pytest.fixture
def running(approved):
    """Give a plan that is under way."""
    approved.start()
    return approved
