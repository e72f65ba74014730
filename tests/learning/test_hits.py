"""Outcomes feed the hit rates: each case once, taken back when corrected, used in priority."""

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.partners.inbox import reporting
from portal.partners.inbox.data import Reported, Result
from portal.submissions.data import PartyRole
from portal.triage import deeds, hits, queries
from portal.triage.life import Action, Outcome, Status
from portal.triage.models import CaseOutcome, CaseVerdict
from portal.triage.priority import RATE_LABEL, Hits
from tests.factories import NOON, customer, make_account, make_submission, order
from tests.inbox.story import hand_over, make_lead, make_partner

RULE = "web-mail-1"


def web_mail():
    return order(parties=(customer(emails=("x@gmail.com",), role=PartyRole.CUSTOMER),))


@pytest.fixture
def officer(session):
    return make_partner(session)


@pytest.fixture
def work(app, session):
    """Return a way to let the workers do what is due."""

    def work_():
        session.commit()
        while jobs.run_due(app, NOON):
            session.expire_all()
        session.expire_all()

    return work_


def flagged(session):
    """Return a case that was flagged and made a lead, with its submission."""
    source = make_submission(session, web_mail())
    case = queries.get(session, source.id)
    boss = make_account(session, Role.SUPERVISOR)
    for action in (Action.TAKE, Action.FLAG, Action.CONVERT):
        deeds.act(session, case, action, boss, NOON)
    return source


def handed(session, officer, *sources):
    return hand_over(session, make_lead(session, *sources), officer)


def report(session, given, officer, result):
    return reporting.report(session, given, Reported(result=result), officer, NOON)


def hit(session):
    return hits.counts(session).get(RULE, Hits())


def test_a_seizure_changes_the_hit_rate(session, officer, work):
    given = handed(session, officer, flagged(session))
    assert hit(session) == Hits(led=1)
    report(session, given, officer, Result.SEIZURE)
    work()
    assert hit(session) == Hits(led=1, confirmed=1)
    assert hits.rates(session)[RULE] == (2, 0)


def test_licit_after_all_clears_what_officers_suspected(session, officer, work):
    given = handed(session, officer, flagged(session))
    report(session, given, officer, Result.LICIT)
    work()
    assert hit(session) == Hits(cleared=1, refuted=1)


@pytest.mark.parametrize("result", [Result.STILL_OPEN, Result.NO_ACTION])
def test_what_says_neither_changes_0_counts(session, officer, work, result):
    given = handed(session, officer, flagged(session))
    report(session, given, officer, result)
    work()
    assert hit(session) == Hits(led=1)
    assert session.scalars(select(CaseOutcome)).all() == []


def test_a_correction_takes_the_count_back(session, officer, work):
    given = handed(session, officer, flagged(session))
    row = report(session, given, officer, Result.SEIZURE)
    work()
    newer = reporting.correct(session, given, row, Reported(result=Result.LICIT), officer, NOON)
    work()
    assert hit(session) == Hits(cleared=1, refuted=1)
    reporting.correct(session, given, newer, Reported(result=Result.STILL_OPEN), officer, NOON)
    work()
    assert hit(session) == Hits(led=1)


def test_a_case_counts_1_time_for_2_partners_and_2_leads(session, officer, work):
    source = flagged(session)
    lead = make_lead(session, source)
    other = make_partner(session, "BLO Elsewhere")
    report(session, hand_over(session, lead, officer), officer, Result.SEIZURE)
    report(session, hand_over(session, lead, other), other, Result.ARREST)
    work()
    work()
    assert hit(session) == Hits(led=1, confirmed=1)
    assert len(session.scalars(select(CaseVerdict)).all()) == 1


def test_each_case_of_a_lead_counts(session, officer, work):
    given = handed(session, officer, flagged(session), flagged(session))
    report(session, given, officer, Result.STOPPED)
    work()
    assert hit(session) == Hits(led=2, confirmed=2)


def test_officers_who_change_their_mind_do_not_change_what_partners_found(session, officer, work):
    source = make_submission(session, web_mail())
    boss, case = make_account(session, Role.SUPERVISOR), queries.get(session, source.id)
    report(session, handed(session, officer, source), officer, Result.SEIZURE)
    work()
    deeds.act(session, case, Action.TAKE, boss, NOON)
    deeds.close(session, case, Outcome.NO_CONCERN, "Nothing", boss, NOON)
    assert case.status is Status.CLOSED
    assert hit(session) == Hits(led=1, confirmed=1)


def test_open_cases_are_priced_anew_once_the_points_change(session, officer, work):
    waiting = queries.get(session, make_submission(session, web_mail()).id)
    before = waiting.priority
    assert RATE_LABEL not in [part["label"] for part in waiting.addends]
    sources = [flagged(session) for _ in range(4)]
    given = handed(session, officer, *sources)
    report(session, given, officer, Result.SEIZURE)
    work()
    rate = next(p["points"] for p in waiting.addends if p["label"] == RATE_LABEL)
    assert rate > 0
    assert waiting.priority >= before + rate


def test_0_cases_are_counted_anew_while_the_points_stay(session, officer, work):
    given = handed(session, officer, flagged(session))
    report(session, given, officer, Result.STILL_OPEN)
    work()
    anew = select(jobs.Job).where(jobs.Job.name == "count-anew")
    assert session.scalars(anew).all() == []


def test_the_rate_stands_on_the_rules_page_and_in_the_line_of_a_finding(
    session, officer, work, sign_in
):
    given = handed(session, officer, flagged(session))
    report(session, given, officer, Result.SEIZURE)
    work()
    row = next(
        tr
        for tr in sign_in(Role.REGISTRAR).get("/rules/").soup.select("tbody tr")
        if RULE in tr.get_text()
    )
    cells = {td["data-label"]: td.get_text(strip=True) for td in row.select("td")}
    assert cells["Led somewhere"] == "1"
    assert cells["Confirmed by partners"] == "1"
    assert cells["Licit after all"] == "0"
    page = sign_in(Role.SUPERVISOR).get(f"/triage/{make_submission(session, web_mail()).id}")
    assert "Led to something in 1 of 1 cases, 1 of them confirmed by partners." in page.text
