"""What each format says in its own words, and where these are missing."""

import io
import zipfile
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from babel import Locale
from followthemoney import model

from portal.leads.data import Event, GradedText, Subject
from portal.partners.formats import FORMATS
from portal.partners.formats.follow_the_money import FOLLOW_THE_MONEY
from portal.partners.formats.misp import MISP
from portal.partners.formats.spreadsheet import SPREADSHEET
from portal.partners.formats.stix import OWN, STIX
from portal.partners.formats.terms import hash_of
from tests.partners.packages import BEST, full, package
from tests.partners.test_formats import (
    CHECKED,
    EVERY,
    ftm_checked,
    misp_checked,
    stix_checked,
    xlsx_checked,
)


def test_every_object_of_stix_is_marked_with_tlp_2_and_the_terms():
    objects = stix_checked(STIX.render(full()))
    tlp = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
    terms = next(one for one in objects if one.get("definition_type") == "statement")
    assert "31 December 2026" in terms["definition"]["statement"]
    shared = {"marking-definition", "extension-definition"}
    authority = next(one for one in objects if one.get("name") == "Precursor Authority")
    for one in objects:
        if one["type"] not in shared and one["id"] != authority["id"]:
            assert one["object_marking_refs"] == [tlp, terms["id"]], one
    marking = next(one for one in objects if one["id"] == tlp)
    assert next(iter(marking["extensions"].values()))["tlp_2_0"] == "amber+strict"


def test_stix_says_in_its_extension_what_it_has_no_words_for():
    objects = stix_checked(STIX.render(full()))
    notes = [one for one in objects if one.get("abstract", "").startswith("Text")]
    gradings = [note["extensions"][OWN]["grading"] for note in notes]
    assert [one["source"] + one["information"] + one["handling"] for one in gradings] == [
        "1AP",
        "2DC",
        "3EC",
    ]
    assert [note.get("confidence") for note in notes] == [90, None, 10]
    report = next(one for one in objects if one["type"] == "report")
    assert report["extensions"][OWN]["content_sha256"] == hash_of(full())
    assert report["extensions"][OWN]["expires_on"] == "2026-12-31"
    assert report["confidence"] == 85
    assert {one["type"] for one in objects} >= {
        *("identity", "location", "email-addr", "url", "user-account", "infrastructure"),
        *("relationship", "report", "note", "extension-definition"),
    }


def test_the_authority_is_the_same_object_in_every_bundle_and_a_lead_is_not():
    one = {item["id"] for item in stix_checked(STIX.render(full()))}
    other = {item["id"] for item in stix_checked(STIX.render(full(reference="LD-9999-9999")))}
    kept = Counter(id_.split("--")[0] for id_ in one & other)
    assert kept["report"] == kept["note"] == kept["relationship"] == 0
    assert kept["identity"] == 1


# --- FollowTheMoney -------------------------------------------------------------------------------


def test_follow_the_money_names_the_marking_and_the_proof_of_each_entity():
    entities = ftm_checked(FOLLOW_THE_MONEY.render(full()))
    document = entities[0]
    assert document["schema"] == "PlainText"
    assert "From: Precursor Authority" in document["properties"]["notes"]
    for one in entities[1:]:
        assert one["properties"]["proof"] == [document["id"]]
        assert one["properties"]["publisher"] == ["Precursor Authority"]
        if one["schema"] != "UnknownLink":
            assert "TLP:AMBER+STRICT" in one["properties"]["keywords"]
    count = Counter(one["schema"] for one in entities)
    assert (count["Person"], count["Company"], count["Vessel"], count["Vehicle"]) == (1, 1, 1, 1)
    assert (count["UnknownLink"], count["Trip"], count["Event"], count["Note"]) == (3, 3, 4, 6)


@pytest.mark.parametrize("said", EVERY, ids=["little", "full", "unplaced"])
def test_the_model_changes_0_values(said):
    for one in ftm_checked(FOLLOW_THE_MONEY.render(said)):
        kept = model.get_proxy(one, cleaned=False).to_dict()["properties"]
        assert {name: sorted(values) for name, values in kept.items()} == {
            name: sorted(set(values)) for name, values in one["properties"].items()
        }


