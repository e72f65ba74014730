"""Each kind, from what is typed to the record; and what each refuses or doubts."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import current_app
from sqlalchemy import select

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.intake.models import Draft
from portal.intake.queries import Book
from portal.intake.services import send
from portal.kinds import KINDS
from portal.kinds.periodic_return.data import Entry, Movement, Period
from portal.kinds.periodic_return.rules import balances, begins_right, end_of, totals
from portal.organisations.models import Sort
from portal.submissions.kind import Law
from portal.submissions.present import sections
from portal.submissions.services import render_acknowledgement, shown
from portal.triage.marks import SUBSTANCE
from portal.triage.models import CaseMark, TriageCase
from tests.factories import make_account
from tests.kinds.answers import OF_ANYBODY

LAW = Law("EU", "NL", date(2026, 11, 24))


@pytest.fixture
def author(session):
    account = make_account(session)
    session.commit()
    return account


def kind_of(slug):
    return current_app.extensions["portal.kinds"][slug]


def draft_of(session, author, slug, **changed):
    """Return a draft with some pages replaced."""
    draft = Draft(
        kind=slug,
        organisation_id=author.organisation_id,
        author_id=author.id,
        started_at=utc_now(),
        saved_at=utc_now(),
        answers=deepcopy(OF_ANYBODY[slug]) | changed,
    )
    session.add(draft)
    session.commit()
    return draft


def sent_of(session, author, slug, law=LAW):
    """Send a draft of a kind as the portal does."""
    draft_id = draft_of(session, author, slug).id
    with transaction() as writing:
        return send(writing, draft_id, author, law, utc_now())


def book(slug, **changed):
    return Book(kind_of(slug), deepcopy(OF_ANYBODY[slug]) | changed)


def test_9_kinds_have_answers_to_test_with():
    assert {kind.slug for kind in KINDS} == set(OF_ANYBODY)
    assert len(KINDS) == 9


def of_side(session, slug):
    """Return somebody who may file a kind."""
    partner = kind_of(slug).side is Sort.PARTNER
    return make_account(session, Role.PARTNER_OFFICER if partner else Role.REPORTER)


@pytest.mark.parametrize("slug", OF_ANYBODY)
def test_1_draft_of_each_kind_becomes_1_record_that_reads_back(session, slug):
    sent = sent_of(session, of_side(session, slug), slug)
    kind = kind_of(slug)
    assert sent.reference.startswith(f"{kind.prefix}-")
    assert kind.dump(kind.load(sent.content)) == sent.content
    assert any(section.rows for section in shown(sent))
    assert sent.summary


@pytest.mark.parametrize("slug", OF_ANYBODY)
def test_1_paper_of_each_kind_is_made(session, slug):
    sent = sent_of(session, of_side(session, slug), slug)
    get_session().refresh(sent, ["organisation", "author"])
    assert render_acknowledgement(sent).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("slug", OF_ANYBODY)
def test_0_empty_drafts_of_any_kind_can_be_sent(session, author, slug):
    assert Book(kind_of(slug), {}).open_steps


@pytest.mark.parametrize(
    ("slug", "lead"), [("export-notice", True), ("import-notice", False), ("transit-notice", False)]
)
def test_1_clock_of_15_working_days_is_the_exporters_alone_in_the_eu(session, author, slug, lead):
    sent = sent_of(session, author, slug)
    assert (kind_of(slug).load(sent.content).may_leave_on is not None) == lead


def test_15_days_before_an_import_are_the_law_of_the_us(session, author):
    law = Law("US", "US", date(2026, 11, 24))
    sent = sent_of(session, author, "import-notice", law)
    data = kind_of("import-notice").load(sent.content)
    assert data.may_leave_on == date(2026, 12, 9)
    assert not data.may_leave_confirmed


def test_1_loss_without_a_carrier_is_refused_only_in_transit(session, author):
    page = OF_ANYBODY["loss"]["discovery"] | {"carrier": [""]}
    assert [s.slug for s in book("loss", discovery=page).open_steps] == ["discovery"]
    at_site = page | {"where": ["at a site"]}
    assert not book("loss", discovery=at_site).open_steps


def test_101_percent_of_a_stock_cannot_be_lost(session, author):
    page = OF_ANYBODY["loss"]["circumstances"] | {"share_of_stock": ["101"]}
    assert [s.slug for s in book("loss", circumstances=page).open_steps] == ["circumstances"]


def test_1_return_that_does_not_balance_asks_for_1_reason(session, author):
    entries = deepcopy(OF_ANYBODY["return"]["entries"])
    entries[2]["typed"]["quantity"] = ["59"]
    kind = kind_of("return")
    short = book("return", entries=entries).data()
    (problem,) = kind.problems(short)
    assert "-1 kg" in problem.message
    reason = OF_ANYBODY["return"]["period"] | {"explanation": ["Evaporated"]}
    assert not kind.problems(book("return", entries=entries, period=reason).data())
    told = [(one.substance, one.base_kg) for one in short.facts().declared]
    assert told == [("toluene", Decimal(1))]
    assert not short.facts().lines


def test_1_return_lies_in_the_queue_under_its_substance_with_its_danger(session, author):
    sent = sent_of(session, author, "return")
    case = session.get_one(TriageCase, sent.id)
    assert ("Most dangerous substance", 3) in [(a["label"], a["points"]) for a in case.addends]
    marks = select(CaseMark.value).where(CaseMark.case_id == sent.id, CaseMark.sort == SUBSTANCE)
    assert session.scalars(marks).all() == ["toluene"]


def test_1_entry_outside_the_period_is_named(session, author):
    entries = deepcopy(OF_ANYBODY["return"]["entries"])
    entries[1]["typed"]["happened_on"] = ["1", "3", "2026"]
    (problem,) = kind_of("return").problems(book("return", entries=entries).data())
    assert "2" in problem.message


def test_1_missing_opening_stock_is_doubted(session, author):
    entries = deepcopy(OF_ANYBODY["return"]["entries"])[1:]
    doubts = kind_of("return").doubts(book("return", entries=entries).data(), date(2026, 4, 1))
    assert doubts == ["Toluene: not entered, and counted as zero: opening stock."]


@pytest.mark.parametrize(
    ("period", "begins", "ends"),
    [
        (Period.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Period.MONTH, date(2026, 12, 1), date(2026, 12, 31)),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Period.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_1_period_ends_with_its_last_day(period, begins, ends):
    assert begins_right(period, begins)
    assert end_of(period, begins) == ends


@pytest.mark.parametrize(
    ("period", "begins"),
    [
        (Period.MONTH, date(2026, 2, 2)),
        (Period.QUARTER, date(2026, 2, 1)),
        (Period.YEAR, date(2026, 4, 1)),
    ],
)
def test_0_periods_begin_in_their_middle(period, begins):
    assert not begins_right(period, begins)


def entry(movement, kilograms, **more):
    said = {"substance": "toluene", "name": "Toluene", "movement": movement}
    return Entry(**said | {"quantity_kg": Decimal(kilograms)} | more)


def test_9_sorts_of_movement_make_1_balance():
    (one,) = balances(entry(movement, "1") for movement in Movement)
    assert one.difference == 1 - (1 + 3 - 4)


def test_2_sales_to_1_counterparty_are_1_total():
    sold = [entry(Movement.SOLD, "2", counterparty="A", country="TH")] * 2
    used = [entry(Movement.USED, "9"), entry(Movement.BOUGHT, "3")]
    (one,) = totals([*sold, *used])
    assert (one.entries, one.quantity_kg) == (2, Decimal(4))


def test_201_entries_are_shown_as_200_and_1_more(session, author):
    data = book("return").data()
    many = replace(data, entries=data.entries * 67)
    found = sections(many, "Return")
    assert sum(section.title.startswith("Entry ") for section in found) == 200
    assert "1 more" in str(found[0].rows)
