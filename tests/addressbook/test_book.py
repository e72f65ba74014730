"""The address book: of one company, filled by its people alone, offered in drafts."""

from datetime import datetime

import pytest
from sqlalchemy import insert, select

from portal.addressbook import services
from portal.addressbook.data import EntrySort, kept_of, label_of
from portal.addressbook.models import AddressEntry
from portal.core.access import Role
from portal.intake.models import Draft
from tests.factories import NOON, make_account
from tests.kinds.test_kinds import draft_of

PERSON = {"sort": ["organisation"], "name": ["Chimex SARL"], "country": ["FR"], "city": ["Lyon"]}


@pytest.fixture
def author(session):
    return make_account(session, Role.REPORTER)


def entry_of(session, actor, typed=None, sort=EntrySort.CUSTOMER):
    entry = services.keep(session, sort, typed or PERSON, actor, NOON)
    session.commit()
    return entry


def entries(session):
    session.expire_all()
    return session.scalars(select(AddressEntry).order_by(AddressEntry.key)).all()


def test_8_answers_of_one_filing_are_never_kept():
    typed = {"role": ["customer"], "relation": ["x"], "pick": ["x"], "quantity": ["5"]}
    typed |= {"packages": ["1"], "batch": ["B"], "value": ["9"], "currency": ["EUR"]}
    assert kept_of(typed | {"substance": ["acetone"], "salt": [""]}) == {"substance": ["acetone"]}


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ({"name": ["Chimex"], "country": ["FR"]}, "Chimex, FR"),
        ({"name": ["Chimex"]}, "Chimex"),
        ({"substance": ["acetone"], "trade_name": ["Solvo 1"]}, "acetone (Solvo 1)"),
        ({"description": ["A resin"]}, "A resin"),
    ],
)
def test_an_entry_is_listed_in_1_line(typed, label):
    assert label_of(typed) == label


def test_1_customer_is_added_changed_found_and_deleted(session, sign_in, author):
    book = sign_in(author).get("/address-book/")
    form = book.click("Add a customer")
    kept = form.submit("Keep", name="Chimex SARL", country="FR", city="Lyon")
    assert "Chimex SARL, FR" in kept.text
    kept.click("Change Chimex").submit("Keep", city="Marseille")
    assert "Chimex" in book.browser.get("/address-book/", {"q": "marseil"}).text
    assert "No entry fits" in book.browser.get("/address-book/", {"q": "lyon"}).text
    gone = book.browser.get("/address-book/").click("Change Chimex").submit("Delete the entry")
    assert "The address book is empty" in gone.text
    assert entries(session) == []


def test_1_product_is_added_without_a_quantity(session, sign_in, author):
    form = sign_in(author).get("/address-book/new/product")
    answers = {"substance": "AA", "unit": "l", "form": "pure", "trade_name": "Acetix"}
    kept = form.submit("Keep", **answers)
    assert "AA (Acetix)" in kept.text
    assert entries(session)[0].sort is EntrySort.PRODUCT


def test_an_entry_without_2_answers_names_them_and_keeps_what_was_typed(sign_in, author):
    wrong = sign_in(author).get("/address-book/new/carrier").submit("Keep", city="Lyon")
    assert wrong.status == 422
    assert wrong.errors == ["Enter the name", "Choose the country"]
    assert wrong.soup.select_one("[name=city]")["value"] == "Lyon"


def test_the_same_label_twice_is_1_entry(session, author):
    entry_of(session, author)
    entry_of(session, author, PERSON | {"city": ["Nantes"]})
    entry_of(session, author, {"name": ["CHIMEX  sarl"], "country": ["FR"]})
    assert len(entries(session)) == 1


def test_an_entry_cannot_take_the_name_of_1_other(session, sign_in, author):
    entry_of(session, author)
    other = entry_of(session, author, PERSON | {"name": ["Other"]})
    page = sign_in(author).get(f"/address-book/{other.id}")
    assert page.submit("Keep", name="Chimex SARL").status == 409
    assert {one.label for one in entries(session)} == {"Chimex SARL, FR", "Other, FR"}


def test_0_entries_are_seen_by_another_company(session, sign_in, author):
    entry = entry_of(session, author)
    stranger = sign_in(Role.REPORTER)
    token = stranger.get("/account").soup.select_one("[name=csrf_token]")["value"]
    assert "Chimex" not in stranger.get("/address-book/").text
    assert stranger.get(f"/address-book/{entry.id}").status == 404
    for path in ("", "/delete"):
        answer = stranger.post(f"/address-book/{entry.id}{path}", {"csrf_token": token})
        assert answer.status == 404
    assert stranger.get("/address-book/suggest.json", {"q": "chimex"}).response.json == []
    assert len(entries(session)) == 1


