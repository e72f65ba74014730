"""Who is let in, how often, and what is said to who is not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.api.data import PER_MINUTE, Scope
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.organisations.models import Organisation
from portal.organisations.rules import Standing
from portal.submissions.models import Submission
from tests.api.conftest import Machine
from tests.api.test_filing import ORDER
from tests.factories import make_account, make_submission

KINDS = "/api/v1/kinds"
FILE = "/api/v1/submissions/suspicious-order"


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    return answer.get_json()


@pytest.mark.parametrize("secret", [None, "", "ppk_wrong", "ü"])
def test_0_keys_that_are_none_open_the_door(app, session, secret):
    problem(Machine(app, secret).get(KINDS), 401)


def test_0_cookies_open_the_door(app, session, sign_in):
    browser = sign_in(Role.REPORTER)
    assert browser.ask(browser.client.get, KINDS).status_code == 401


@pytest.mark.parametrize("change", [{"revoked_at": utc_now()}, {"expires_at": utc_now()}])
def test_a_key_works_not_1_moment_longer(app, key_for, author, change):
    problem(Machine(app, key_for(author, **change)[1]).get(KINDS), 401)


def test_a_key_ends_with_the_account_of_its_maker(app, session, key_for, author):
    machine = Machine(app, key_for(author)[1])
    author.active = False
    session.commit()
    problem(machine.get(KINDS), 401)


def test_a_key_with_1_scope_does_not_do_the_other(app, key_for, author):
    reader = Machine(app, key_for(author, (Scope.READ,))[1])
    assert reader.get("/api/v1/submissions").status_code == 200
    problem(reader.post(FILE, ORDER), 403)


def test_request_601_of_a_minute_is_told_when_to_come_back(session, app, key_for, author):
    key, secret = key_for(author)
    key.window_began_at, key.window_count = utc_now(), PER_MINUTE - 1
    session.commit()
    machine = Machine(app, secret)
    assert machine.get(KINDS).status_code == 200
    refused = machine.get(KINDS)
    problem(refused, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    key.window_began_at = utc_now() - timedelta(minutes=1)
    session.commit()
    assert machine.get(KINDS).status_code == 200


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b"[1]", 422),
        (b'"x"', 422),
        (b'{"event": 5}', 422),
        (b'{"event": {"happened": {"a": []}}}', 422),
        (b'{"substances": [{"quantity": NaN}]}', 400),
        (b'{"substances": [{"quantity": 1e400}]}', 422),
        (b'{"grounds": {"grounds": "\\u0000"}}', 422),
        (b'{"grounds": {"grounds": "\\ud800"}}', 422),
        (b'{"nonsense": {}}', 422),
        (b"\xff\xfe{", 400),
    ],
)
def test_13_bad_bodies_are_refused_and_never_a_fault(machine, raw, status):
    problem(machine.post(FILE, raw=raw), status)


def test_1_wrong_answer_is_named_by_its_pointer(machine):
    wrong = ORDER | {"substances": [ORDER["substances"][0] | {"quantity": "-1"}]}
    said = problem(machine.post(FILE, wrong), 422)
    assert [one["pointer"] for one in said["errors"]] == ["/substances/0/quantity"]


def test_1_other_type_is_refused(machine):
    refused = machine.post(FILE, raw=b"a=b", Content_Type="application/x-www-form-urlencoded")
    problem(refused, 415)


def test_2_mebibytes_are_the_most(machine):
    problem(machine.post(FILE, raw=b" " * (2 * 1024 * 1024 + 1)), 413)


def test_the_same_request_twice_files_1_submission(session, machine):
    first = machine.post(FILE, ORDER, Idempotency_Key="a-1")
    again = machine.post(FILE, ORDER, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
    other = machine.post(FILE, ORDER | {"payment": {}}, Idempotency_Key="a-1")
    problem(other, 422)
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_0_submissions_of_others_are_told_from_none(session, machine):
    theirs = make_submission(session)
    session.commit()
    found = machine.get(f"/api/v1/submissions/{theirs.id}")
    missing = machine.get("/api/v1/submissions/00000000-0000-0000-0000-000000000000")
    first, second = problem(found, 404), problem(missing, 404)
    assert first | {"incident": ""} == second | {"incident": ""}


def test_0_notices_of_a_suspended_company_are_filed_and_its_reports_are(session, author, machine):
    company = session.get_one(Organisation, author.organisation_id)
    company.standing = Standing.SUSPENDED
    session.commit()
    assert machine.post(FILE, ORDER).status_code == 201


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/submissions/x/y"])
def test_2_addresses_that_are_not_there_are_problems_too(machine, path):
    problem(machine.get(path), 404)


def test_1_key_is_made_shown_once_and_revoked(session, sign_in, app):
    admin = make_account(session, Role.COMPANY_ADMIN)
    session.commit()
    page = sign_in(admin).get("/company/machines/key")
    made = page.submit("Make the key", name="ERP", scopes=["submissions:read"])
    secret = made.soup.select_one("code.secret").get_text(strip=True)
    machine = Machine(app, secret)
    assert machine.get("/api/v1/submissions").status_code == 200
    listed = made.browser.get("/company/machines")
    assert secret not in listed.text
    listed.submit("Revoke")
    problem(machine.get("/api/v1/submissions"), 401)
