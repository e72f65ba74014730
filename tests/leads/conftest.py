"""Leads made from a report, and the officers who write and decide them."""

from decimal import Decimal

import pytest

from portal.core.access import Role
from portal.leads import services as leads
from portal.leads.data import Category, Confidence, Handling, Marking, Priority, Proposal
from portal.leads.models import LeadText
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase
from portal.triage.queries import get as case_of
from portal.watchlists.data import Information, Source
from tests.factories import (
    NOON,
    customer,
    line,
    make_account,
    make_organisation,
    make_submission,
    order,
)
from tests.leads.editing import GRADING, begun, only, press, row

GROUNDS = "The buyer asked twice whether the drums could go without any label."
QUIET = "A firm seeks a solvent through several suppliers."


@pytest.fixture
def company(session):
    return make_organisation(
        session,
        name="Noordzee Chemie B.V.",
        trade_names="Acme\nBlauwdal",
        address="Havenweg 12, 3011 AB Rotterdam",
        officer_name="Johanna Vermeulen",
        officer_phone="+31201234567",
    )


@pytest.fixture
def report(session, company):
    """Return what the company filed."""
    data = order(
        lines=(line("acetone", "4725", quantity_kg=Decimal(4725)),),
        parties=(customer("Lakeside Paints Ltd"),),
        own_reference="PO-2026-7781",
        grounds=GROUNDS,
    )
    author = make_account(session, organisation=company, name="Pauline Reporter")
    return make_submission(session, data, author=author)


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ana Lyst")


@pytest.fixture
def colleague(session):
    return make_account(session, Role.ANALYST, name="Rob Reviewer")


@pytest.fixture
def supervisor(session):
    return make_account(session, Role.SUPERVISOR, name="Sue Supervisor")


@pytest.fixture
def second(session):
    return make_account(session, Role.SUPERVISOR, name="Sam Second")


def block(text, place=0, *, released=True, handling=Handling.CONDITIONS):
    return LeadText(
        position=place,
        text=text,
        source=Source.UNTESTED,
        information=Information.KNOWN_DIRECTLY,
        handling=handling,
        released=released,
    )


def said(**more):
    answers = {
        "title": "Diversion of a solvent",
        "summary": "Noordzee Chemie reports an order of 4725 kg.",
        "asked": "Watch the subject",
        "category": Category.DIVERSION,
        "priority": Priority.URGENT,
        "confidence": Confidence.MODERATE,
        "proposal": Proposal.WATCH,
        "marking": Marking.AMBER,
        "conditions": "",
        "expires_on": None,
    }
    return answers | more


@pytest.fixture
def write(session, analyst, report):
    """Return a way to write a lead from the report."""

    def write_(*texts, handling=Handling.CONDITIONS, **more):
        case = case_of(session, report.id)
        deeds.take(session, case, analyst, NOON)
        deeds.act(session, case, Action.FLAG, analyst, NOON)
        blocks = [block(one, at, handling=handling) for at, one in enumerate(texts or (QUIET,))]
        return leads.convert(session, report, said(**more), blocks, analyst, NOON)

    return write_


@pytest.fixture
def flagged(session, analyst):
    """Return a function that files a record and flags it, by an officer who gives it back."""

    def file(data=None, **more):
        submission = make_submission(session, data, **more)
        case = session.get_one(TriageCase, submission.id)
        deeds.act(session, case, Action.TAKE, analyst, NOON)
        deeds.flag(session, case, "Looks wrong.", analyst, NOON)
        return submission

    return file


@pytest.fixture
def written(session, sign_in, analyst, flagged):
    """Return a lead with one quoted text, its submission, and the browser of its author."""
    submission = flagged(order(grounds="No trade address and a strange hurry."))
    browser = sign_in(analyst)
    page = begun(browser, submission)
    grounds = next(b for b in page.soup.select("[value*=grounds]") if b.name == "button")
    page = press(page, grounds["value"])
    page.submit("Save the lead", asked="Watch him.", summary="Ours.", **row("texts", 0, **GRADING))
    return only(session), submission, browser
