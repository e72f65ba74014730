"""Rules about papers, containers, goods and addresses, with values alone."""

from dataclasses import replace
from datetime import date

import pytest

from portal.submissions.data import (
    Document,
    Mention,
    PartySort,
)
from portal.triage.data import Book, SubstanceFacts
from tests.factories import customer, line
from tests.triage.test_rules import SHARED_PHONE, case, check, past

PAPER = Mention("authorisation", "PKNOC802", "PK-NOC-802", "authorisations.0.number")


def test_1_number_on_notices_for_2_receivers_is_raised():
    others = (customer("Somebody Else"),)
    given = case([past(PAPER, parties=others)], mentions=(PAPER,))
    assert len(check("document-again", given).evidence) == 2
    assert check("document-again", case([past(PAPER)], mentions=(PAPER,))) is None
    licence = Mention("authorisation", "PKNOC802", "PK-NOC-802", "parties.0.licence_number")
    elsewhere = case([past(licence, parties=others)], mentions=(PAPER,))
    assert check("document-again", elsewhere) is None


@pytest.mark.parametrize(
    ("sort", "days_ago", "raised"),
    [("container", 60, True), ("container", 61, False), ("seal", 300, True), ("phone", 1, False)],
)
def test_a_container_within_60_days_and_a_seal_at_any_time(sort, days_ago, raised):
    trace = Mention(sort, "CSQU3054383", "CSQU3054383", "containers.0.number")
    found = check("container-again", case([past(trace, days_ago=days_ago)], mentions=(trace,)))
    assert (found is not None) is raised
    two = case([past(trace, kind="transit-notice")], mentions=(trace,), kind="export-notice")
    assert check("container-again", two) is None


@pytest.mark.parametrize(("sort", "raised"), [("container", False), ("seal", True)])
def test_a_container_that_comes_back_to_the_same_people_is_their_own(sort, raised):
    trace = Mention(sort, "CSQU3054383", "CSQU3054383", "containers.0.number")
    given = case([past(trace, SHARED_PHONE)], mentions=(trace, SHARED_PHONE))
    assert (check("container-again", given) is not None) is raised


@pytest.mark.parametrize(("day", "raised"), [(14, True), (15, False), (None, False)])
def test_dispatch_before_the_15th_is_early(day, raised):
    leaves = date(2026, 4, day) if day else None
    found = check("early-dispatch", case(dispatch_on=leaves, may_leave_on=date(2026, 4, 15)))
    assert (found is not None) is raised


@pytest.mark.parametrize(
    ("issued", "expires", "raised"),
    [
        (None, date(2026, 4, 14), True),
        (None, date(2026, 4, 15), False),
        (date(2026, 4, 16), None, True),
        (date(2026, 4, 15), None, False),
    ],
)
def test_a_paper_must_hold_on_the_day_of_dispatch(issued, expires, raised):
    paper = Document(number="1", sort="licence", issued_on=issued, expires_on=expires, path="x")
    found = check("expired-document", case(documents=(paper,), dispatch_on=date(2026, 4, 15)))
    assert (found is not None) is raised


@pytest.mark.parametrize(
    ("seen", "enquiry", "raised"),
    [(False, False, True), (False, True, False), (True, False, False)],
)
def test_an_order_needs_a_declaration(seen, enquiry, raised):
    found = check("no-declaration", case(declaration_seen=seen, enquiry_only=enquiry))
    assert (found is not None) is raised


@pytest.mark.parametrize(("code", "raised"), [("291411", False), ("291524", True), ("9", False)])
def test_the_hs_code_must_be_that_of_the_substance(code, raised):
    book = Book(jurisdiction="EU", hs={"291411": ("acetone",), "291524": ("acetic-anhydride",)})
    found = check("hs-disagrees", case(book=book, lines=(line(hs_code=code),)))
    assert (found is not None) is raised


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ({"emails": ("a@gmail.com",)}, True),
        ({"emails": ("a@gmail.com", "b@firm.example")}, False),
        ({"emails": ("a@gmail.com",), "websites": ("firm.example",)}, False),
        ({"emails": ("a@gmail.com",), "sort": PartySort.PERSON}, False),
    ],
)
def test_web_mail_alone_is_raised_for_an_organisation(more, raised):
    assert (check("web-mail", case(parties=(customer(**more),))) is not None) is raised


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ({"street": "Postbus 1129"}, True),
        ({"address_free": "P.O. Box 4, Dubai"}, True),
        ({"street": "Boxtel 4"}, False),
        ({"street": "Flat 4", "sort": PartySort.PERSON}, False),
    ],
)
def test_a_mailbox_as_address_is_raised_for_an_organisation(more, raised):
    assert (check("mailbox-address", case(parties=(customer(**more),))) is not None) is raised


@pytest.mark.parametrize(("since", "raised"), [(2023, True), (2022, False), (None, False)])
def test_a_listing_of_3_years_or_less_is_new(since, raised):
    known = SubstanceFacts(name="Acetone", listed_since=since)
    book = Book(jurisdiction="EU", substances={"acetone": known})
    assert (check("new-substance", case(book=book)) is not None) is raised


def test_a_substance_off_the_list_is_raised_1_time():
    off = replace(line(), substance=None)
    assert "not on the list" in check("off-list", case(lines=(line(), off))).reason


@pytest.mark.parametrize(
    ("name", "raised"),
    [
        ("BMK pentyl glycidate", True),
        ("1-Cbz-4-piperidone", True),
        ("PMK something", True),
        ("Glycerol, pharmaceutical", False),
        ("Acetone", False),
    ],
)
def test_kin_of_a_listed_precursor_is_raised_off_the_list_only(name, raised):
    off = replace(line(), substance=None, name=name)
    assert (check("designer", case(lines=(off,))) is not None) is raised
    assert check("designer", case(lines=(replace(off, substance="x"),))) is None


def test_a_plate_seen_at_2_companies_is_raised():
    plate = Mention("plate", "VK902B", "VK-902-B", "plates.0")
    assert len(check("plate-again", case([past(plate)], mentions=(plate,))).evidence) == 2
    assert check("plate-again", case([past()])) is None
    notices = case([past(plate, kind="transit-notice")], mentions=(plate,), kind="export-notice")
    assert check("plate-again", notices) is None
    known = case([past(plate, SHARED_PHONE)], mentions=(plate,))
    assert check("plate-again", known) is None
    own = replace(
        known, filed=replace(known.filed, organisation_id=known.history[0].filed.organisation_id)
    )
    assert check("plate-again", own) is None


@pytest.mark.parametrize(("days", "raised"), [(90, True), (91, False)])
def test_a_number_that_others_use_within_90_days_counts_more(days, raised):
    others = (customer("Somebody Else"),)
    given = case([past(PAPER, parties=others, days_ago=days)], mentions=(PAPER,))
    assert (check("document-again-soon", given) is not None) is raised
    assert check("document-again", given) is not None
