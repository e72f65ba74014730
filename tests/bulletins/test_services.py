"""The life of a bulletin, whom it reaches, what it may not say, and that nothing is betrayed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.bulletins import keeping, naming, queries, services
from portal.bulletins.data import Aim, Ground, Said, Signs, Typed
from portal.bulletins.life import MoveRefusedError, NamesError, OwnWorkError, State
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import DomainError, NotFoundError
from portal.core.languages import in_language
from portal.core.outbox import OutgoingMail
from portal.entities.data import EntitySort
from portal.leads.data import Category, Confidence, Marking, Priority, Proposal
from portal.leads.models import Lead, LeadSource
from portal.leads.rules import Status
from portal.organisations.models import Licence
from portal.organisations.rules import Standing
from portal.triage.models import TriageCase
from portal.watchlists import keeping as watching
from portal.watchlists.data import About
from portal.watchlists.rules import read as read_entry
from tests.factories import customer, make_account, make_organisation, make_submission, order


def make_lead(session, filed, author, now):
    lead = Lead(
        reference="LD-1",
        title="T",
        summary="S",
        asked="A",
        category=Category.DIVERSION,
        priority=Priority.ROUTINE,
        confidence=Confidence.LOW,
        proposal=Proposal.WATCH,
        marking=Marking.GREEN,
        expires_on=None,
        author_id=author.id,
        created_at=now,
    )
    lead.sources = [LeadSource(submission_id=filed.id)]
    session.add(lead)
    session.flush()
    return lead


def last_of(session, row):
    return queries.editions_of(session, row.id)[0]


def seen_by(session, actor, now):
    present, earlier = services.listed(session, actor, now)
    return [one.said.title for one in present], [one.said.title for one in earlier]


def test_nobody_reads_a_bulletin_before_a_second_person_approved_it(
    session, draft, analyst, supervisor, now
):
    reader = make_account(session)
    row = draft("Title")
    assert seen_by(session, reader, now) == ([], [])
    with pytest.raises(MoveRefusedError):
        keeping.approve(session, row, last_of(session, row), supervisor, now)
    keeping.submit(session, last_of(session, row), {}, analyst, now)
    assert seen_by(session, reader, now) == ([], [])
    with pytest.raises(OwnWorkError):
        keeping.approve(session, row, last_of(session, row), analyst, now)
    keeping.approve(session, row, last_of(session, row), supervisor, now)
    assert seen_by(session, reader, now) == (["Title"], [])


def test_who_wrote_a_part_never_approves_it(session, draft, analyst, supervisor, now):
    row = draft()
    keeping.write(session, row, Said("fr", "Titre", "Texte"), supervisor, now)
    keeping.submit(session, last_of(session, row), {}, analyst, now)
    with pytest.raises(OwnWorkError):
        keeping.approve(session, row, last_of(session, row), supervisor, now)
    with pytest.raises(OwnWorkError):
        keeping.send_back(session, last_of(session, row), "No", supervisor, now)


def test_what_was_sent_back_is_kept_and_written_anew(session, draft, analyst, supervisor, now):
    row = draft("First")
    keeping.submit(session, last_of(session, row), {}, analyst, now)
    with pytest.raises(MoveRefusedError):
        keeping.write(session, row, Said("en", "Meanwhile", "x"), analyst, now)
    keeping.send_back(session, last_of(session, row), "Too vague", supervisor, now)
    keeping.write(session, row, Said("en", "Second", "x"), analyst, now)
    newest, older = queries.editions_of(session, row.id)
    assert (newest.title, newest.state, newest.number) == ("Second", State.DRAFTED, 2)
    assert (older.title, older.state, older.remark) == ("First", State.SENT_BACK, "Too vague")


def test_companies_read_the_approved_edition_until_the_next_is_approved(
    session, publish, analyst, supervisor, now
):
    reader, row = make_account(session), publish("One")
    services.opened(session, row.id, reader, now)
    keeping.write(session, row, Said("en", "Two", "x"), analyst, now)
    assert seen_by(session, reader, now) == (["One"], [])
    keeping.submit(session, last_of(session, row), {}, analyst, now)
    keeping.approve(session, row, last_of(session, row), supervisor, now)
    (one,), _ = services.listed(session, reader, now)
    assert (one.said.title, one.number, one.unread) == ("Two", 2, True)


@pytest.mark.parametrize(("first", "last", "is_there"), [(0, 0, True), (1, 5, False)])
def test_a_bulletin_holds_from_its_first_day_to_its_last(
    session, publish, now, first, last, is_there
):
    day = queries.today(now)
    publish(
        valid_from=day + timedelta(days=first),
        valid_until=day + timedelta(days=last),
    )
    reader = make_account(session)
    present, earlier = seen_by(session, reader, now)
    assert bool(present) is is_there
    assert earlier == []
    after = now + timedelta(days=last + 1)
    assert len(seen_by(session, reader, after)[1]) == 1
    assert seen_by(session, reader, after)[0] == []


def test_a_withdrawn_bulletin_holds_no_more_and_its_reason_stays_inside(
    session, sign_in, publish, supervisor, now
):
    reader = make_account(session)
    row = publish(signs=Signs(countries=("TH",)))
    typed = Typed(countries=frozenset({"TH"}))
    assert services.beside(session, services.with_signs(session, reader, now), typed, reader, now)
    keeping.withdraw(session, row, "Secret reason", supervisor, now)
    assert not services.with_signs(session, reader, now)
    page = sign_in(reader).get(f"/bulletins/{row.id}")
    assert "withdrawn" in page.text
    assert "Secret reason" not in page.text
    with pytest.raises(MoveRefusedError):
        keeping.withdraw(session, row, "Again", supervisor, now)


def test_a_bulletin_reaches_whom_the_register_says(session, publish, now):
    trader = make_organisation(session, activities=["trade"])
    broker = make_organisation(session, activities=["broker"])
    applied = make_organisation(session, activities=["trade"], standing=Standing.APPLIED)
    for owner, keys in ((trader, ["acetone"]), (broker, ["toluene"])):
        session.add(
            Licence(
                organisation_id=owner.id,
                covers="Category 3",
                substances=keys,
                number="1",
                issuer="X",
                valid_from=None,
                valid_until=None,
                confirmed_at=None,
                ended_at=None,
            )
        )
    session.flush()
    people = {one: make_account(session, organisation=one) for one in (trader, broker, applied)}
    by_activity = publish("Activity", aim=Aim(activities=("trade",)))
    publish("Substance", aim=Aim(substances=("toluene",)))
    publish("Licensed", aim=Aim(licensed=True))
    publish("All")
    assert set(seen_by(session, people[trader], now)[0]) == {"Activity", "Licensed", "All"}
    assert set(seen_by(session, people[broker], now)[0]) == {"Substance", "Licensed", "All"}
    with pytest.raises(NotFoundError):
        services.opened(session, by_activity.id, people[broker], now)
    named = queries.addressees(session, last_of(session, by_activity), queries.today(now))
    assert [one.id for one in named] == [trader.id]


@pytest.mark.parametrize(
    ("standing", "is_there"),
    [(Standing.VETTED, True), (Standing.SUSPENDED, True), (Standing.CLOSED, False)],
)
def test_a_company_that_left_the_register_reads_nothing(session, publish, now, standing, is_there):
    row = publish()
    owner = make_organisation(session, standing=standing)
    present, _ = seen_by(session, make_account(session, organisation=owner), now)
    assert bool(present) is is_there
    named = queries.addressees(session, last_of(session, row), queries.today(now))
    assert (owner.id in [one.id for one in named]) is is_there


def test_a_reading_is_written_down_once_and_counted_of_those_addressed(session, publish, now):
    row, edition = publish(), 1
    firm = make_organisation(session)
    one, other = (make_account(session, organisation=firm) for _ in range(2))
    for _ in range(2):
        services.opened(session, row.id, one, now)
    people, companies = queries.count_read(session, row.id, edition)
    assert (set(people), set(companies)) == ({one.id}, {firm.id})
    assert not services.listed(session, one, now)[0][0].unread
    assert services.listed(session, other, now)[0][0].unread
    session.commit()
    deeds = session.scalars(select(AuditEvent.deed).where(AuditEvent.actor_id == one.id)).all()
    assert deeds.count("bulletin.read") == 1


def test_a_bulletin_is_read_in_the_readers_language(session, draft, analyst, supervisor, now):
    reader, row = make_account(session), draft("English")
    keeping.write(session, row, Said("th", "ไทย", "ข้อความ"), analyst, now)
    keeping.submit(session, last_of(session, row), {}, analyst, now)
    keeping.approve(session, row, last_of(session, row), supervisor, now)
    for language, title in (("th", "ไทย"), ("fr", "English")):
        with in_language(language):
            assert seen_by(session, reader, now)[0] == [title]
    with pytest.raises(MoveRefusedError):
        keeping.withdraw(session, draft(), "never published", supervisor, now)


def test_one_language_stays(session, draft, analyst, now):
    row = draft()
    with pytest.raises(DomainError):
        keeping.unwrite(session, row, "en", analyst, now)
    keeping.write(session, row, Said("fr", "Titre", "Texte"), analyst, now)
    keeping.unwrite(session, row, "en", analyst, now)
    assert [one.language for one in last_of(session, row).texts] == ["fr"]


# --- mail -----------------------------------------------------------------------------------------


def test_those_addressed_get_one_mail_that_says_nothing(session, publish, work, monkeypatch):
    monkeypatch.setattr(services, "ACCOUNTS_A_JOB", 2)
    traders = make_organisation(session, activities=["trade"])
    others = make_organisation(session, activities=["broker"])
    wanted = {make_account(session, organisation=traders).email for _ in range(5)}
    make_account(session, organisation=others)
    make_account(session, Role.APPLICANT, organisation=traders)
    publish("Phosphorus", "Iodine", aim=Aim(activities=("trade",)))
    work()
    mails = session.scalars(select(OutgoingMail)).all()
    assert sorted(one.recipient for one in mails) == sorted(wanted)
    for one in mails:
        for word in ("hosphorus", "odine", "ulletin", "trade"):
            assert word not in f"{one.subject} {one.body}"


def test_0_mails_leave_before_the_first_day(session, publish, work, now):
    make_account(session)
    publish(valid_from=queries.today(now) + timedelta(days=3))
    work()
    assert session.scalars(select(OutgoingMail)).all() == []
    work(now + timedelta(days=4))
    assert len(session.scalars(select(OutgoingMail)).all()) == 1


# --- names ----------------------------------------------------------------------------------------


def found_in(session, row, now):
    last = last_of(session, row)
    return {one.words: one.why for one in naming.clashes(session, last, queries.today(now))}


def test_a_bulletin_that_names_a_company_is_refused_until_somebody_says_why(
    session, draft, analyst, supervisor, now
):
    make_organisation(session, name="Rhine Solvents B.V.", trade_names="Blue Barrel\nRS")
    row = draft("Of rhine solvents", "And of BLUE BARREL.")
    assert set(found_in(session, row, now)) == {"Rhine Solvents B.V.", "Blue Barrel"}
    last = last_of(session, row)
    with pytest.raises(NamesError, match="Blue Barrel"):
        keeping.submit(session, last, {"rhine solvents b v": "It asked for it."}, analyst, now)
    assert last.state is State.DRAFTED
    keeping.submit(session, last, {"blue barrel": "Drums are blue."}, analyst, now)
    make_organisation(session, name="Of Rhine GmbH", trade_names="")
    with pytest.raises(NamesError, match="Of Rhine"):
        keeping.approve(session, row, last, supervisor, now)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Look out for Zephyr Minerals and its like.", "Zephyr Minerals Ltd"),
        ("Look out for ZEPHYR   MINERALS Ltd.", "Zephyr Minerals Ltd"),
        ("Their telephone is +31 20 555 0199.", "+31205550199"),
    ],
)
def test_a_bulletin_that_names_somebody_of_an_open_case_is_refused(session, draft, now, text, name):
    data = order(parties=(customer("Zephyr Minerals Ltd", phones=("+31205550199",)),))
    filed = make_submission(session, data, now=now)
    assert name in found_in(session, draft(body=text), now)
    session.get_one(TriageCase, filed.id).open = False
    session.flush()
    assert name not in found_in(session, draft(body=text), now)


def test_a_bulletin_that_names_a_subject_of_an_open_lead_is_refused(session, draft, analyst, now):
    data = order(parties=(customer("Zephyr Minerals Ltd"),))
    filed = make_submission(session, data, now=now)
    lead = make_lead(session, filed, analyst, now)
    session.get_one(TriageCase, filed.id).open = False
    session.flush()
    row = draft(body="Look out for Zephyr Minerals.")
    assert "Zephyr Minerals Ltd" in found_in(session, row, now)
    session.get_one(Lead, lead.id).status = Status.CLOSED
    session.flush()
    assert found_in(session, row, now) == {}


def test_a_bulletin_that_names_somebody_watched_is_refused_without_saying_where(
    session, draft, supervisor, now
):
    until = queries.today(now) + timedelta(days=30)
    watch_list = watching.create(session, "Lake matter", "Why", until, supervisor, now)
    entry = read_entry(EntitySort.ORGANISATION, "Kestrel Reagents LLC")
    watching.add(session, watch_list, (entry,), About(reason="Why"), supervisor, now)
    found = found_in(session, draft(body="Look out for Kestrel Reagents."), now)
    assert found == {"Kestrel Reagents LLC": naming.WORKED_ON}
    assert "watch" not in naming.WORKED_ON


# --- what was typed -------------------------------------------------------------------------------


def test_what_is_shown_beside_a_draft_says_why(session, publish, now):
    reader = make_account(session)
    publish("Of Thailand", signs=Signs(countries=("TH",)))
    publish("Of acetone", signs=Signs(substances=("acetone",)))
    publish("Of nothing")
    candidates = services.with_signs(session, reader, now)
    assert len(candidates) == 2
    typed = Typed(countries=frozenset({"TH"}))
    (one,) = services.beside(session, candidates, typed, reader, now)
    assert (one.said.title, one.grounds) == ("Of Thailand", (Ground.COUNTRY,))
    assert services.beside(session, candidates, Typed(), reader, now) == ()
