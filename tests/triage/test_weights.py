"""Weights are data: proposed with a preview, agreed to by another, then counted anew."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import NotFoundError
from portal.triage import agreeing, deeds, hits, queries, services, weights
from portal.triage.agreeing import AgreeingError
from portal.triage.data import About, Setting
from portal.triage.life import Action, Outcome, WeightsState
from portal.triage.models import CaseVerdict, FindingRow, RuleOutcome, WeightsVersion
from portal.triage.rules import RULES
from tests.factories import NOON, customer, make_account, make_submission, order

DAY = timedelta(days=1)
CASH_CODE = "web-mail-1"
LIGHT = next(rule.weight for rule in RULES if rule.code == CASH_CODE)


@pytest.fixture
def registrar(session):
    return make_account(session, Role.REGISTRAR)


@pytest.fixture
def boss(session):
    return make_account(session, Role.SUPERVISOR)


def web_mail():
    return order(parties=(customer(emails=("buyer@gmail.com",)),))


def do(session, name):
    for row in session.scalars(select(jobs.Job).where(jobs.Job.name == name)):
        jobs.WORKS[name].handler(session, row.payload, NOON)
        session.delete(row)
    session.flush()


def proposed(session, registrar, **settings):
    wanted = {code.replace("_", "-"): one for code, one in settings.items()}
    return weights.propose(session, wanted, "Too many of these.", registrar, NOON)


def raised(session, case):
    return session.scalar(
        select(FindingRow).where(FindingRow.case_id == case.id, FindingRow.rule == CASH_CODE)
    )


def test_version_0_is_what_the_portal_comes_with(session):
    found = weights.current(session)
    assert found.number == 0
    assert all(found.of(rule) == Setting(rule.weight) for rule in RULES)


def test_a_proposal_changes_0_cases_before_somebody_else_agrees(session, registrar, boss):
    case = queries.get(session, make_submission(session, web_mail()).id)
    before = case.priority
    row = proposed(session, registrar, web_mail_1=Setting(25))
    assert len(row.settings) == len(RULES)
    with pytest.raises(AgreeingError, match="Somebody else"):
        weights.decide(session, row, registrar, NOON, agreed=True)
    with pytest.raises(AgreeingError, match="preview"):
        weights.decide(session, row, boss, NOON, agreed=True)
    do(session, "preview-weights")
    assert row.preview["cases"] >= 1
    assert (row.preview["up"], row.preview["down"]) == (1, 0)
    assert case.priority == before
    weights.decide(session, row, boss, NOON, agreed=True)
    assert (case.priority, case.weights_version) == (before, 0)
    do(session, "count-anew")
    assert (case.priority, case.weights_version) == (before + 25 - LIGHT, 1)
    assert raised(session, case).weight == 25
    session.commit()
    deeds_ = session.scalars(select(AuditEvent.deed).where(AuditEvent.subject_id == row.id)).all()
    assert set(deeds_) == {"weights.proposed", "weights.agreed"}


def test_a_rule_that_is_off_counts_0_and_is_not_run(session, registrar, boss):
    case = queries.get(session, make_submission(session, web_mail()).id)
    before = case.priority
    row = proposed(session, registrar, web_mail_1=Setting(5, on=False))
    do(session, "preview-weights")
    weights.decide(session, row, boss, NOON, agreed=True)
    do(session, "count-anew")
    assert case.priority == before - LIGHT
    assert raised(session, case).weight == 0
    later = queries.get(session, make_submission(session, web_mail()).id)
    assert raised(session, later) is None
    services.screen_again(session, case, NOON)
    assert raised(session, case) is None


def test_a_second_version_replaces_the_first(session, registrar, boss):
    for weight in (7, 8):
        row = proposed(session, registrar, web_mail_1=Setting(weight))
        do(session, "preview-weights")
        weights.decide(session, row, boss, NOON, agreed=True)
    assert [one.state for one in agreeing.versions(session, WeightsVersion)] == [
        WeightsState.IN_FORCE,
        WeightsState.REPLACED,
    ]
    assert weights.current(session).settings[CASH_CODE] == Setting(8)
    changes = weights.differences(
        agreeing.versions(session, WeightsVersion)[1], weights.current(session)
    )
    assert [(rule.code, b.weight, a.weight) for rule, b, a in changes] == [(CASH_CODE, 8, 7)]


def test_1_proposal_waits_at_a_time_and_may_be_taken_back(session, registrar):
    with pytest.raises(AgreeingError, match="Nothing would change"):
        proposed(session, registrar, web_mail_1=Setting(LIGHT))
    row = proposed(session, registrar, web_mail_1=Setting(6))
    with pytest.raises(AgreeingError, match="waits already"):
        proposed(session, registrar, web_mail_1=Setting(7))
    weights.decide(session, row, registrar, NOON, agreed=False)
    assert row.state is WeightsState.REFUSED
    with pytest.raises(AgreeingError, match="decided"):
        weights.decide(session, row, registrar, NOON, agreed=False)
    with pytest.raises(NotFoundError):
        agreeing.version(session, WeightsVersion, registrar.id)


def test_the_cases_after_the_first_500_are_counted_by_1_more_job(session, registrar, monkeypatch):
    monkeypatch.setattr(weights, "CHUNK", 2)
    for _ in range(3):
        make_submission(session, web_mail())
    weights.count_anew(session, {"after": None}, NOON)
    rows = session.scalars(select(jobs.Job).where(jobs.Job.name == "count-anew")).all()
    assert len(rows) == 1
    weights.count_anew(session, rows[0].payload, NOON)


def test_a_preview_names_what_comes_into_and_out_of_the_top_2_percent():
    totals = [("A", 90, 10), ("B", 10, 90), *((f"C{n}", 50, 50) for n in range(98))]
    found = weights.compared(totals)
    assert (found["top"], found["up"], found["down"]) == (2, 1, 1)
    assert (found["into_first"], found["out_first"]) == (["B"], ["A"])
    assert weights.compared([])["top"] == 0


def test_only_the_last_365_days_are_previewed(session):
    make_submission(session, now=NOON - 366 * DAY)
    new = make_submission(session, now=NOON - 364 * DAY)
    found = weights.last_year(session, NOON)
    assert new.id in found
    assert len([one for one in found if one == new.id]) == 1


def test_an_outcome_counts_1_time_and_is_taken_back(session, boss):
    case = queries.get(session, make_submission(session, web_mail()).id)
    deeds.take(session, case, boss, NOON)
    assert hits.rates(session) == {}
    deeds.flag(session, case, "Known.", boss, NOON)
    hits.note(session, case)
    assert hits.rates(session)[CASH_CODE] == (1, 0)
    deeds.close(session, case, Outcome.NO_CONCERN, "Licit.", boss, NOON)
    assert hits.rates(session)[CASH_CODE] == (0, 1)
    deeds.act(session, case, Action.REOPEN, boss, NOON)
    assert hits.rates(session)[CASH_CODE] == (0, 0)
    assert session.scalars(select(CaseVerdict)).all() == []
    deeds.take(session, case, boss, NOON)
    deeds.close(session, case, Outcome.DUPLICATE, "Twice.", boss, NOON)
    assert hits.rates(session)[CASH_CODE] == (0, 0)
    assert len(session.scalars(select(RuleOutcome)).all()) >= 1


# --- the pages ------------------------------------------------------------------------------------


def test_a_registrar_proposes_and_a_supervisor_agrees_on_3_pages(session, sign_in):
    make_submission(session, web_mail())
    first = sign_in(Role.REGISTRAR)
    page = first.get("/rules/change")
    wrong = page.submit("Propose", **{f"weight-{CASH_CODE}": "81"})
    assert wrong.status == 422
    same = first.get("/rules/change").submit("Propose", reason="None.")
    assert same.status == 422
    assert "Nothing would change" in same.text
    shown = first.get("/rules/change").submit(
        "Propose", **{f"weight-{CASH_CODE}": "25", "reason": "More of these."}
    )
    assert "being worked out" in shown.text
    do(session, "preview-weights")
    session.commit()
    second = sign_in(Role.SUPERVISOR)
    row = agreeing.versions(session, WeightsVersion)[0]
    page = second.get(f"/rules/{row.id}")
    assert "Web-mail only" in page.text
    agreed = page.submit("Agree: put it in force")
    assert "in force" in agreed.text
    assert "Version 1 is in force" in second.get("/rules/").text


def test_ones_own_proposal_is_taken_back_by_1_button(session, sign_in, registrar):
    row = proposed(session, registrar, web_mail_1=Setting(6))
    browser = sign_in(registrar)
    page = browser.get(f"/rules/{row.id}")
    assert not page.has_button("Agree")
    assert "Refused. Nothing changes." in page.submit("Take it back").text
    session.refresh(row)
    assert row.state is WeightsState.REFUSED


@pytest.mark.parametrize(("path", "more"), [("/rules/", "versions"), ("/rules/change", "reason")])
def test_each_jump_of_a_long_page_leads_somewhere_on_it(sign_in, registrar, path, more):
    page = sign_in(registrar).get(path)
    jumps = [one["href"] for one in page.soup.select(".views a")]
    assert len(jumps) == len(About) + 1
    assert jumps[-1] == f"#{more}"
    assert all(page.soup.select_one(one) for one in jumps)
    numbers = [int(n) for n in re.findall(r"\((\d+)\)", page.soup.select_one(".views").get_text())]
    assert sum(numbers) == len(RULES)
