"""Bulletins in the browser: written, answered for, approved, read, and shown beside drafts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import LoginSession
from portal.bulletins import queries, services
from portal.bulletins.data import Aim, NamePattern, Signs, Typed
from portal.bulletins.life import State
from portal.bulletins.models import Bulletin, BulletinReading
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase
from tests.bulletins.conftest import BODY, TITLE
from tests.factories import customer, make_account, make_organisation, make_submission, order
from tests.kinds.test_kinds import draft_of

WHOLE = {
    "sort": "new substance",
    "title": TITLE,
    "body": BODY,
    "activities": ["trade", "broker"],
    "licensed": "",
    "substances": "acetone\n108-24-7",
    "sign_substances": "Acetic anhydride",
    "goods": "red phosphorus",
    "countries": "Thailand\nvn",
    "routes": "NL > Thailand",
    "words": "golden bear",
    "look_alikes": "Bright Chemicals",
    "shapes": "A 9",
}


def test_a_bulletin_goes_from_the_analyst_over_the_supervisor_to_its_readers(
    session, sign_in, analyst, supervisor
):
    firm = make_organisation(session, name="Quiet Trading B.V.", activities=["trade"])
    reader = make_account(session, organisation=firm, name="Rita Reader")
    desk = sign_in(analyst)
    page = desk.get("/bulletin-desk/").click("Write a bulletin").submit("Save it", **WHOLE)
    assert page.title == TITLE
    for words in ("Acetone", "Acetic anhydride", "NL → TH", "golden bear", "1 company today"):
        assert words in page.text, words
    french = page.click("Write it in a language").submit(
        "Save it", language="fr", title="Attention au phosphore", body="Demandez l’usage."
    )
    assert "Français" in french.text
    french.click("Submit for approval").submit("Submit")
    office = sign_in(supervisor).get("/bulletin-desk/")
    assert "Waiting for approval" in office.text
    asked = office.click(TITLE).click("Approve and publish")
    assert "will be read by 1 companies" in asked.text
    approved = asked.submit("Approve and publish")
    assert "0 of 1 people addressed, in 0 of 1 companies" in approved.text
    company = sign_in(reader)
    start = company.get("/overview")
    assert TITLE in start.text
    assert "unread" in start.text.lower()
    shown = start.click(TITLE)
    assert shown.title == TITLE
    assert "Ask what it is for" in shown.text
    assert "Attention au phosphore" in shown.text
    assert "golden bear" not in shown.text
    assert "Bright Chemicals" not in shown.text
    assert TITLE not in company.get("/overview").text
    assert "unread" not in company.get("/bulletins/").text.lower()
    receipts = sign_in(supervisor).get(
        f"/bulletin-desk/{session.scalars(select(Bulletin.id)).one()}"
    )
    assert "1 of 1 people addressed, in 1 of 1 companies" in receipts.text
    assert "Rita Reader" in receipts.text


def test_names_in_the_text_must_be_answered_for(session, sign_in, analyst, supervisor, draft):
    make_organisation(session, name="Quiet Trading B.V.")
    row = draft(body="Quiet trading is what we want.")
    page = sign_in(analyst).get(f"/bulletin-desk/{row.id}/submit")
    assert "“Quiet Trading B.V.”" in page.text
    refused = page.submit("Submit", name_0="")
    assert refused.status == 422
    assert refused.errors == [
        "Say why “Quiet Trading B.V.” may stand, or write the text without it"
    ]
    taken = refused.submit("Submit", name_0="Two plain words.")
    assert "A supervisor is asked" in taken.text
    shown = sign_in(supervisor).get(f"/bulletin-desk/{row.id}")
    assert "Two plain words." in shown.text
    session.commit()
    checks = select(AuditEvent.detail).where(AuditEvent.deed == "bulletin.names_checked")
    assert '"found": 1' in session.scalars(checks).first()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"substances": "unobtainium"}, "Line 1: “unobtainium” is not the name or number of one"),
        ({"countries": "TH\nNowhere"}, "Line 2: “Nowhere” is no country"),
        ({"routes": "NL TH"}, "Line 1: write the two countries with > between them"),
        ({"words": "ab"}, "Line 1: “ab” is too short"),
        ({"shapes": "* A *"}, "Line 1: “* A *” fits nearly every name"),
        ({"shapes": "A 9 " * 7}, "Line 1: use at most 12 words"),
        ({"words": "\n".join(f"name {n}" for n in range(21))}, "Use at most 20 patterns of names"),
        ({"countries": "\n".join(["TH"] * 31)}, "Use at most 30 lines; there are 31"),
        ({"valid_from": [1, 2, 2027], "valid_until": [31, 1, 2027]}, "The last day is before"),
        ({"title": ""}, "Enter a title"),
        ({"sort": ""}, "Choose what it is about"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_kept(session, sign_in, analyst, wrong, words):
    page = sign_in(analyst).get("/bulletin-desk/new").submit("Save it", **(WHOLE | wrong))
    assert page.status == 422
    assert any(error.startswith(words) for error in page.errors), page.errors
    assert session.scalars(select(Bulletin)).all() == []


def test_what_was_written_stands_in_the_form_again(session, sign_in, analyst):
    page = sign_in(analyst).get("/bulletin-desk/new").submit("Save it", **WHOLE)
    (row,) = session.scalars(select(Bulletin))
    before = queries.editions_of(session, row.id)[0].signs
    page = page.click("Change it").submit("Save it", title="Another title")
    session.expire_all()
    (edition,) = queries.editions_of(session, row.id)
    assert (page.title, edition.signs) == ("Another title", before)
    assert edition.activities == ["trade", "broker"]


def test_it_is_sent_back_and_withdrawn_for_a_reason(session, sign_in, analyst, supervisor, draft):
    row = draft()
    sign_in(analyst).get(f"/bulletin-desk/{row.id}/submit").submit("Submit")
    office = sign_in(supervisor)
    page = office.get(f"/bulletin-desk/{row.id}").click("Send back")
    assert page.submit("Send it back", reason="").status == 422
    assert "Too vague" in page.submit("Send it back", reason="Too vague").text
    assert office.get(f"/bulletin-desk/{row.id}/send-back").status == 404
    sign_in(analyst).get(f"/bulletin-desk/{row.id}/change").submit("Save it", body="Clearer")
    sign_in(analyst).get(f"/bulletin-desk/{row.id}/submit").submit("Submit")
    office.get(f"/bulletin-desk/{row.id}/approve").submit("Approve and publish")
    page = office.get(f"/bulletin-desk/{row.id}").click("Withdraw")
    gone = page.submit("Withdraw it", reason="No longer seen")
    assert "No longer seen" in gone.text
    reader = sign_in(Role.REPORTER)
    assert "No longer in force" in reader.get("/bulletins/").text
    assert "No longer seen" not in reader.get(f"/bulletins/{row.id}").text


def test_approval_needs_the_password_of_the_last_minutes(session, sign_in, supervisor, draft):
    row = draft()
    office = sign_in(supervisor)
    assert office.get(f"/bulletin-desk/{row.id}/approve").status == 404
    queries.editions_of(session, row.id)[0].state = State.SUBMITTED
    (kept,) = session.scalars(select(LoginSession).where(LoginSession.account_id == supervisor.id))
    kept.confirmed_at -= timedelta(minutes=11)
    session.commit()
    page = office.get(f"/bulletin-desk/{row.id}/approve")
    assert page.path == "/account/confirm"


def test_a_company_sees_nothing_that_is_not_for_it(session, sign_in, publish, draft):
    others, unpublished = publish(aim=Aim(activities=("broker",))), draft("Unpublished")
    reader = sign_in(make_account(session, organisation=make_organisation(session)))
    missing = reader.get(f"/bulletins/{draft('x').id}")
    for row in (others, unpublished):
        page = reader.get(f"/bulletins/{row.id}")
        assert (page.status, page.text) == (404, missing.text)
        assert reader.get(f"/bulletin-desk/{row.id}").status == 403
    assert session.scalars(select(BulletinReading)).all() == []


def test_lists_cost_as_much_for_9_bulletins_as_for_2(session, sign_in, publish, statements):
    pages = {role: sign_in(role) for role in (Role.REPORTER, Role.ANALYST)}
    paths = {Role.REPORTER: "/bulletins/", Role.ANALYST: "/bulletin-desk/"}
    counts = []
    for number in (2, 7):
        for place in range(number):
            publish(f"Title {number} {place}")
        session.commit()
        for role, browser in pages.items():
            browser.get(paths[role])
            session.expire_all()
            statements.clear()
            browser.get(paths[role])
            counts.append((role, len(statements)))
    assert counts[:2] == counts[2:]


# --- beside a draft -------------------------------------------------------------------------------


@pytest.fixture
def reader(session):
    return make_account(session)


@pytest.fixture
def filled(session, reader, now):
    """Return a draft of a suspicious order, every page of it answered."""
    return draft_of(session, reader, "suspicious-order")


def pages_of(browser, draft):
    """Return every page of a draft, by its address."""
    paths = ["", "/check", *(f"/{slug}" for slug in ("event", "substances", "parties"))]
    paths += ["/substances/i0", "/parties/i0"]
    return {path: browser.get(f"/drafts/{draft.id}{path}") for path in paths}


@pytest.mark.parametrize(
    ("signs", "is_shown"),
    [
        (Signs(substances=("acetic-anhydride",)), True),
        (Signs(substances=("acetone",)), False),
        (Signs(countries=("TH",)), True),
        (Signs(routes=(("NL", "TH"),)), True),
        (Signs(routes=(("TH", "NL"),)), False),
        (Signs(names=(NamePattern("words", "coatings siam"),)), True),
        (Signs(names=(NamePattern("look-alike", "Siam Coating Ltd"),)), True),
        (Signs(names=(NamePattern("form", "A 9"),)), False),
        (Signs(goods=("anhydride acetic",)), True),
    ],
)
def test_a_draft_shows_what_was_published_on_what_it_says(
    session, sign_in, publish, reader, filled, signs, is_shown
):
    publish("Look twice at this", signs=signs)
    for path, page in pages_of(sign_in(reader), filled).items():
        assert page.status == 200
        assert ("Look twice at this" in page.text) is is_shown, path


def test_a_draft_of_a_notice_shows_it_by_its_legs(session, sign_in, publish, reader):
    publish("To the east", signs=Signs(routes=(("NL", "TH"),)))
    draft = draft_of(session, reader, "export-notice")
    assert "To the east" in sign_in(reader).get(f"/drafts/{draft.id}/legs").text


def test_a_draft_shows_nothing_for_others_or_for_what_was_not_typed(
    session, sign_in, publish, reader
):
    signs = Signs(countries=("TH",))
    publish("For brokers", signs=signs, aim=Aim(activities=("broker",)))
    publish("For all", signs=signs)
    browser = sign_in(reader)
    empty = draft_of(session, reader, "suspicious-order", parties=[])
    assert "For all" not in browser.get(f"/drafts/{empty.id}").text
    full = draft_of(session, reader, "suspicious-order")
    page = browser.get(f"/drafts/{full.id}")
    assert "For all" in page.text
    assert "For brokers" not in page.text


def without_tokens(page):
    for token in page.soup.select("[name=csrf_token]"):
        token.decompose()
    return str(page.soup)


def test_0_pages_of_a_company_change_with_what_officers_do(
    session, sign_in, publish, reader, filled, analyst, now
):
    publish(signs=Signs(names=(NamePattern("words", "siam coatings"),)))
    browser = sign_in(reader)

    def seen():
        paths = ("/overview", "/bulletins/", f"/drafts/{filled.id}", f"/drafts/{filled.id}/check")
        return [without_tokens(browser.get(path)) for path in paths]

    before = seen()
    data = order(parties=(customer("Siam Coatings"),))
    other = make_submission(session, data, now=now)
    case = session.get_one(TriageCase, other.id)
    deeds.act(session, case, Action.TAKE, analyst, now)
    deeds.flag(session, case, "Known", analyst, now)
    session.commit()
    assert seen() == before


def test_what_a_draft_costs_does_not_grow_with_bulletins(
    session, sign_in, publish, reader, filled, statements
):
    browser = sign_in(reader)
    counts = []
    for number in (1, 9):
        for place in range(number):
            publish(f"Title {number} {place}", signs=Signs(countries=("TH",)))
        session.commit()
        browser.get(f"/drafts/{filled.id}")
        statements.clear()
        browser.get(f"/drafts/{filled.id}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_at_most_5_stand_beside_a_draft(session, publish, reader, now):
    for place in range(7):
        publish(f"Title {place}", signs=Signs(countries=("TH",)))
    found = services.with_signs(session, reader, now)
    typed = Typed(countries=frozenset({"TH"}))
    assert len(services.beside(session, found, typed, reader, now)) == 5
