"""The page of an entity and the pairs to decide."""

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.entities.data import EntitySort, Verdict
from portal.entities.models import Entity, EntityMention, EntityPair
from portal.entities.queries import PAGE, entities_of
from portal.triage.models import TriageCase
from tests.entities.test_resolving import BADR, filed
from tests.factories import customer, make_account


def firm(session, submission):
    return next(
        one
        for mention, one in entities_of(session, submission.id)
        if one.sort is EntitySort.ORGANISATION
    )


def offered(session):
    """File the same telephone behind two names, and return the pair that is offered."""
    filed(session, customer("Badr Trading LLC", **BADR))
    filed(session, customer("Al Nour General Trading FZE", **BADR), days=1)
    query = select(EntityPair).where(EntityPair.sort == EntitySort.ORGANISATION)
    return session.scalars(query).one()


def assigned(session, submission, officer):
    session.get_one(TriageCase, submission.id).assignee_id = officer.id
    session.commit()


def test_an_entity_shows_its_names_in_2_scripts_and_each_reading_is_recorded(session, sign_in):
    first = filed(session, customer("Badr Trading LLC", **BADR))
    filed(session, customer("بدر للتجارة ذ.م.م", **BADR), days=1)
    entity = firm(session, first)
    page = sign_in(Role.ANALYST).get(f"/entities/{entity.id}")
    assert page.title == "Badr Trading LLC"
    assert "بدر للتجارة ذ.م.م" in page.text
    assert "+15" not in page.title
    assert "Same telephone" in page.text
    deeds = session.scalars(select(AuditEvent.deed)).all()
    assert deeds.count("entity.read") == 1
    assert deeds.count("case.read") == 2


def test_another_officers_case_is_1_reference_without_content(session, sign_in):
    mine = filed(session, customer("Badr Trading LLC", **BADR))
    theirs = filed(
        session, customer("Badr Trading Co. LLC", **BADR, emails=("x@badr.example",)), days=1
    )
    entity = firm(session, mine)
    assigned(session, theirs, make_account(session, Role.TRIAGE_OFFICER))
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/entities/{entity.id}")
    assert theirs.reference in page.text
    assert "Another officer has this case." in page.text
    assert "badr.example" not in page.text
    assert "Badr Trading Co." not in page.text
    assert "Badr Trading LLC" in page.text


def test_an_entity_known_from_another_officers_cases_alone_has_no_name(session, sign_in):
    theirs = filed(session, customer("Badr Trading LLC", **BADR))
    assigned(session, theirs, make_account(session, Role.TRIAGE_OFFICER))
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/entities/{firm(session, theirs).id}")
    assert page.title == "Organisation"
    assert "Badr" not in page.text
    assert BADR["phones"][0] not in page.text


def test_the_second_page_holds_what_26_mentions_leave(session, sign_in):
    for number in range(PAGE + 1):
        last = filed(session, customer("Badr Trading LLC", **BADR), days=number)
    entity = firm(session, last)
    page = sign_in(Role.SUPERVISOR).get(f"/entities/{entity.id}")
    assert len(page.soup.select("li.graded")) == PAGE
    assert len(page.click("Older mentions").soup.select("li.graded")) == 1


@pytest.mark.parametrize("role", [Role.TRIAGE_OFFICER, Role.ANALYST, Role.SUPERVISOR])
def test_a_page_sends_the_same_selects_for_2_mentions_and_for_26(
    session, sign_in, statements, role
):
    """Also where some are in another officer's cases; each that is shown is recorded as read."""
    reader, sent = make_account(session, role), []
    for days in (range(2), range(2, PAGE + 1)):
        for number in days:
            one = filed(session, customer("Badr Trading LLC", **BADR), days=number)
        if number > 1:
            assigned(session, one, make_account(session, Role.TRIAGE_OFFICER))
        browser = sign_in(reader)  # anew: once a minute its clock is kept, by 2 more
        statements.clear()
        page = browser.get(f"/entities/{firm(session, one).id}")
        sent.append(len(statements))
        assert len(page.soup.select("li.graded")) == min(number + 1, PAGE)
    assert sent[0] == sent[1] <= 25
    read = session.scalars(select(AuditEvent.deed)).all().count("case.read")
    assert read == 2 + (PAGE if role is Role.SUPERVISOR else PAGE - 1)


def test_a_pair_sends_the_same_selects_for_2_mentions_and_for_10(session, sign_in, statements):
    pair, analyst, sent = offered(session), make_account(session, Role.ANALYST), []
    for more in (0, 4):
        for number in range(2, 2 + more):
            filed(session, customer("Badr Trading LLC", **BADR), days=number)
            filed(session, customer("Al Nour General Trading FZE", **BADR), days=number)
        browser = sign_in(analyst)
        statements.clear()
        page = browser.get(f"/entities/pairs/{pair.id}")
        sent.append(len(statements))
        assert page.status == 200
    assert sent[0] == sent[1]


def test_same_joins_and_undo_parts_again(session, sign_in):
    pair = offered(session)
    browser = sign_in(Role.ANALYST)
    page = browser.get("/entities/pairs").click(session.get_one(Entity, pair.left_id).name)
    assert "The names differ" in page.text
    after = page.submit("The same", note="One owner")
    assert after.status == 200
    session.expire_all()
    assert session.get_one(EntityPair, pair.id).verdict is Verdict.SAME
    parts = [session.get_one(Entity, one) for one in (pair.left_id, pair.right_id)]
    assert len({part.whole_id for part in parts}) == 1
    absorbed = next(part for part in parts if part.joined_to_id)
    whole = browser.get(f"/entities/{absorbed.id}")
    assert "Named 2 times" in whole.text
    assert "One owner" in whole.text
    assert "Badr" in browser.get("/entities/pairs/decided").text
    undone = browser.get(f"/entities/pairs/{pair.id}").submit("Undo")
    assert "Undone." in undone.text
    session.expire_all()
    assert session.get_one(EntityPair, pair.id).verdict is Verdict.OFFERED
    assert all(part.joined_to_id is None for part in parts)


