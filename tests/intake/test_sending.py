"""Sending a draft: once, whole, and whatever a browser may send."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.app import create_app
from portal.core import jobs
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.db import session_factory
from portal.intake.models import Draft
from portal.reference.services import load
from portal.submissions.models import Submission, SubmissionFile
from portal.triage.models import TriageCase
from tests.browser import Browser, prefilled
from tests.conftest import DATA, migrate
from tests.factories import make_account, make_submission

ANSWERS = {
    "event": {
        "happened": ["order"],
        "happened_on": ["20", "3", "2026"],
        "done": ["refused"],
        "can_stop": ["no"],
    },
    "substances": [
        {
            "id": "a1",
            "typed": {
                "substance": ["AA"],
                "quantity": ["60"],
                "unit": ["l"],
                "form": ["pure"],
            },
        }
    ],
    "grounds": {"grounds": ["Would not say what it is for."]},
    "parties": [
        {
            "id": "b1",
            "typed": {
                "role": ["customer"],
                "sort": ["person"],
                "name": ["寰宇 Арман <b>'"],
                "country": ["KZ"],
            },
        }
    ],
    "payment": {"payments": ["cash"]},
    "delivery": {"plates": ["VK-902-B"]},
    "advice": {"told_others": [""]},
    "declaration": {"declared_by": ["A. Reporter"], "true": ["y"]},
}


def make_draft(session, author, answers=None):
    draft = Draft(
        kind="suspicious-order",
        organisation_id=author.organisation_id,
        author_id=author.id,
        started_at=utc_now(),
        saved_at=utc_now(),
        answers=answers or ANSWERS,
    )
    session.add(draft)
    session.commit()
    return draft


@pytest.fixture
def author(session):
    return make_account(session, Role.REPORTER)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_sending_makes_1_whole_record(session, sign_in, author):
    draft = make_draft(session, author)
    check = sign_in(author).get(f"/drafts/{draft.id}/check")
    assert "64.92 kg" in check.text
    filed = check.submit("Send to the authority")
    assert "Received" in filed.text
    submission = session.scalars(select(Submission)).one()
    assert submission.id == draft.id
    assert submission.reference in filed.text
    assert "寰宇 Арман <b>'" in filed.text
    assert count(session, TriageCase) == 1
    assert count(session, jobs.Job) >= 1
    assert count(session, Draft) == 0
    received = select(AuditEvent.subject_id).where(AuditEvent.deed == "submission.received")
    assert session.scalars(received).all() == [submission.id]


def test_the_same_form_twice_gives_1_reference(session, sign_in, author):
    draft = make_draft(session, author)
    check = sign_in(author).get(f"/drafts/{draft.id}/check")
    first, second = check.submit("Send to the authority"), check.submit("Send to the authority")
    assert first.path == second.path
    assert count(session, Submission) == 1


def test_an_incomplete_draft_names_what_is_open(session, sign_in, author):
    answers = {**ANSWERS, "grounds": {}, "parties": []}
    draft = make_draft(session, author, answers)
    page = sign_in(author).get(f"/drafts/{draft.id}/check")
    assert not page.has_button("Send to the authority")
    assert page.errors == ["Complete: What is suspicious", "Complete: Customer and others"]
    token = page.soup.select_one("[name=csrf_token]")["value"]
    assert page.browser.post(page.path, {"csrf_token": token}).status == 422
    assert count(session, Submission) == 0


def test_a_forged_token_files_nothing(session, sign_in, author):
    draft = make_draft(session, author)
    answer = sign_in(author).post(f"/drafts/{draft.id}/check", {"csrf_token": "forged"})
    assert answer.status == 400
    assert "Nothing was saved" in answer.text
    assert count(session, Submission) == 0


def test_the_token_of_another_session_files_nothing(session, sign_in, author):
    draft, stranger = make_draft(session, author), sign_in(Role.REPORTER)
    token = stranger.get("/account").soup.select_one("[name=csrf_token]")["value"]
    answer = sign_in(author).post(f"/drafts/{draft.id}/check", {"csrf_token": token})
    assert answer.status == 400
    assert count(session, Submission) == 0


def test_another_persons_draft_is_not_found(session, sign_in, author):
    draft, stranger = make_draft(session, author), sign_in(Role.REPORTER)
    for path in ("", "/check", "/event", "/substances/a1", "/files"):
        theirs = stranger.get(f"/drafts/{draft.id}{path}")
        missing = stranger.get(f"/drafts/{uuid4()}{path}")
        assert (theirs.status, theirs.text) == (404, missing.text)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"quantity": "-1"}, "Enter a number such as 12.5"),
        ({"quantity": "1e309"}, "Enter a number such as 12.5"),
        ({"quantity": "NaN"}, "Enter a number such as 12.5"),
        ({"quantity": "1,5"}, "Enter a number such as 12.5"),
        ({"quantity": "½"}, "Enter a number such as 12.5"),
        ({"quantity": "١٢٣"}, "Enter a number such as 12.5"),
        ({"quantity": "12 kg"}, "Enter a number such as 12.5"),
        ({"quantity": "0"}, "Enter a number above zero"),
        ({"quantity": "9" * 26}, "Enter a number such as 12.5"),
        ({"substance": "\u00a0\u200b"}, "Enter the substance"),
        ({"substance": "no such thing at all"}, "No substance on the list"),
        ({"substance": "67-64-2"}, "No substance on the list"),
        ({"trade_name": "x" * 1000}, "Use at most 250 characters; this has 1,000"),
        ({"trade_name": "a\x00b"}, "cannot be stored, at position 2"),
        ({"hs_code": "29-15"}, "Enter 4, 6, 8 or 10 digits"),
        ({"unit": "bushels"}, "Invalid Choice"),
    ],
)
def test_a_wrong_answer_is_named_beside_it_and_kept(session, sign_in, author, typed, message):
    draft = make_draft(session, author)
    page = sign_in(author).get(f"/drafts/{draft.id}/substances/a1")
    wrong = page.submit("Save and continue", **typed)
    assert wrong.status == 422
    assert any(message in error for error in wrong.errors), wrong.errors
    assert "Nothing has been filed" in wrong.text


def test_bytes_that_are_no_utf8_are_answered_without_a_fault(session, sign_in, author):
    draft = make_draft(session, author)
    browser = sign_in(author)
    page = browser.get(f"/drafts/{draft.id}/grounds")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    body = b"csrf_token=" + token.encode() + b"&grounds=%ff%fe%00abc"
    kind = "application/x-www-form-urlencoded"
    answer = browser.ask(browser.client.post, page.path, data=body, content_type=kind)
    assert answer.status_code in {400, 422}


def test_a_body_of_27_megabytes_is_refused_in_words(session, sign_in, author):
    draft = make_draft(session, author)
    page = sign_in(author).get(f"/drafts/{draft.id}/grounds")
    answer = page.submit("Save and continue", grounds="x" * 27_300_000)
    assert answer.status == 413
    assert "Nothing was saved" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("order.pdf", b"<html><script>alert(1)</script></html>", "not what its name says"),
        ("page.html", b"<html></html>", "This kind of file is not accepted"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This kind of file"),
        ("invoice.pdf.exe", b"MZ\x90\x00", "This kind of file is not accepted"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "damaged"),
        ("empty.pdf", b"", "The file is empty"),
    ],
)
def test_an_upload_that_lies_is_refused(session, sign_in, author, name, content, message):
    draft = make_draft(session, author)
    page = sign_in(author).get(f"/drafts/{draft.id}/files")
    wrong = page.submit("Attach", file=(BytesIO(content), name))
    assert wrong.status == 422
    assert message in wrong.errors[0]
    assert count(session, SubmissionFile) == 0


def test_a_text_file_is_kept_byte_for_byte(session, sign_in, author):
    draft = make_draft(session, author)
    browser = sign_in(author)
    content = "заказ, 订单\r\n".encode()
    page = browser.get(f"/drafts/{draft.id}/files")
    kept = page.submit("Attach", file=(BytesIO(content), "../../etc/заказ.txt"))
    assert "заказ.txt" in kept.text
    assert ".." not in session.scalars(select(SubmissionFile)).one().name
    browser.get(f"/drafts/{draft.id}/check").submit("Send to the authority")
    file = session.scalars(select(SubmissionFile)).one()
    answer = browser.ask(browser.client.get, f"/submissions/{draft.id}/files/{file.id}")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


def test_10_copies_at_once_make_1_record(tmp_path):
    """On a database on disk, with a connection each, as browsers do."""
    app = create_app(
        {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": "a secret of tests that nobody else uses",
            "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path}/portal.db",
            "PORTAL_DATA_DIR": str(tmp_path),
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    with app.extensions["portal.engine"].connect() as connection:
        migrate(connection)
    sessions = app.extensions["portal.sessions"]
    with app.app_context(), sessions(info={"writing": True}) as session:
        load(session, DATA, utc_now())
        author = make_account(session, Role.REPORTER)
        draft = make_draft(session, author)
        browser = Browser(app, session, author)
    page = browser.get(f"/drafts/{draft.id}/check")
    token = prefilled(page.soup.select("main form")[0])["csrf_token"]
    cookie = browser.client.get_cookie("portal")
    assert cookie is not None

    def send(_number: int) -> str:
        client = FlaskClient(app, use_cookies=True)
        client.set_cookie("portal", cookie.value)
        return str(client.post(f"/drafts/{draft.id}/check", data={"csrf_token": token}).location)

    with ThreadPoolExecutor(10) as pool:
        places = set(pool.map(send, range(10)))
    assert len(places) == 1
    with app.app_context(), session_factory(app.extensions["portal.engine"])() as session:
        assert count(session, Submission) == 1
        assert count(session, TriageCase) == 1
    app.extensions["portal.engine"].dispose()


def test_a_record_that_was_received_is_read_back_as_it_was(session):
    submission = make_submission(session)
    assert len(submission.content_sha256) == 64
    assert submission.reference.startswith("SO-")


def test_an_item_that_another_window_removed_is_not_found(session, sign_in, author):
    """A stale form changes nothing."""
    draft = make_draft(session, author)
    browser = sign_in(author)
    stale = browser.get(f"/drafts/{draft.id}/substances/a1")
    browser.get(f"/drafts/{draft.id}/substances").submit("Remove")
    assert stale.submit("Save and continue", quantity="998.25").status == 404
    page = browser.get(f"/drafts/{draft.id}/substances")
    assert "998.25" not in page.text


def test_a_page_of_a_draft_that_was_sent_leads_nowhere(session, sign_in, author):
    draft = make_draft(session, author)
    browser = sign_in(author)
    stale = browser.get(f"/drafts/{draft.id}/grounds")
    browser.get(f"/drafts/{draft.id}/check").submit("Send to the authority")
    assert stale.submit("Save and continue", grounds="Something else.").status == 404
    assert "Something else." not in session.scalars(select(Submission)).one().content
