"""What is watched is found: as it arrives, looking back, once, and without losing a submission."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from portal.core.jobs import Job
from portal.core.outbox import OutgoingMail
from portal.entities.data import EntitySort, Verdict
from portal.entities.joining import regroup
from portal.entities.models import EntityPair
from portal.entities.queries import entities_of
from portal.kinds.notices.data import Container
from portal.submissions.data import Party, PartyRole, PartySort
from portal.submissions.models import Submission
from portal.triage.models import FindingRow, TriageCase
from portal.watchlists import keeping, matching, queries, services
from portal.watchlists.data import About
from portal.watchlists.models import WATCH_KEY, WatchEntry, WatchFailure, WatchHit, WatchReader
from portal.watchlists.rules import Known, of_entity, read
from tests.factories import NOON, customer, make_account, make_submission, notice, order
from tests.watchlists.conftest import BECAUSE, YEAR

DAY = timedelta(days=1)


def filed(session, *parties, days=0, **more):
    return make_submission(session, order(parties=parties, **more), now=NOON + days * DAY)


@pytest.mark.parametrize(
    ("sort", "text", "party"),
    [
        ("organisation", "Badr Trading", {"name": "بدر للتجارة ذ.م.م"}),
        ("organisation", "Meridian Solvents LLC", {"name": "Meridan Solvents L.L.C."}),
        ("person", "Сергей Кузнецов", {"name": "Kuznetsov Sergey", "sort": PartySort.PERSON}),
        (
            "address",
            "Keizersgracht 12, Amsterdam",
            {"street": "keizersgracht 12", "city": "Amsterdam"},
        ),
        ("phone", "+31 20 123 4567", {"phones": ("+31201234567",)}),
        ("email", "some.one@example.org", {"emails": ("Some.One+x@example.org",)}),
        ("website", "www.shop.example", {"websites": ("https://shop.example/a",)}),
        ("account", "NL91 ABNA 0417 1643 00", {"bank_account": "NL91ABNA0417164300"}),
        ("registration", "1234 5678", {"registration_number": "12345678"}),
        ("identity", "AA-123456", {"identity_number": "AA123456", "identity_country": "TH"}),
    ],
)
def test_what_a_party_tells_is_found_on_arrival_and_backwards(
    session, watch, hits, work, sort, text, party
):
    before = filed(session, customer(**{"name": "Example Customer"} | party))
    watch(sort, text, now=NOON + DAY)
    after = filed(session, customer(**{"name": "Quite Another"} | party), days=2)
    assert [(one.submission_id, one.on_arrival) for one in hits()] == [(after.id, True)]
    work(NOON + 3 * DAY)
    assert {(one.submission_id, one.on_arrival) for one in hits()} == {
        (after.id, True),
        (before.id, False),
    }
    assert all(one.evidence[0]["path"].startswith("parties.0") for one in hits())


def test_plates_containers_and_vessels_are_found(session, watch, hits):
    watch("vehicle", "AB 12 CD")
    watch("container", "CSQU 305438-3")
    filed(session, customer(), plates=("ab-12-cd",), days=1)
    make_submission(session, notice(containers=(Container(number="CSQU3054383"),)), now=NOON + DAY)
    assert len(hits()) == 2


def test_who_reports_carries_and_forwards_is_found_too(session, watch, hits):
    watch("organisation", "Noordzee Chemie")
    exporter = Party(role=PartyRole.EXPORTER, name="Noordzee Chemie B.V.", country="NL")
    importer = Party(role=PartyRole.IMPORTER, name="Siam Coatings Ltd", country="TH")
    make_submission(session, notice(parties=(exporter, importer)), now=NOON + DAY)
    assert len(hits()) == 1


def test_others_are_not_found(session, watch, hits, work):
    watch("organisation", "Badr Trading")
    watch("phone", "+31201234567")
    filed(session, customer("Al Nour Chemicals FZE", phones=("+31201234568",)), days=1)
    work(NOON + DAY)
    assert hits() == []


@pytest.mark.parametrize(("days", "found"), [(365, 1), (366, 0)])
def test_a_list_matches_to_its_last_day(session, watch, hits, days, found):
    watch("phone", "+31201234567")
    filed(session, customer(phones=("+31201234567",)), days=days)
    assert len(hits()) == found


@pytest.mark.parametrize(("days", "found"), [(30, 1), (31, 0)])
def test_an_entry_with_a_day_of_its_own_matches_to_that_day(session, watch, hits, days, found):
    about = About(reason="For a month.", expires_on=NOON.date() + 30 * DAY)
    watch("phone", "+31201234567", about=about)
    filed(session, customer(phones=("+31201234567",)), days=days)
    assert len(hits()) == found


def test_a_renewed_list_finds_what_came_while_it_was_expired(
    session, owner, watch, watch_list, hits, work
):
    watch("phone", "+31201234567")
    work(NOON + DAY)
    missed = filed(session, customer(phones=("+31201234567",)), days=370)
    keeping.renew(session, watch_list, YEAR + 100 * DAY, "It goes on.", owner, NOON + 380 * DAY)
    work(NOON + 381 * DAY)
    assert [one.submission_id for one in hits()] == [missed.id]


def test_an_ended_entry_is_kept_and_finds_nothing(session, owner, watch, hits, work):
    (entry_id,) = watch("phone", "+31201234567")
    entry = session.get_one(WatchEntry, entry_id)
    keeping.end(session, entry, "Another number.", owner, NOON)
    filed(session, customer(phones=("+31201234567",)), days=1)
    work(NOON + DAY)
    assert hits() == []
    assert session.get_one(WatchEntry, entry_id).ended_reason == "Another number."
    assert session.scalars(select(func.count()).select_from(WATCH_KEY)).one() == 0


def test_1_hit_for_an_entry_and_a_submission_however_often_it_is_looked_for(
    session, watch, hits, work
):
    both = customer("Badr Trading LLC", phones=("+31201234567", "+31201234567"))
    filed(session, both, customer("Badr Trading LLC"))
    (one,) = watch("organisation", "Badr Trading", now=NOON + DAY)
    for _ in range(3):
        services.look_back(session, [one], NOON + DAY)
        work(NOON + 2 * DAY)
    assert len(hits()) == 1
    assert len(hits()[0].evidence) == 2


def test_slices_go_backwards_and_on_from_where_they_ended(session, watch, hits, monkeypatch, work):
    monkeypatch.setattr(matching, "SLICE", 2)
    days = [filed(session, customer(phones=("+31201234567",)), days=n) for n in range(5)]
    (one,) = watch("phone", "+31201234567", now=NOON + 6 * DAY)
    job = {"entries": [str(one)], "since": None}
    seen = []
    while job:
        session.execute(delete(Job))
        services.look_further_back(session, job, NOON + 6 * DAY)
        seen.append({hit.submission_id for hit in hits()})
        query = select(Job.payload).where(Job.name == "watch-back")
        job = session.scalars(query).one_or_none()
    assert seen[0] == {days[4].id, days[3].id}
    assert seen[1] == seen[0] | {days[2].id, days[1].id}
    assert seen[2] == {one.id for one in days}


def test_an_entity_is_found_by_whatever_is_joined_with_it(session, owner, watch_list, hits, work):
    about = {
        "country": "AE",
        "city": "Dubai",
        "street": "Al Rigga Road 17, office 204",
        "phones": ("+971504417720",),
    }
    first = filed(session, customer("Badr Trading LLC", **about))
    other = filed(session, customer("Al Nour General Trading FZE", **about), days=1)
    sort = EntitySort.ORGANISATION
    one, two = (
        next(e for m, e in entities_of(session, s.id) if e.sort is sort) for s in (first, other)
    )
    query = select(EntityPair).where(EntityPair.sort == sort)
    pair = session.scalars(query).one()
    pair.verdict = Verdict.SAME
    regroup(session, {one.id, two.id})
    watched = of_entity(one.sort, one.name, None, one.profile)
    keeping.add(session, watch_list, (watched,), BECAUSE, owner, NOON + 2 * DAY, one)
    work(NOON + 2 * DAY)
    assert {hit.submission_id for hit in hits()} == {first.id, other.id}
    third = filed(session, customer("Al Nour General Trading FZE", **about), days=3)
    assert {hit.submission_id for hit in hits()} == {first.id, other.id, third.id}


def test_a_failure_loses_no_submission_and_is_tried_again(session, watch, hits, work):
    (entry_id,) = watch("organisation", "Badr Trading", Known(country="AE"))
    entry = session.get_one(WatchEntry, entry_id)
    right = entry.known
    entry.known = {**right, "born": ["spoiled"]}
    submission = filed(session, customer("Badr Trading LLC"), days=1)
    assert session.get_one(Submission, submission.id).reference
    assert session.get_one(TriageCase, submission.id).open
    assert queries.failures(session) == 1
    assert hits() == []
    session.get_one(WatchEntry, entry_id).known = right
    work(NOON + DAY)
    assert len(hits()) == 1
    assert queries.failures(session) == 0


def test_a_failing_statement_spoils_nothing_of_the_receipt(session, watch):
    def broken(session, *_):
        session.execute(WATCH_KEY.insert(), [{"key": 1, "entry_id": NOON.date()}])

    submission = filed(session, customer())
    assert services.match(session, submission, order(), NOON, broken) is False
    session.flush()
    assert session.scalars(select(WatchFailure.submission_id)).all() == [submission.id]
    assert session.get_one(Submission, submission.id)


def test_a_hit_changes_nothing_that_other_officers_see(session, watch):
    watch("organisation", "Meridian Solvents")
    alike = session.get_one(TriageCase, filed(session, customer("Centaurus Solvents")).id)
    watched = session.get_one(TriageCase, filed(session, customer("Meridian Solvents")).id)
    assert session.scalars(select(WatchHit.submission_id)).all() == [watched.id]
    names = ("priority", "addends", "reason", "status", "stop_until", "assignee_id", "open")
    assert [getattr(alike, name) for name in names] == [getattr(watched, name) for name in names]
    rules = [
        session.scalars(select(FindingRow.rule).where(FindingRow.case_id == one.id)).all()
        for one in (alike, watched)
    ]
    assert rules[0] == rules[1]


def test_10000_entries_cost_an_arrival_as_many_selects_as_10(
    session, owner, watch_list, statements
):
    def selects():
        party = customer("Badr Trading LLC", street="Rigga Road 17", phones=("+971504417720",))
        author = make_account(session)
        statements.clear()
        make_submission(session, order(parties=(party,)), author=author, now=NOON)
        return len(statements)

    def fill(start, number):
        names = ("Amir", "Badr", "Chen", "Dao", "Ekrem", "Farid", "Goran", "Hadi")
        some = [
            read(
                EntitySort.ORGANISATION,
                f"{names[n % 8]} {names[n // 8 % 8]}{n} Trading",
                Known(country="AE"),
            )
            for n in range(start, start + number)
        ]
        keeping.add(session, watch_list, some, BECAUSE, owner, NOON)

    selects()  # the entities are known from now on
    fill(0, 10)
    few = selects()
    for start in range(10, 10_000, 1000):
        fill(start, min(1000, 10_000 - start))
    assert session.scalars(select(func.count()).select_from(WatchEntry)).one() == 10_000
    assert selects() == few


def test_readers_get_1_mail_until_they_look_and_it_tells_nothing(
    session, owner, watch, watch_list, work
):
    left = make_account(session, owner.role, active=False)
    session.add(WatchReader(list_id=watch_list.id, account_id=left.id, added_at=NOON))
    watch("phone", "+31201234567")
    for days in (1, 2):
        filed(session, customer(phones=("+31201234567",)), days=days)
        session.flush()
        services.mail_readers(session, {"lists": [str(watch_list.id)]}, NOON + days * DAY)
    query = select(OutgoingMail).where(OutgoingMail.recipient.in_([owner.email, left.email]))
    (mail,) = session.scalars(query)
    assert mail.recipient == owner.email
    for word in ("watch", "Lake", "hit", "list", "31201234567", "SO-"):
        assert word not in mail.subject + (mail.body or "")
    services.looked(session, owner, NOON + 3 * DAY)
    services.mail_readers(session, {"lists": [str(watch_list.id)]}, NOON + 4 * DAY)
    assert len(session.scalars(query).all()) == 2
