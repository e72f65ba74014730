"""The document is made from the code, valid, and drawn for people."""

from openapi_spec_validator import validate

KINDS = 7


def test_the_document_is_valid_and_names_7_kinds(app, session, machine):
    document = machine.get("/api/v1/openapi.json").get_json()
    validate(document)
    named = {one["kind"] for one in machine.get("/api/v1/kinds").get_json()["kinds"]}
    assert len(named) == KINDS
    assert {f"/submissions/{kind}" for kind in named} <= set(document["paths"])


def test_a_question_is_described_by_4_things_of_its_form(app, session, machine):
    schemas = machine.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    page = schemas["SuspiciousOrderSubstances"]
    assert page["required"] == ["quantity", "unit", "form"]
    assert page["properties"]["substance"]["maxLength"] == 250
    assert "kg" in page["properties"]["unit"]["enum"]
    assert page["properties"]["quantity"]["description"] == "Quantity. Such as 12.5"


def test_the_page_for_programmers_shows_every_kind_to_a_visitor(sign_in):
    page = sign_in(None).get("/api/docs")
    assert page.status == 200
    assert len(page.soup.select("h3")) == KINDS
    assert "def genuine" in page.text