def test_names_are_suggested_from_2_letters_of_the_own_book(session, sign_in, author):
    entry_of(session, author)
    found = sign_in(author).get("/address-book/suggest.json", {"q": "chi"}).response.json
    assert found == [{"value": "Chimex SARL", "label": "Chimex SARL, FR", "hint": "customer"}]


def test_51_entries_are_2_pages(session, sign_in, author):
    for number in range(51):
        entry_of(session, author, PERSON | {"name": [f"Firm {number:02}"]})
    first = sign_in(author).get("/address-book/")
    assert "Firm 49" in first.text
    assert "Firm 50" not in first.text
    assert "Firm 50" in first.click("Next page").text


@pytest.mark.parametrize(("held", "fits"), [(services.MOST - 1, True), (services.MOST, False)])
def test_the_book_is_full_at_5000_entries(session, author, held, fits):
    owner = {"organisation_id": author.organisation_id, "sort": EntrySort.CUSTOMER, "version": 1}
    rows = [{"label": f"F {n}", "key": f"f {n}", "search": "", "typed": {}} for n in range(held)]
    session.execute(insert(AddressEntry), [owner | row | {"used": 0} for row in rows])
    if fits:
        assert entry_of(session, author).label == "Chimex SARL, FR"
    else:
        with pytest.raises(services.FullError):
            entry_of(session, author)


# --- in a draft -----------------------------------------------------------------------------------


def page_of(session, sign_in, author, slug="export-notice", step="parties"):
    draft = draft_of(session, author, slug)
    item = draft.answers[step][0]["id"]
    return draft, sign_in(author).get(f"/drafts/{draft.id}/{step}/{item}")


def test_an_entry_fills_1_page_and_saves_nothing_yet(session, sign_in, author):
    entry = entry_of(session, author)
    draft, page = page_of(session, sign_in, author)
    before = dict(draft.answers)
    filled = page.submit("Fill in", book_entry=str(entry.id), street="Typed street 1")
    assert filled.status == 200
    assert filled.errors == []
    assert filled.soup.select_one("[name=name]")["value"] == "Chimex SARL"
    assert filled.soup.select_one("[name=city]")["value"] == "Lyon"
    assert filled.soup.select_one("[name=street]")["value"] == "Typed street 1"
    session.expire_all()
    assert session.scalars(select(Draft)).one().answers == before
    filled.submit("Save and continue")
    session.expire_all()
    assert session.scalars(select(Draft)).one().answers["parties"][0]["typed"]["name"] == [
        "Chimex SARL"
    ]


def test_an_entry_of_another_company_fills_0_fields(session, sign_in, author):
    entry = entry_of(session, make_account(session, Role.REPORTER))
    entry_of(session, author, PERSON | {"name": ["Own"]})
    _, page = page_of(session, sign_in, author)
    answer = page.submit("Fill in", book_entry=str(entry.id))
    assert answer.status == 200
    assert "Chimex" not in answer.text


def test_a_page_that_is_kept_becomes_1_entry_and_a_page_that_is_wrong_none(
    session, sign_in, author
):
    _, page = page_of(session, sign_in, author)
    wrong = page.submit("Save and continue", book_keep="y", name="")
    assert wrong.status == 422
    assert wrong.soup.select_one("[name=book_keep]").has_attr("checked")
    assert entries(session) == []
    page.submit("Save and continue", book_keep="y", name="Kept Ltd", role="freight forwarder")
    assert [(one.label[:8], one.sort) for one in entries(session)] == [
        ("Kept Ltd", EntrySort.CARRIER)
    ]


def test_0_entries_come_by_themselves(session, sign_in, author):
    _, page = page_of(session, sign_in, author)
    page.submit("Save and continue")
    assert entries(session) == []


def test_a_substance_is_kept_as_1_product(session, sign_in, author):
    _, page = page_of(session, sign_in, author, step="substances")
    page.submit("Save and continue", book_keep="y")
    assert [one.sort for one in entries(session)] == [EntrySort.PRODUCT]
    assert "quantity" not in entries(session)[0].typed


@pytest.mark.parametrize(("slug", "used"), [("export-notice", 1), ("suspicious-order", 0)])
def test_a_use_in_a_report_that_colleagues_may_not_know_of_counts_0_times(
    session, sign_in, author, slug, used
):
    entry = entry_of(session, author)
    _, page = page_of(session, sign_in, author, slug)
    page.submit("Fill in", book_entry=str(entry.id))
    one = entries(session)[0]
    assert one.used == used
    assert isinstance(one.used_at, datetime) is bool(used)


def test_the_book_is_offered_for_0_persons_who_are_suspected(session, sign_in, author):
    entry_of(session, author)
    draft = draft_of(session, author, "loss", parties=[{"id": "p1", "typed": {}}])
    page = sign_in(author).get(f"/drafts/{draft.id}/parties/p1")
    assert page.status == 200
    assert not page.has_button("Fill in")
    assert not page.soup.select("[name=book_keep]")