def test_different_is_never_overruled(session, sign_in):
    pair = offered(session)
    browser = sign_in(Role.SUPERVISOR)
    browser.get(f"/entities/pairs/{pair.id}").submit("Different")
    both = customer("Badr Trading LLC", trading_name="Al Nour General Trading FZE", **BADR)
    filed(session, both, days=2)  # would join the two
    session.expire_all()
    sides = [session.get_one(Entity, one) for one in (pair.left_id, pair.right_id)]
    assert session.get_one(EntityPair, pair.id).verdict is Verdict.DIFFERENT
    assert sides[0].whole_id != sides[1].whole_id


def test_decided_pairs_are_not_decided_twice(session, sign_in):
    pair = offered(session)
    browser = sign_in(Role.ANALYST)
    page = browser.get(f"/entities/pairs/{pair.id}")
    page.submit("Undecided")
    assert "Put aside" in browser.get("/entities/pairs?put_aside=1").title
    page.submit("Different")
    assert page.submit("The same").status == 409
    session.expire_all()
    assert session.get_one(EntityPair, pair.id).verdict is Verdict.DIFFERENT


def test_what_the_portal_joined_is_different_once_undone(session, sign_in):
    phones, emails = ("+971501111111",), ("a@zahra.example",)
    first = filed(session, customer("Badr Trading LLC", country="AE", phones=phones))
    second = filed(session, customer("Zahra Paints FZE", country="AE", emails=emails), days=1)
    assert firm(session, first).id != firm(session, second).id
    both = {"trading_name": "Zahra Paints FZE", "phones": phones, "emails": emails}
    filed(session, customer("Badr Trading LLC", country="AE", **both), days=2)
    session.expire_all()
    assert firm(session, first).id == firm(session, second).id
    query = select(EntityPair).where(EntityPair.verdict == Verdict.CERTAIN)
    (pair,) = session.scalars(query).all()
    sign_in(Role.ANALYST).get(f"/entities/pairs/{pair.id}").submit("Undo")
    session.expire_all()
    assert session.get_one(EntityPair, pair.id).verdict is Verdict.DIFFERENT
    assert firm(session, first).id != firm(session, second).id


def test_a_mention_that_is_another_is_taken_out_and_stays_out(session, sign_in):
    first = filed(session, customer("Badr Trading LLC", **BADR))
    second = filed(session, customer("Badr Trading Company", **BADR), days=1)
    entity = firm(session, first)
    assert firm(session, second).id == entity.id
    page = sign_in(Role.ANALYST).get(f"/entities/{entity.id}")
    alone = page.submit("It is another")
    assert alone.title == "Badr Trading Company"
    session.expire_all()
    assert firm(session, second).id != entity.id
    assert session.get_one(Entity, entity.id).mentions == 1
    assert session.get_one(Entity, entity.id).profile.names == ("Badr Trading LLC",)
    filed(session, customer("Badr Trading LLC", **BADR), days=2)
    session.expire_all()
    assert firm(session, second).id != firm(session, first).id


def test_an_only_mention_and_an_equal_number_stay(session, sign_in):
    first = filed(session, customer("Badr Trading LLC", **BADR))
    browser = sign_in(Role.ANALYST)
    token = browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    for mention in session.scalars(
        select(EntityMention).where(EntityMention.submission_id == first.id)
    ).all():
        path = f"/entities/{mention.entity_id}/mentions/{mention.id}/take-out"
        assert browser.post(path, {"csrf_token": token}).status == 409


def test_no_mention_of_another_officers_case_is_moved(session, sign_in):
    filed(session, customer("Badr Trading LLC", **BADR))
    theirs = filed(session, customer("Badr Trading Company", **BADR), days=1)
    assigned(session, theirs, make_account(session, Role.TRIAGE_OFFICER))
    browser = sign_in(Role.ANALYST)
    token = browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    mention = session.scalars(
        select(EntityMention).where(
            EntityMention.submission_id == theirs.id,
            EntityMention.sort == EntitySort.ORGANISATION,
        )
    ).one()
    path = f"/entities/{mention.entity_id}/mentions/{mention.id}/take-out"
    assert browser.post(path, {"csrf_token": token}).status == 409


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COMPANY_ADMIN, Role.PARTNER_OFFICER])
def test_0_pages_of_entities_open_to_3_roles(session, sign_in, role):
    entity = firm(session, filed(session, customer("Badr Trading LLC", **BADR)))
    browser = sign_in(role)
    for path in (f"/entities/{entity.id}", "/entities/pairs", "/entities/pairs/decided"):
        assert browser.get(path).status == 403


def test_a_spoiled_cursor_begins_at_the_front(session, sign_in):
    pair = offered(session)
    browser = sign_in(Role.ANALYST)
    assert "Badr" in browser.get("/entities/pairs?after=nonsense").text
    assert browser.get("/entities/pairs/decided?after=x~y").status == 200
    assert browser.get(f"/entities/{pair.left_id}?after=2026").status == 200
