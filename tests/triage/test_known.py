"""About the same people: found by the entities that are named, and no more than one may know."""

from datetime import timedelta

import pytest

from portal.core.access import Role
from portal.triage import deeds, queries
from portal.triage.desk.known import related
from tests.factories import NOON, customer, make_account, make_submission, order

DAY = timedelta(days=1)


def two_cases(session):
    """Return two cases about one customer, whose name is written in two scripts."""
    first = make_submission(session, order(parties=(customer("Ромашка Трейдинг", country="KZ"),)))
    later = order(parties=(customer("Romashka Treyding", country="KZ"),))
    second = make_submission(session, later, now=NOON + DAY)
    return queries.get(session, first.id), queries.get(session, second.id)


def test_1_earlier_case_is_found_under_another_script(session):
    first, second = two_cases(session)
    reader = make_account(session, Role.TRIAGE_OFFICER)
    (found,) = related(session, second.id, reader, NOON + DAY)
    assert (found.case.id, found.readable) == (first.id, True)
    assert found.traces == ("Ромашка Трейдинг",)


def test_1_case_of_another_officer_is_a_reference_alone(session, sign_in):
    first, second = two_cases(session)
    other, reader = (make_account(session, Role.TRIAGE_OFFICER) for _ in range(2))
    deeds.take(session, first, other, NOON + DAY)
    session.flush()
    (found,) = related(session, second.id, reader, NOON + DAY)
    assert (found.readable, found.traces) == (False, ())
    browser = sign_in(reader)
    for path in (f"/triage/{second.id}", f"/triage/?open={second.id}"):
        page = browser.get(path)
        listed = page.soup.find("a", href=f"/triage/{first.id}/glass")
        assert listed is not None
        assert listed.get_text(strip=True) == first.reference
        words = listed.find_parent("li").get_text(" ", strip=True)
        assert first.organisation_name not in words
        assert "Ромашка" not in words


@pytest.mark.parametrize(
    "path", ["/triage/{0}", "/triage/?open={0}", "/triage/compare?left={0}&right={1}"]
)
def test_a_page_sends_the_same_selects_for_0_cases_about_the_same_people_and_for_9(
    session, sign_in, statements, path
):
    """Also where another officer has some of them."""
    reader, sent = make_account(session, Role.ANALYST), []
    alone = customer("Romashka Treyding", country="KZ")
    one, other = (
        make_submission(session, order(parties=(alone,))) for alone in (alone, customer())
    )
    for more in (0, 9):
        for days in range(more):
            last = make_submission(session, order(parties=(alone,)), now=NOON + days * DAY)
        if more:
            owner = make_account(session, Role.TRIAGE_OFFICER)
            deeds.take(session, queries.get(session, last.id), owner, NOON)
            for number in range(4):
                deeds.write_note(session, queries.get(session, one.id), f"{number}.", owner, NOON)
        session.commit()
        browser = sign_in(reader)  # anew: once a minute its clock is kept, by 2 more
        statements.clear()
        page = browser.get(path.format(one.id, other.id))
        sent.append(len(statements))
        assert page.status == 200
    assert sent[0] == sent[1] <= 31
