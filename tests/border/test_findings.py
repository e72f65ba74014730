"""The rules that partners' words feed, one way and the other."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.clock import utc_now
from portal.kinds.information_request.data import Marking
from portal.leads.data import Marking as OfLeads
from portal.submissions.data import Facts, Filed, Mention
from portal.triage.data import Case, Past
from portal.triage.models import CaseMark, FindingRow, TriageCase
from portal.triage.rules.asked_by_partner import ASKED_BY_PARTNER
from portal.triage.rules.presented_at_border import PRESENTED_AT_BORDER
from portal.triage.rules.seen_by_partner import SEEN_BY_PARTNER
from tests.border.making import BOX, announced, officer, request, sighting
from tests.factories import NOON, customer, line, make_submission, order

BOXED = Mention("container", BOX, BOX, "containers.0")
RULE = {"sighting": SEEN_BY_PARTNER, "information-request": ASKED_BY_PARTNER}


def filed(kind, **facts) -> Filed:
    return Filed(
        id=uuid4(),
        reference=f"XX-{kind}",
        kind=kind,
        organisation_id=uuid4(),
        received_at=NOON,
        facts=Facts(**facts),
    )


@pytest.mark.parametrize("kind", RULE)
def test_each_side_of_a_partners_word_is_told_of_the_other(kind):
    partners, firms = filed(kind, seen_at="THBKK"), filed("export-notice")
    for one, other in ((partners, firms), (firms, partners)):
        case = Case(filed=one, mentions=(BOXED,), history=(Past(filed=other, shared=(BOXED,)),))
        found = RULE[kind].check(case)
        assert found is not None
        assert BOX in found.reason
        assert [piece.submission_id for piece in found.evidence] == [one.id, other.id]


@pytest.mark.parametrize("kind", RULE)
def test_2_records_of_companies_raise_nothing_of_partners(kind):
    past = Past(filed=filed("import-notice"), shared=(BOXED,))
    case = Case(filed=filed("export-notice"), mentions=(BOXED,), history=(past,))
    assert RULE[kind].check(case) is None
    alone = replace(case, filed=filed(kind), history=(replace(past, shared=()),))
    assert RULE[kind].check(alone) is None


@pytest.mark.parametrize(("times", "more"), [(1, ""), (3, " And 2 more.")])
def test_what_was_presented_is_1_finding_however_often(times, more):
    seen = tuple(("dispatch_on", f"Presented at Gate {n}.") for n in range(times))
    found = PRESENTED_AT_BORDER.check(Case(filed=filed("export-notice", presented=seen)))
    assert found is not None
    assert found.reason == f"Presented at Gate {times - 1}.{more}"
    assert len(found.evidence) == times
    assert PRESENTED_AT_BORDER.check(Case(filed=filed("export-notice"))) is None


@pytest.mark.parametrize(
    ("data", "rule"),
    [(sighting(), "seen-by-partner-1"), (request(), "asked-by-partner-1")],
    ids=["sighting", "request"],
)
def test_an_earlier_notice_is_judged_again(app, session, data, rule):
    told = announced(session)
    make_submission(session, data, author=officer(session), now=utc_now())
    session.commit()
    jobs.run_due(app, utc_now())
    query = select(FindingRow.rule).where(FindingRow.case_id == told.id)
    assert rule in session.scalars(query).all()


def test_the_markings_of_requests_are_those_of_leads():
    assert [one.value for one in Marking] == [one.value for one in OfLeads]


def test_what_a_partner_saw_is_an_order_of_nobody(session):
    """Two orders pass a threshold together; a sighting of as much with an order does not."""
    buyer = customer(phones=("+31612345678",))
    goods = (line("acetic-anhydride", "60", base_kg=Decimal(60)),)
    make_submission(session, order(lines=goods, parties=(buyer,)))
    seen = make_submission(
        session, sighting(lines=goods, parties=(buyer,)), author=officer(session)
    )
    again = make_submission(session, order(lines=goods, parties=(buyer,)))
    rules = {
        one.id: set(session.scalars(select(FindingRow.rule).where(FindingRow.case_id == one.id)))
        for one in (seen, again)
    }
    assert rules[seen.id] == {"seen-by-partner-1"}
    reasons = session.scalars(select(FindingRow.reason).where(FindingRow.case_id == again.id))
    assert not [one for one in reasons if "3 orders" in one or "3 companies" in one]
    case = session.get_one(TriageCase, seen.id)
    assert any(part["label"].startswith("Most dangerous") for part in case.addends)


def test_a_sighting_is_found_by_its_substance_and_its_country(session):
    seen = make_submission(
        session, sighting(lines=(line("acetone", "20"),)), author=officer(session)
    )
    query = select(CaseMark.sort, CaseMark.value).where(CaseMark.case_id == seen.id)
    marks = {(row[0], row[1]) for row in session.execute(query)}
    assert marks == {("substance", "acetone"), ("country", "TH")}
