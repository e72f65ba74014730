"""Who reads what of watch lists, what is said to whom, and what is written down."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.errors import DomainError
from portal.entities.data import EntitySort
from portal.entities.queries import entities_of
from portal.triage import deeds
from portal.triage.models import TriageCase
from portal.watchlists import keeping, queries
from portal.watchlists.data import About, HitState
from portal.watchlists.models import WatchEntry, WatchHit, WatchList
from portal.watchlists.rules import read
from tests.factories import customer, make_account, make_submission, order
from tests.watchlists.conftest import BECAUSE

LONG = "Ваше Величество Международная Торговая Компания 有限公司 بدر للتجارة " * 3
PHONE = "+31201234567"


def day_parts(days):
    day = queries.today(utc_now()) + timedelta(days=days)
    return [str(day.day), str(day.month), str(day.year)]


def audited(session, deed):
    return session.scalars(select(AuditEvent.subject_id).where(AuditEvent.deed == deed)).all()


@pytest.fixture
def now():
    return utc_now()


@pytest.fixture
def fresh(session, owner, now):
    """Return a list of today, with a telephone number on it."""
    until = queries.today(now) + timedelta(days=200)
    row = keeping.create(session, "Lake matter", "Seen at the lake.", until, owner, now)
    one = read(EntitySort.PHONE, PHONE)
    keeping.add(session, row, (one,), BECAUSE, owner, now)
    return row


@pytest.fixture
def hit(session, fresh, now):
    submission = make_submission(
        session, order(parties=(customer(LONG[:200], phones=(PHONE,)),)), now=now
    )
    return session.scalars(select(WatchHit).where(WatchHit.submission_id == submission.id)).one()


def test_a_list_is_begun_filled_read_and_every_look_is_recorded(session, sign_in, owner):
    browser = sign_in(owner)
    empty = browser.get("/watch-lists/")
    assert "You read no watch list yet" in empty.text
    begin = empty.click("Begin a list")
    for days, right in ((0, False), (367, False), (300, True)):
        page = begin.submit("Begin it", name=LONG[:250], reason="Why", expires_on=day_parts(days))
        assert (page.title == " ".join(LONG[:250].split())) is right, days
        assert (page.errors == []) is right
    assert "Nothing is watched yet" in page.text
    wrong = page.click("Add one").submit("Add it", sort="phone", text="12", reason="Why")
    assert wrong.status == 422
    assert "no number with a country code" in wrong.errors[0]
    right = wrong.submit("Add it", text=PHONE, source="2", information="B")
    assert PHONE in right.text
    assert "2-B" in right.text
    entry = right.click(PHONE)
    assert "It was not found in anything" in entry.text
    row, one = session.scalars(select(WatchList)).one(), session.scalars(select(WatchEntry)).one()
    assert row.id in audited(session, "watch_list.read")
    assert audited(session, "watch_entry.read") == [one.id]


def test_pasted_lines_are_all_taken_or_none(session, sign_in, owner, fresh):
    paste = sign_in(owner).get(f"/watch-lists/{fresh.id}/paste")
    lines = f"AB-12-CD\nX\n{PHONE}\nЖЮЛ 12\nY"
    page = paste.submit("Add them", sort="vehicle", lines=lines, reason="Why")
    assert page.status == 422
    assert page.errors == ["2 lines cannot be taken, so that nothing was"]
    assert "Line 2: “X” is too short" in page.text
    assert "Line 5: “Y” is too short" in page.text
    assert len(session.scalars(select(WatchEntry)).all()) == 1
    page = page.submit("Add them", lines="AB-12-CD\nab12cd\nEF-34-GH")
    assert "2 added" in page.text
    assert "1 stood there already" in page.text
    assert len(session.scalars(select(WatchEntry)).all()) == 3


def test_a_stranger_finds_nothing_of_a_list(session, sign_in, fresh, hit):
    (entry_id,) = session.scalars(select(WatchEntry.id))
    for role in (Role.TRIAGE_OFFICER, Role.SUPERVISOR):
        browser = sign_in(role)
        for path in (
            *(f"/watch-lists/{fresh.id}{end}" for end in ("", "/add", "/paste", "/renew")),
            f"/watch-lists/{fresh.id}/readers",
            f"/watch-lists/entries/{entry_id}",
            f"/watch-lists/entries/{entry_id}/end",
            f"/triage/hits/{hit.id}",
        ):
            assert browser.get(path).status == 404, path
        assert "Lake matter" not in browser.get("/watch-lists/").text
        assert "Nothing new" in browser.get("/triage/hits").text
        for path in ("/triage/", f"/triage/{hit.submission_id}"):
            text = browser.get(path).text.replace("Watch lists", "").replace("Watch-list hits", "")
            assert "atch list" not in text
            assert "Lake matter" not in text


def test_a_company_sees_the_same_with_and_without_a_hit(session, sign_in, fresh, now):
    author = make_account(session)
    pages = []
    for phone in ("+31207654321", PHONE):
        data = order(parties=(customer("Alike", phones=(phone,)),))
        submission = make_submission(session, data, author=author, now=now)
        page = sign_in(author).get(f"/submissions/{submission.id}")
        known = [submission.reference, submission.check_code, str(submission.id), phone]
        known.append(submission.content_sha256)
        for token in page.soup.select("[name=csrf_token]"):
            token.decompose()
        text = str(page.soup)
        for value in known:
            text = text.replace(value, "")
        pages.append(text)
    assert session.scalars(select(WatchHit)).one()
    assert pages[0] == pages[1]
    assert sign_in(author).get("/watch-lists/").status == 403
    assert sign_in(author).get("/triage/hits").status == 403


def test_only_the_owner_changes_a_list_and_its_readers(session, sign_in, owner, fresh):
    other = make_account(session, Role.TRIAGE_OFFICER, name="Rea Reader")
    for path in ("readers", "renew", "change"):
        assert sign_in(other).get(f"/watch-lists/{fresh.id}/{path}").status == 404
    page = sign_in(owner).get(f"/watch-lists/{fresh.id}").click("Add a reader")
    page = page.submit("Add", account=str(other.id))
    assert "Rea Reader" in page.text
    reading = sign_in(other).get(f"/watch-lists/{fresh.id}")
    assert PHONE in reading.text
    assert not reading.has_button("Remove")
    for path in ("readers", "renew", "change"):
        assert sign_in(other).get(f"/watch-lists/{fresh.id}/{path}").status == 409
    page.submit("Remove Rea Reader")
    assert sign_in(other).get(f"/watch-lists/{fresh.id}").status == 404
    assert len(audited(session, "watch_list.reader_added")) == 1
    assert len(audited(session, "watch_list.reader_removed")) == 1


def test_nobody_from_a_company_becomes_a_reader(session, owner, fresh, now):
    for role in (Role.REPORTER, Role.AUDITOR, Role.SYSTEM_ADMIN):
        with pytest.raises(DomainError, match="does not use watch lists"):
            keeping.add_reader(session, fresh, make_account(session, role).id, owner, now)


def test_a_list_is_renewed_for_a_reason_and_shown_when_expired(session, sign_in, owner, fresh):
    fresh.expires_on = queries.today(utc_now()) - timedelta(days=1)
    browser = sign_in(owner)
    assert "Expired: matches nothing" in browser.get("/watch-lists/").text
    page = browser.get(f"/watch-lists/{fresh.id}")
    assert "Expired: matches nothing" in page.text
    ask = page.click("Renew")
    assert ask.submit("Renew it", expires_on=day_parts(10)).status == 422
    assert ask.submit("Renew it", expires_on=day_parts(400), reason="On").status == 422
    page = ask.submit("Renew it", expires_on=day_parts(10), reason="It goes on.")
    assert "Expired" not in page.text
    assert "renewed It goes on." in page.text


def test_a_supervisor_sees_that_a_list_exists_and_reads_it_only_after_taking_it_over(
    session, sign_in, owner, fresh
):
    boss = make_account(session, Role.SUPERVISOR)
    browser = sign_in(boss)
    page = browser.get("/watch-lists/all")
    for shown in ("Lake matter", "Seen at the lake.", "Ona Owner"):
        assert shown in page.text
    assert PHONE not in page.text
    assert audited(session, "watch_lists.overseen")
    ask = page.click("Take over")
    assert ask.submit("Take it over").status == 422
    page = ask.submit("Take it over", reason="The owner is ill.")
    assert PHONE in page.text
    assert "taken over The owner is ill." in page.text
    assert audited(session, "watch_list.taken_over") == [fresh.id]
    session.refresh(fresh)
    assert fresh.owner_id == boss.id
    for role in (Role.ANALYST, Role.TRIAGE_OFFICER):
        assert sign_in(role).get("/watch-lists/all").status == 403
        assert sign_in(role).get(f"/watch-lists/{fresh.id}/take-over").status == 403


def test_a_list_whose_owner_left_must_be_taken_over(session, sign_in, owner, fresh):
    owner.active = False
    page = sign_in(Role.SUPERVISOR).get("/watch-lists/all")
    assert "Owner has left: must be taken over" in page.text
    page = page.click("Take over").submit("Take it over", reason="The owner left.")
    assert "Owner has left" not in page.text


def test_an_entry_is_ended_for_a_reason_and_kept(session, sign_in, owner, fresh):
    (one,) = session.scalars(select(WatchEntry))
    page = sign_in(owner).get(f"/watch-lists/entries/{one.id}").click("Watch it no more")
    assert page.submit("End it").status == 422
    page = page.submit("End it", reason="Another number.")
    assert "Another number." in page.text
    assert audited(session, "watch_entry.ended") == [one.id]
    assert "ended" in sign_in(owner).get(f"/watch-lists/{fresh.id}").text


def test_a_reader_sees_a_mark_a_count_and_the_hit_itself(session, sign_in, owner, fresh, hit):
    browser = sign_in(owner)
    queue = browser.get("/triage/")
    assert queue.soup.select(".govuk-tag--purple")
    assert "Watch-list hits (1)" in queue.text
    review = browser.get(f"/triage/{hit.submission_id}")
    assert "On your watch lists" in review.text
    assert "Lake matter" in review.text
    page = browser.get("/triage/hits")
    assert PHONE in page.text
    one = page.click(PHONE)
    assert "Same value" in one.text
    places = [
        json.loads(row.detail)["where"]
        for row in session.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject_id == hit.id, AuditEvent.deed == "watch_hit.read")
            .order_by(AuditEvent.id)
        )
    ]
    assert places == ["case", "list", "hit"]
    assert hit.submission_id in audited(session, "case.read")


def test_what_officers_read_of_a_case_names_no_hit(session, sign_in, owner, fresh, hit):
    sign_in(owner).get(f"/triage/{hit.submission_id}")
    sign_in(owner).get(f"/triage/hits/{hit.id}")
    page = sign_in(Role.ANALYST).get(f"/triage/{hit.submission_id}")
    assert "watch_" not in page.text


@pytest.mark.parametrize("state", [HitState.SEEN, HitState.CONFIRMED, HitState.OTHER])
def test_a_hit_is_seen_confirmed_or_not_the_same(session, sign_in, owner, fresh, hit, state):
    browser = sign_in(owner)
    page = browser.get(f"/triage/hits/{hit.id}")
    assert page.submit("Write it down").status == 422
    page = page.submit("Write it down", state=state.value, note="By the plate.")
    assert "Nothing new" in page.text
    assert "Watch-list hits (" not in page.text
    assert state.value in browser.get("/triage/hits", {"state": state.value}).text
    assert audited(session, "watch_hit.decided") == [hit.id]
    assert bool(browser.get("/triage/").soup.select(".govuk-tag--purple")) is (
        state is not HitState.OTHER
    )
    again = browser.get(f"/triage/hits/{hit.id}")
    assert "By the plate." in again.text
    assert again.submit("Write it down", state="seen").status == 409


def test_a_reader_who_may_not_read_the_case_sees_its_reference_and_whom_to_ask(
    session, sign_in, owner, fresh, hit, now
):
    other = make_account(session, Role.TRIAGE_OFFICER, name="Kay Keeper")
    case = session.get_one(TriageCase, hit.submission_id)
    deeds.take(session, case, other, now)
    browser = sign_in(owner)
    for page in (browser.get("/triage/hits"), browser.get(f"/triage/hits/{hit.id}")):
        assert case.reference in page.text
        assert "Kay Keeper" in page.text
        assert LONG[:40] not in page.text
        assert case.organisation_name not in page.text
    assert hit.submission_id not in audited(session, "case.read")


def test_a_case_is_watched_from_its_page(session, sign_in, owner, fresh, now):
    data = order(parties=(customer("Badr Trading", phones=("+971504417720",), country="AE"),))
    first = make_submission(session, data, now=now)
    page = sign_in(owner).get(f"/triage/{first.id}").click("Watch this")
    assert page.submit("Watch it", reason="Why").status == 422
    page = page.submit(
        "Watch it", mentions="0", watch_list=str(fresh.id), reason="Again and again."
    )
    assert "1 watched." in page.text
    entry = session.scalars(select(WatchEntry).where(WatchEntry.shown == "Badr Trading")).one()
    assert entry.watched.profile.phones == ("971504417720",)
    later = make_submission(
        session, order(parties=(customer("بدر للتجارة", phones=("+971504417720",)),)), now=now
    )
    assert queries.hits_in(session, later.id, owner)[0].entry_id == entry.id


def test_an_entity_is_watched_by_its_address(session, sign_in, owner, fresh, hit):

    one = next(e for m, e in entities_of(session, hit.submission_id) if e.sort == "organisation")
    page = sign_in(owner).get(f"/watch-lists/watch/{one.id}")
    page = page.submit("Watch it", watch_list=str(fresh.id), reason="Again.")
    assert "It is watched." in page.text
    stored = select(WatchEntry.entity_id).where(WatchEntry.entity_id.is_not(None))
    assert session.scalars(stored).all() == [one.id]
    stranger = sign_in(Role.ANALYST).get(f"/watch-lists/watch/{one.id}")
    assert stranger.title == "Begin a watch list"


@pytest.mark.parametrize("path", ["/watch-lists/{}", "/watch-lists/", "/triage/hits", "/triage/"])
def test_20_of_each_cost_a_page_as_many_selects_as_2(
    session, sign_in, owner, fresh, statements, now, path
):
    def fill(start, number):
        for n in range(start, start + number):
            data = order(parties=(customer(f"Firm {n}", phones=(PHONE,)),))
            make_submission(session, data, now=now)
            one = read(EntitySort.PHONE, f"+3120123{n:04}")
            keeping.add(session, fresh, (one,), About(reason="Why"), owner, now)

    browser = sign_in(owner)
    counted = []
    for start, number in ((0, 2), (2, 18)):
        fill(start, number)
        session.commit()
        browser.get(path.format(fresh.id))
        statements.clear()
        assert browser.get(path.format(fresh.id)).status == 200
        counted.append(len(statements))
    assert counted[0] == counted[1]
