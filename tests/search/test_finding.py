"""Finding what an officer may see, and nothing of the rest."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, text

from portal.core.access import Role
from portal.leads import services as leads
from portal.leads.data import Category, Confidence, Marking, Priority, Proposal
from portal.leads.models import LeadText
from portal.search import services
from portal.search.data import Order, Sort, Wanted
from portal.search.queries import lists, names, texts
from portal.search.rules.explaining import matches
from portal.search.rules.reading import read
from portal.submissions import services as submissions
from portal.submissions.data import PartySort
from portal.submissions.models import Question
from portal.texts import queries as index
from portal.texts.data import Every, Expression, Part, token
from portal.texts.models import SearchText
from portal.triage import deeds, knowing
from portal.triage.life import Action, Status
from portal.triage.models import TriageCase
from tests.factories import NOON, customer, line, make_account, make_submission, order

DAY = timedelta(days=1)


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER)


def find(session, typed, officer, **more):
    asked = read(typed)
    synonyms = lists.synonyms(session, asked)
    return texts.find(session, asked, synonyms, Wanted(**more), officer, NOON + DAY)


def found(session, typed, officer, **more):
    """Return the ids of the submissions whose texts are found, in order."""
    return [hit.row.owner_id for hit in find(session, typed, officer, **more).hits]


def case_of(session, submission):
    return session.get_one(TriageCase, submission.id)


def give_to_another(session, *filed):
    other = make_account(session, Role.ANALYST)
    for one in filed:
        deeds.take(session, case_of(session, one), other, NOON)
    session.flush()
    return other


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("شركة محمد حسين للتجارة", "Muhamad Hussein Trading"),
        ("شركة محمد حسين للتجارة", "محمد حسين"),
        ("شركة محمد حسين للتجارة", "Trading Hussein"),
        ("北京化工有限公司", "化工"),
        ("บริษัทเคมีภัณฑ์ไทยจำกัด", "เคมีภัณฑ์"),
        ("Хуссейн Ахмедов", "Hussein"),
        ("Müller und Söhne", "muller"),
        ("O'Brien Chemicals", "O\u2019Brien"),
        ("Nguyễn Thị Hồng", "nguyen hong"),
    ],
)
def test_a_name_is_found_in_every_script(session, officer, name, typed):
    filed = make_submission(session, order(parties=(customer(name),)))
    make_submission(session, order(parties=(customer("Somebody Else"),)))
    assert found(session, typed, officer) == [filed.id]


@pytest.mark.parametrize(
    "typed",
    [
        "+66 2 123 4567", "0066 2 1234567", "AB 123 C", "ab123c", "67-64-1", "CAS 67641", "acetone",
        "2-propanone", '"no trade address"', "trade -shipment", "addr*", "first order trade",
    ],
)  # fmt: skip
def test_a_record_is_found_by_all_it_says(session, officer, typed):
    filed = make_submission(
        session,
        order(
            parties=(customer(phones=("+6621234567",)),),
            lines=(line("acetone", cas_number="67-64-1"),),
            plates=("AB-123-C",),
        ),
    )
    assert found(session, typed, officer) == [filed.id]


@pytest.mark.parametrize("typed", ['"address trade"', "order -trade", "acetone toluene", "zzz"])
def test_what_does_not_match_is_not_found(session, officer, typed):
    make_submission(session)
    assert found(session, typed, officer) == []


def test_a_reference_comes_first(session, officer):
    first = make_submission(session)
    make_submission(session, order(grounds=f"As in {first.reference}, and so on."))
    assert found(session, first.reference.lower(), officer)[0] == first.id
    assert found(session, first.reference.replace("-", " "), officer)[0] == first.id


def test_why_it_matched_is_said(session, officer):
    make_submission(session, order(parties=(customer("شركة محمد حسين للتجارة"),)))
    page = find(session, "Hussein", officer)
    shown = explained(page.hits[0], "Hussein", session)
    assert shown[0].why.startswith("same name in another script")
    assert [piece.text for piece in shown[0].pieces if piece.marked] == ["حسين"]
    synonym = explained(find(session, "2-propanone", officer).hits[0], "2-propanone", session)
    assert "another name or number of Acetone" in synonym[0].why


def explained(hit, typed, session):
    asked = read(typed)
    parts = [Part.from_json(one) for one in hit.row.parts]
    return matches(parts, asked, lists.synonyms(session, asked))


def test_notes_flags_questions_and_answers_are_found(session, officer):
    filed = make_submission(session)
    case = case_of(session, filed)
    deeds.take(session, case, officer, NOON)
    deeds.write_note(session, case, "Called the harbour master.", officer, NOON)
    deeds.flag(session, case, "Pseudonym of a broker.", officer, NOON)
    question = submissions.ask(session, filed, "Which lorry company?", NOON)
    submissions.answer(session, filed, question, "Zebra Haulage", make_account(session), NOON + DAY)
    for typed in ("harbour", "pseudonym broker", "lorry", "zebra"):
        assert found(session, typed, officer) == [filed.id], typed
    assert found(session, "harbour", officer, sort=Sort.SUBMISSIONS) == []
    assert found(session, "lorry", officer, sort=Sort.NOTES) == []
    assert session.scalar(select(func.count()).select_from(Question)) == 1


def make_lead(session, submission, summary):
    analyst = make_account(session, Role.ANALYST)
    case = case_of(session, submission)
    deeds.take(session, case, analyst, NOON)
    deeds.act(session, case, Action.FLAG, analyst, NOON)
    said = {
        "title": "A title",
        "summary": summary,
        "asked": "Look",
        "category": next(iter(Category)),
        "priority": next(iter(Priority)),
        "confidence": next(iter(Confidence)),
        "proposal": next(iter(Proposal)),
        "marking": Marking.AMBER,
        "conditions": "",
        "expires_on": None,
    }
    return leads.convert(session, submission, said, list[LeadText](), analyst, NOON), said, analyst


def test_a_lead_is_found_by_what_it_says_now(session, officer):
    lead, said, analyst = make_lead(session, make_submission(session), "The walrus network")
    assert [hit.lead.id for hit in find(session, "walrus", officer).hits] == [lead.id]
    leads.revise(session, lead, said | {"summary": "The otter network"}, [], analyst, NOON)
    assert find(session, "walrus", officer).hits == []
    assert [hit.lead.id for hit in find(session, "otter", officer).hits] == [lead.id]
    assert find(session, "otter", make_account(session, Role.REGISTRAR)).hits == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"kind": "suspicious-order"}, 2),
        ({"kind": "export-notice"}, 0),
        ({"substance": "acetone"}, 1),
        ({"country": "TH"}, 1),
        ({"status": Status.RECEIVED}, 2),
        ({"status": Status.CLOSED}, 0),
        ({"begin": NOON.date(), "end": NOON.date()}, 2),
        ({"begin": NOON.date() + DAY}, 0),
        ({"end": NOON.date() - DAY}, 0),
        ({"begin": NOON.date() - 4000 * DAY, "end": NOON.date()}, 2),
        ({"companies": (UUID(int=5),)}, 0),
    ],
)
def test_filters_narrow(session, officer, filters, count):
    make_submission(session, order(grounds="Walrus."))
    make_submission(
        session,
        order(grounds="Walrus.", lines=(line("toluene"),), parties=(customer(country="TH"),)),
    )
    assert len(found(session, "walrus", officer, **filters)) == count


def test_20_a_page_and_each_text_once(session, officer):
    author = make_account(session)
    filed = [make_submission(session, order(grounds="Walrus."), author=author) for _ in range(43)]
    for sorting in Order:
        seen, after = [], ""
        for size in (20, 20, 3):
            page = find(session, "walrus", officer, order=sorting, after=after)
            assert len(page.hits) == size
            seen += [hit.row.owner_id for hit in page.hits]
            after = page.more
        assert after == ""
        assert seen == [one.id for one in reversed(filed)]


def test_the_condition_says_what_may_read_says(session, officer):
    filed = [make_submission(session) for _ in range(4)]
    cases = [case_of(session, one) for one in filed]
    give_to_another(session, *filed[1:])
    deeds.break_glass(session, cases[2], "Because", officer, NOON)
    deeds.join(session, cases[3], officer)
    session.flush()
    for who in (officer, make_account(session, Role.SUPERVISOR)):
        for now in (NOON, NOON + 2 * DAY):
            query = select(TriageCase.id).where(knowing.readable(who, now))
            allowed = set(session.scalars(query))
            assert allowed == {one.id for one in cases if knowing.may_read(session, one, who, now)}


def test_others_cases_change_nothing_of_a_page(session, officer):
    """Words, order, counts and pages are as if the others' cases did not exist."""
    author = make_account(session)
    own = [make_submission(session, order(grounds="Walrus."), author=author) for _ in range(23)]
    before = [find(session, "walrus trade -zzz", officer), find(session, "walrus", officer)]
    record = order(grounds="Walrus.", parties=(customer("Walrus"),))
    hidden = [make_submission(session, record, author=author) for _ in range(30)]
    other = give_to_another(session, *hidden)
    deeds.write_note(session, case_of(session, hidden[0]), "Walrus trade", other, NOON)
    after = [find(session, "walrus trade -zzz", officer), find(session, "walrus", officer)]
    for one, other in zip(before, after, strict=True):
        assert [hit.row.id for hit in one.hits] == [hit.row.id for hit in other.hits]
        assert (one.more, one.cut) == (other.more, other.cut)
    assert {hit.row.owner_id for hit in after[1].hits} <= {one.id for one in own}


