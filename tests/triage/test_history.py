"""Which traces link, and how much they tell where they stand."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.core.access import Role
from portal.submissions.data import Party, PartyRole
from portal.submissions.models import Submission
from portal.submissions.rules import Outer
from portal.submissions.services import record_of
from portal.triage import history
from portal.triage.data import shares
from portal.triage.names import beginning, changes, close, equal, same
from tests.factories import (
    NOON,
    customer,
    make_account,
    make_organisation,
    make_submission,
    notice,
    order,
)
from tests.triage.test_evidence import loss

DAY = timedelta(days=1)
PHONE = ("+31612094417",)
WORDS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy")


def case_of(session, submission: Submission, *, again=False):
    return history.case_of(session, submission, record_of(submission), again=again)


def named(name, **more):
    return order(parties=(customer(name, phones=PHONE, **more),))


@pytest.mark.parametrize(("names", "links"), [(7, True), (8, False)])
def test_a_telephone_behind_8_names_is_an_office(session, names, links):
    for number, word in enumerate(WORDS[:names]):
        make_submission(session, named(f"{word} Works"), now=NOON + number * DAY)
    last = make_submission(session, named("Juniper Works"), now=NOON + 20 * DAY)
    history_ = case_of(session, last).history
    assert any(shares(past, {"phone"}) for past in history_) is links
    assert any(shares(past, {"common"}) for past in history_) is not links


def test_who_exports_in_1_notice_is_an_agent_there(session):
    parties = (
        Party(role=PartyRole.EXPORTER, name="Gulf Cargo", country="AE", phones=PHONE),
        Party(role=PartyRole.IMPORTER, name="Importer Ltd", country="TH"),
    )
    make_submission(session, notice(parties=parties))
    last = make_submission(session, named("Gulf Cargo"), now=NOON + DAY)
    found = case_of(session, last).history[0]
    assert {one.sort for one in found.shared} == {"agent"}


def test_what_came_later_is_seen_only_again(session):
    first = make_submission(session, named("Badr Trading"))
    later = make_submission(session, named("Badr Trading"), now=NOON + DAY)
    assert case_of(session, first).later == ()
    again = case_of(session, first, again=True)
    assert [past.filed.id for past in again.later] == [later.id]
    assert again.history == ()


def test_a_corrected_version_is_no_history(session):
    older = make_submission(session, named("Badr Trading"))
    older.state = Outer.CORRECTED
    session.flush()
    last = make_submission(session, named("Badr Trading"), now=NOON + DAY)
    assert case_of(session, last).history == ()


def test_1_name_that_begins_alike_is_found_without_a_shared_trace(session):
    make_submission(session, order(parties=(customer("Alpha Chemie Group"),)))
    make_submission(session, order(parties=(customer("Alpha Chemical Trading Services"),)))
    last = make_submission(session, order(parties=(customer("Alpha Chemie GmbH"),)), now=NOON + DAY)
    alike = case_of(session, last).alike
    assert [past.filed.facts.parties[0].name for past in alike] == ["Alpha Chemie Group"]


def test_a_known_company_in_2_scripts_shares_an_entity(session):
    number = {"registration_number": "12345678", "country": "AE"}
    one = order(parties=(customer("Badr Trading", **number),))
    other = order(parties=(customer("بدر للتجارة", **number),))
    make_submission(session, one)
    last = make_submission(session, other, now=NOON + DAY)
    found = case_of(session, last)
    assert shares(found.history[0], {"entity"})[0].path == "parties.0.name"
    values = {m.value for m in found.mentions if m.sort == "entity"}
    assert {UUID(hex=value) for value in values}


def test_own_losses_are_known_1_time_each(session):
    firm = make_organisation(session, name="Loser B.V.")
    author = make_account(session, Role.REPORTER, organisation=firm)
    first = make_submission(session, loss(), author=author)
    last = make_submission(session, loss(), author=author, now=NOON + DAY)
    assert [one.id for one in case_of(session, last).own] == [first.id]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Badr Trading LLC", "Trading Badr", True),
        ("Badr Trading LLC", "Badr Trading FZE", True),
        ("Badr Trading", "Nova Trading", False),
        ("Badr Tradng", "Badr Trading", True),
        ("", "Badr", False),
    ],
)
def test_2_writings_of_a_name_are_the_same_but_for_form_and_order(one, other, alike):
    assert same(one, other) is alike


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Trilux Handel B.V.", "Handel Trilux", True),
        ("Trilux Handel B.V.", "Trilux Handl", True),
        ("Trilux Handel B.V.", "Triapol Handel B.V.", False),
        ("", "", False),
    ],
)
def test_2_names_of_returns_are_1_but_for_form_order_and_a_slip(one, other, is_one):
    assert equal(one, other) is is_one


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("alpha chemie gmbh", "alpha chemie group", True),
        ("alpha chemie gmbh", "alpha chemie bv", False),
        ("alpha chemie", "alphs chemia", True),
        ("alpha chemie", "alphs chomia", False),
        ("alpha chemie", "alpha chemie group of some", False),
        ("badr", "bedr", False),
    ],
)
def test_2_letters_or_2_words_make_a_name_that_is_taken_for_another(one, other, near):
    assert close(one, other) is near


def test_a_name_begins_with_its_2_first_words_or_is_too_short():
    assert beginning("alpha chemie europe gmbh") == "alpha chemie"
    assert beginning("alphachemie") == "alphachemie"
    assert beginning("badr") == ""
    assert changes("abc", "abcdefg") == 3
