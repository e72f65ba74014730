"""Names of substances in other languages: found by who types them, shown to who reads them."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from portal.core.access import Role
from portal.core.languages import LANGUAGES, in_language
from portal.reference import queries
from portal.reference.rules.search import plain_key
from portal.submissions.present import sections
from tests.factories import line, make_account, order

FILE = Path("data/substance_names.csv")


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_6_languages_have_names_that_fit_1_substance_each_and_0_are_called_confirmed():
    found, owners = rows(), defaultdict(set)
    assert {row["language"] for row in found} == set(LANGUAGES) - {"en"}
    assert {row["confidence"] for row in found} == {"general-knowledge"}
    for row in found:
        owners[plain_key(row["name"])].add(row["substance_id"])
    assert {name for name, keys in owners.items() if len(keys) > 1} == set()


@pytest.mark.parametrize(
    "typed", ["Anhydride acétique", "уксусный ангидрид", "醋酸酐", "أنهيدريد الخل"]
)
def test_acetic_anhydride_comes_first_under_its_name_in_4_languages(session, typed):
    assert queries.find_substances(session, typed)[0].substance.key == "acetic-anhydride"


def test_a_substance_is_named_twice_in_arabic_and_once_in_english(session, app):
    record = order(lines=(line("acetic-anhydride", name="Acetic anhydride"),))
    with app.test_request_context(), in_language("ar"):
        names = queries.names_beside(session)
        local = sections(record, "x", names)[1].rows[0].value
    with app.test_request_context(), in_language("en"):
        assert queries.names_beside(session) == {}
    assert local == f"Acetic anhydride ({names['Acetic anhydride']})"


def test_3_pages_of_substances_show_the_reader_s_own_name(session, sign_in):
    browser = sign_in(make_account(session, Role.REPORTER, language="ru"))
    name = "уксусный ангидрид"
    assert name in browser.get("/substances", {"q": "108-24-7"}).text.casefold()
    assert name in browser.get("/substances/acetic-anhydride").text.casefold()
    offered = browser.ask(browser.client.get, "/substances/suggest.json?q=108-24-7").json
    assert name in offered[0]["hint"].casefold()