def others(session, typed, officer, **more):
    asked = read(typed)
    return [one.id for one in texts.others(session, asked, Wanted(**more), officer, NOON)]


def test_an_exact_name_or_number_alone_names_anothers_case(session, officer):
    filed = make_submission(
        session, order(parties=(customer("Kowalski Handel", phones=("+48221234567",)),))
    )
    give_to_another(session, filed)
    for typed in ("Kowalski Handel", "kowalski handel", "+48 22 123 45 67", filed.reference):
        assert others(session, typed, officer) == [filed.id], typed
    for typed in (
        "Kowalski", "Handel Kowalski", "Kowalski Handel refused", "acetone", "trade address",
        '"Kowalski Handel"', "+48221234567 -acetone", "+48221234567 acetone", "4822123456",
    ):  # fmt: skip
        assert others(session, typed, officer) == [], typed
        assert found(session, typed, officer) == [], typed
    assert others(session, "Kowalski Handel", officer, substance="acetone") == []
    assert names.like(session, read("Kowalski Handel"), officer, NOON) == []
    supervisor = make_account(session, Role.SUPERVISOR)
    assert found(session, "Kowalski", supervisor) == [filed.id]
    assert others(session, "Kowalski Handel", supervisor) == []


@pytest.mark.parametrize(
    ("filed", "typed"),
    [
        ("شركة محمد حسين للتجارة", "Muhamad Hussein Trading"),
        ("Hussein Muhammad", "Muhammad Husein"),
        ("Wojciechowski Piotr", "Piotr Wojciechovski"),
        ("Romashka Chemical", "Romashka Chemicel"),
    ],
)
def test_a_name_is_found_fuzzily_with_its_score(session, officer, filed, typed):
    sort = PartySort.ORGANISATION
    made = make_submission(session, order(parties=(customer(filed, sort=sort),)))
    known = names.like(session, read(typed), officer, NOON)
    assert [(one.name, [case.id for case in one.cases]) for one in known] == [(filed, [made.id])]
    assert names.LEAST_LIKE <= known[0].score <= 100


