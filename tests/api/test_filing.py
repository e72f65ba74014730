"""Filing by machine: the same rules as the pages, once."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from wtforms import BooleanField, IntegerField, SelectMultipleField

from portal.api.reading import fields_of, takes_lines
from portal.core import jobs
from portal.core.clock import utc_now
from portal.core.forms import DatePartsField, YesNoField
from portal.kinds import KINDS
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing
from portal.submissions import services
from portal.submissions.models import Submission
from tests.factories import make_submission
from tests.kinds.answers import BY_KIND

FILE = "/api/v1/submissions"

ORDER: dict[str, Any] = {
    "event": {
        "happened": "order",
        "happened_on": "2026-03-20",
        "done": "refused",
        "can_stop": "no",
    },
    "substances": [{"substance": "AA", "quantity": "60", "unit": "l", "form": "pure"}],
    "grounds": {"grounds": "Would not say what it is for."},
    "parties": [{"role": "customer", "sort": "person", "name": "寰宇", "country": "KZ"}],
    "payment": {"payments": ["cash"]},
    "delivery": {"plates": ["VK-902-B", "VK-903-B"]},
    "declaration": {"declared_by": "A. Reporter", "true": True},
}


def test_a_body_becomes_1_submission(session, machine):
    answer = machine.post("/api/v1/submissions/suspicious-order", ORDER)
    assert answer.status_code == 201, answer.text
    said = answer.get_json()
    filed = session.get_one(Submission, UUID(said["id"]))
    assert filed.reference == said["reference"]
    assert answer.location == f"/api/v1/submissions/{filed.id}"
    shown = machine.get(answer.location).get_json()
    assert shown["record"]["plates"] == ["VK-902-B", "VK-903-B"]
    assert shown["state"] == "received"


def said(form, typed):
    """Return a page as a machine sends it, from what a person types."""
    return {name: value_of(fields_of(form)[name], one) for name, one in typed.items()}


def value_of(field, typed):
    if isinstance(field, DatePartsField):
        return f"{typed[2]}-{int(typed[1]):02}-{int(typed[0]):02}"
    if isinstance(field, BooleanField):
        return True
    if isinstance(field, YesNoField):
        return typed[0] == "yes"
    if isinstance(field, SelectMultipleField):
        return typed
    if takes_lines(field):
        return typed[0].splitlines()
    return int(typed[0]) if isinstance(field, IntegerField) else typed[0]


def body_of(kind):
    """Return what a machine sends for a kind."""
    answers = BY_KIND[kind.slug]
    return {
        step.slug: [said(step.form, one["typed"]) for one in answers[step.slug]]
        if step.many
        else said(step.form, answers[step.slug])
        for step in kind.steps
        if step.slug in answers
    }


OF_COMPANIES = [kind for kind in KINDS if kind.side is Sort.COMPANY]


@pytest.mark.parametrize("kind", OF_COMPANIES, ids=lambda kind: kind.slug)
def test_each_of_7_kinds_is_checked_filed_and_read(session, machine, kind):
    body = body_of(kind) | {"confirm_doubts": True}
    checked = machine.post(f"{FILE}/{kind.slug}?dry_run=true", body)
    assert checked.status_code == 200, checked.text
    assert checked.get_json() == {"valid": True, "bulletins": []}
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    filed = machine.post(f"{FILE}/{kind.slug}", body)
    assert filed.status_code == 201, filed.text
    shown = machine.get(filed.location).get_json()
    assert (shown["kind"], shown["duties"] is not None) == (kind.slug, True)


def test_1_doubt_is_confirmed_or_nothing_is_filed(session, machine):
    much = ORDER | {"substances": [ORDER["substances"][0] | {"quantity": "60000"}]}
    asked = machine.post(f"{FILE}/suspicious-order", much)
    assert asked.status_code == 422
    assert asked.get_json()["type"] == "/api/docs#doubts"
    assert [one["pointer"] for one in asked.get_json()["errors"]] == ["/confirm_doubts"]
    sure = machine.post(f"{FILE}/suspicious-order", much | {"confirm_doubts": True})
    assert sure.status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"payment": {"a/b~c": 1}}, "/payment/a~1b~0c"),
        ({"nowhere": {}}, "/nowhere"),
        ({"parties": []}, "/parties"),
        ({"parties": {}}, "/parties"),
        ({"substances": [7]}, "/substances/0"),
        ({"event": ORDER["event"] | {"happened_on": "20-3-2026"}}, "/event/happened_on"),
        ({"event": ORDER["event"] | {"happened_on": "2026-02-30"}}, "/event/happened_on"),
        ({"delivery": {"plates": ["A\nB"]}}, "/delivery/plates"),
        ({"delivery": {"plates": "A"}}, "/delivery/plates"),
        ({"declaration": ORDER["declaration"] | {"true": "y"}}, "/declaration/true"),
        ({"declaration": ORDER["declaration"] | {"true": False}}, "/declaration/true"),
        ({"substances": [ORDER["substances"][0] | {"unit": "kilo"}]}, "/substances/0/unit"),
        ({"confirm_doubts": "yes"}, "/confirm_doubts"),
    ],
)
def test_1_of_13_faults_is_named_by_its_place(machine, change, pointer):
    answer = machine.post(f"{FILE}/suspicious-order", ORDER | change)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == [pointer]


def test_25_digits_are_refused_and_15_are_kept(session, machine):
    for quantity, status in (("1" * 25, 422), ("12.500001", 201)):
        line = ORDER["substances"][0] | {"quantity": quantity}
        answer = machine.post(f"{FILE}/suspicious-order", ORDER | {"substances": [line]})
        assert answer.status_code == status
    shown = machine.get(answer.location).get_json()
    assert shown["record"]["lines"][0]["quantity"] == "12.500001"


def test_1_question_is_answered_once(session, machine, author):
    filed = make_submission(session, author=author)
    asked = services.ask(session, filed, "Who paid for it?", utc_now())
    session.commit()
    path = f"{FILE}/{filed.id}/questions/{asked.id}/answer"
    assert machine.post(path, {"text": " "}).status_code == 422
    assert machine.post(path, {"words": "x"}).get_json()["errors"][0]["pointer"] == "/words"
    given = machine.post(path, {"text": "A bank in KZ."}, Idempotency_Key="q-1")
    assert given.get_json()["state"] == "answered"
    again = machine.post(path, {"text": "A bank in KZ."}, Idempotency_Key="q-1")
    assert again.get_json() == given.get_json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert machine.post(path, {"text": "Another."}).status_code == 409


def test_an_acknowledgement_is_prepared_and_then_1_pdf(app, session, machine):
    filed = machine.post(f"{FILE}/suspicious-order", ORDER)
    path = f"{filed.location}/acknowledgement.pdf"
    waiting = machine.get(path)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "2")
    jobs.run_due(app, utc_now())
    paper = machine.get(path)
    assert paper.content_type == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    paper.close()


def test_51_submissions_are_listed_on_2_pages(session, machine, author):
    made = {str(make_submission(session, author=author).id) for _ in range(51)}
    session.commit()
    first = machine.get(FILE).get_json()
    second = machine.get(f"{FILE}?cursor={first['next']}").get_json()
    assert (len(first["submissions"]), len(second["submissions"]), second["next"]) == (50, 1, None)
    assert {one["id"] for one in first["submissions"] + second["submissions"]} == made
    for wrong in ("cursor=x", "cursor=00000000-0000-0000-0000-000000000000", "q=%00"):
        assert machine.get(f"{FILE}?{wrong}").status_code == 422


def test_0_notices_of_a_suspended_company_are_filed(session, machine, author):
    session.get_one(Organisation, author.organisation_id).standing = Standing.SUSPENDED
    session.commit()
    notice = next(kind for kind in KINDS if kind.slug == "export-notice")
    refused = machine.post(f"{FILE}/export-notice", body_of(notice))
    assert refused.content_type == "application/problem+json"
    assert 400 <= refused.status_code < 500
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