def test_numbers_that_the_model_would_drop_stand_in_the_notes():
    entities = ftm_checked(FOLLOW_THE_MONEY.render(full()))
    person = next(one for one in entities if one["schema"] == "Person")["properties"]
    assert person["phone"] == ["+31201234567"]
    assert person["website"] == ["http://example.org/", "https://example.com/shop"]
    for words in ("Telephone number: 12", "Telephone number: extension nine"):
        assert words in person["notes"]
    assert "E-mail address: not an address" in person["notes"]


def test_the_model_knows_every_country_that_the_portal_does():
    known = model.get("Address")
    assert known is not None
    country = known.properties["country"].type
    named = map(str, Locale("en").territories)
    codes = [code for code in named if len(code) == 2 and code.isalpha()]
    unknown = {code for code in codes if not country.validate(code.lower())}
    assert unknown == {"EZ", "QO", "XA", "XB"} | ({"EA"} & unknown)  # of no country


def test_a_quarter_begins_and_ends():
    entities = ftm_checked(FOLLOW_THE_MONEY.render(full()))
    paid = next(one for one in entities if one["properties"].get("name") == ["The payment"])
    assert paid["properties"]["startDate"] == ["2026-10"]
    assert paid["properties"]["endDate"] == ["2026-12"]


# --- MISP -----------------------------------------------------------------------------------------


def test_misp_gives_nothing_to_machines_and_nothing_further():
    event = misp_checked(MISP.render(full()))
    assert (event.distribution, event.published) == (0, False)
    every = [*event.attributes, *(one for each in event.objects for one in each.attributes)]
    assert len(every) > 50
    assert not [one for one in every if one.to_ids]
    assert {int(one.distribution) for one in every} == {5}
    assert event.analysis == 2
    assert event.threat_level_id == 2


def test_misp_is_tagged_with_tlp_and_the_nearest_terms_of_other_schemes():
    event = misp_checked(MISP.render(full()))
    assert {tag.name for tag in event.tags} == {
        "tlp:amber+strict",
        'estimative-language:confidence-in-analytic-judgment="high"',
    }
    texts = [one for one in event.attributes if one.comment.startswith("Text")]
    assert [sorted(tag.name[-2] for tag in one.tags) for one in texts] == [
        ["1", "b"],
        ["6", "f"],
        ["5", "e"],
    ]


def test_misp_keeps_the_relations():
    event = misp_checked(MISP.render(full()))
    person = next(one for one in event.objects if one.name == "person")
    assert [one.comment for one in person.references] == ["is the director of", "is the number of"]
    said = [one.value for one in event.attributes if one.comment == "Relation"]
    assert said == ["desk@example.org – +31 20 765 4321: was given with"]


# --- the workbook ---------------------------------------------------------------------------------


def test_7_sheets_of_text_alone_with_the_marking_on_each():
    body = SPREADSHEET.render(full())
    sheets = xlsx_checked(body)
    assert list(sheets) == [
        *("Terms", "Texts", "Subjects", "Relations", "Amounts", "Route", "Events")
    ]
    for rows in sheets.values():
        assert rows[0][0] == "TLP:AMBER+STRICT"
        assert {type(cell) for row in rows for cell in row} == {str}
    book = openpyxl.load_workbook(io.BytesIO(body))
    for sheet in book:
        for edge in (sheet.oddHeader.center.text, sheet.oddFooter.center.text):
            assert edge == "&BTLP:AMBER+STRICT"  # in bold
    assert book.properties.title == "LD-2345-6789"
    book.close()


def test_0_cells_of_the_workbook_compute():
    said = full(
        texts=(GradedText('=HYPERLINK("https://example.org")', BEST),),
        subjects=(Subject(number=1, sort="person", name="+1", remark="@SUM(1)"),),
        conditions="-1+1",
    )
    body = SPREADSHEET.render(said)
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name)
            assert b"hyperlink" not in parts.read(name)
    assert xlsx_checked(body)["Texts"][2][0] == '\'=HYPERLINK("https://example.org")'


def test_an_ampersand_in_a_partners_name_gives_no_order_to_the_printer():
    said = replace(full(), recipient="Customs & Excise &P")
    book = openpyxl.load_workbook(io.BytesIO(SPREADSHEET.render(said)))
    assert "Customs && Excise &&P" in str(book["Terms"].oddFooter.left.text)
    book.close()


def test_what_is_said_2_times_is_1_entity_to_every_reader():
    event = Event("2026-03", "The drums were loaded.")
    for wanted in FORMATS:
        CHECKED[wanted.slug](wanted.render(package(events=(event, event))))