def test_a_telephone_is_an_entity(session, officer):
    make_submission(session, order(parties=(customer(phones=("+48221234567",)),)))
    known = names.like(session, read("0048 22 123 45 67"), officer, NOON)
    assert [(one.name, one.score) for one in known] == [("+48221234567", 100)]


def test_as_many_selects_for_20_hits_as_for_2(session, officer, statements):
    author = make_account(session)
    find(session, "walrus kowalski", officer)  # the first of a process reads the substances once
    numbers = []
    for more in (2, 18):
        for _ in range(more):
            make_submission(session, order(grounds="Walrus and Kowalski."), author=author)
        session.flush()
        statements.clear()
        find(session, "walrus kowalski", officer)
        names.like(session, read("walrus kowalski"), officer, NOON)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_everything_stored_before_is_indexed_once(session, officer):
    filed = [make_submission(session, order(grounds="Walrus.")) for _ in range(3)]
    deeds.write_note(session, case_of(session, filed[0]), "Otter", officer, NOON)
    session.execute(text("DELETE FROM search_index"))
    session.execute(delete(SearchText))
    assert found(session, "walrus", officer) == []
    for expected in (4, 0):
        place, added = services.Place(), 0
        while not place.done:
            place, number = services.index_some(session, place, most=2)
            added += number
        assert added == expected
    assert set(found(session, "walrus", officer)) == {one.id for one in filed}
    assert found(session, "otter", officer, kind="suspicious-order") == [filed[0].id]


def test_a_word_in_5000_texts_is_cut_and_said(session, officer, monkeypatch):
    monkeypatch.setattr(texts, "MOST_LOOKED", 5)
    filed = [make_submission(session, order(grounds="Walrus.")) for _ in range(7)]
    give_to_another(session, *filed[1:])
    page = find(session, "walrus", officer)
    assert (page.hits, page.cut, page.more) == ([], True, "")


@pytest.mark.parametrize("few", [0, 1, 2, 32])
@pytest.mark.parametrize("size", [1, 2, 4_096])
@pytest.mark.parametrize(
    ("most", "found"),
    [(1, "06"), (2, "0604"), (3, "060418"), (5, "0604181715"), (99, "0604181715131211")],
)
def test_the_next_expression_is_asked_only_for_what_the_first_leave_wanting(
    session, monkeypatch, statements, few, size, most, found
):
    """One SELECT, whatever is stored: texts 1 to 9, of which the otters are asked for first."""
    monkeypatch.setattr(index, "BUCKET", size)
    monkeypatch.setattr(index, "FEW", few)
    before = index.end(session)
    for number in range(1, 10):
        words = "otter" if number in {4, 6, 9} else "walrus"
        make_submission(session, order(grounds=f"{words.capitalize()}."))
    otter, walrus, nothing = token("otter"), token("walrus"), token("zzyzx")
    asked: list[Expression] = [otter, Every((walrus,), (otter,)), nothing]
    ids = session.scalars(select(SearchText.id).where(SearchText.id >= before)).all()
    stored = sorted(ids)  # a sequence leaves gaps
    statements.clear()
    places = index.newest(session, asked, stored[8], stored[8], most)
    assert len(statements) == 1
    assert "".join(f"{one}{stored.index(place) + 1}" for one, place in places) == found


def test_buckets_are_asked_until_enough_is_found(session, officer, monkeypatch):
    monkeypatch.setattr(index, "BUCKET", 2)
    filed = [make_submission(session, order(grounds="Walrus.")) for _ in range(9)]
    assert found(session, "walrus", officer) == [one.id for one in reversed(filed)]


def test_a_search_is_recorded_without_its_words(session, officer):
    asked = Wanted(status=Status.CLOSED)
    services.note_search(session, "Kowalski", asked, [UUID(int=1)], officer, NOON)
    entry = session.info["audit"][-1]
    assert entry["deed"] == "search.made"
    assert "owalski" not in entry["detail"]
    assert '"length": 8' in entry["detail"]
    assert '"filters": "everything status"' in entry["detail"]
