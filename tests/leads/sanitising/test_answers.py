"""Marks of a lead: what is marked, how it is answered, and what opens it again."""

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import RefusedInputError
from portal.leads import services as leads
from portal.leads.releasing import released_of
from portal.leads.rules import BetraysSourceError, Status
from portal.leads.sanitising import services
from portal.leads.sanitising.data import Answer, Reply, Sort
from portal.leads.sanitising.models import MarkAnswer, SharedValue
from portal.reference.data import Unit
from tests.factories import NOON, line, make_account, make_submission, order
from tests.leads.conftest import GROUNDS, QUIET, block, said

LOUD = "Noordzee Chemie was asked for 4725 kg on 31 March 2026."


def open_sorts(session, lead):
    return sorted(mark.secret.sort.value for mark in services.open_marks(session, lead))


def reply_to(session, lead, sort, answer, words=""):
    mark = next(m for m in services.open_marks(session, lead) if m.secret.sort is sort)
    return mark, Reply(mark.key, answer, words)


def test_a_lead_that_names_nobody_has_0_marks(session, write):
    assert services.open_marks(session, write(QUIET)) == []


def test_each_part_for_partners_is_read_and_no_other(session, write):
    lead = write(QUIET, title="Acme", asked="Ask Noordzee Chemie B.V.", conditions="PO-2026-7781")
    lead.texts.append(block("Johanna Vermeulen", 1, released=False))
    session.flush()
    assert [mark.place for mark in services.open_marks(session, lead)] == [
        "title",
        "asked",
        "conditions",
    ]


def test_names_quantities_days_and_copied_words_are_marked(session, write):
    lead = write(LOUD, f"He says: {GROUNDS.upper()}")
    assert open_sorts(session, lead) == sorted([Sort.COMPANY, Sort.QUANTITY, Sort.DAY, Sort.PHRASE])


def test_the_lead_is_not_submitted_with_an_open_mark(session, write, analyst):
    lead = write(LOUD)
    with pytest.raises(BetraysSourceError, match="3 marks"):
        leads.submit(session, lead, analyst, NOON)
    assert lead.status is Status.DRAFTED


def test_accepted_proposals_leave_0_marks_and_the_officers_words(session, write, analyst):
    lead = write(LOUD, f"He says: {GROUNDS}", title="What Acme heard")
    assert services.accept_all(session, lead, analyst, NOON) == []
    released = released_of(lead)
    assert released.title == "What a trader heard"
    assert released.texts[0].text == "A trader was asked for about 5000 kg in March 2026."
    assert (lead.title, lead.texts[0].text) == ("What Acme heard", LOUD)
    leads.submit(session, lead, analyst, NOON)
    assert lead.status is Status.SUBMITTED


def test_a_value_of_5_companies_betrays_nobody(session, write):
    lead = write("It was about 4725 kg.")
    assert open_sorts(session, lead) == [Sort.QUANTITY]
    for _ in range(3):
        make_submission(session, order(lines=(line("acetone", "4725"),)))
    assert open_sorts(session, lead) == [Sort.QUANTITY]
    make_submission(session, order(lines=(line("toluene", "4725"),)))
    assert open_sorts(session, lead) == [Sort.QUANTITY]
    make_submission(session, order(lines=(line("acetone", "4725000", unit=Unit.GRAM),)))
    assert open_sorts(session, lead) == []


def test_5_reports_of_1_company_are_still_its_own(session, write, report):
    author = session.get_one(Account, report.author_id)
    lead = write("It was about 4725 kg.")
    for _ in range(5):
        make_submission(session, order(lines=(line("acetone", "4725"),)), author=author)
    assert open_sorts(session, lead) == [Sort.QUANTITY]


def test_the_number_of_companies_is_a_setting(app, session, write):
    lead = write("It was about 4725 kg.")
    make_submission(session, order(lines=(line("acetone", "4725"),)))
    before = app.config["SHARED_BY"]
    app.config["SHARED_BY"] = 2
    try:
        assert open_sorts(session, lead) == []
    finally:
        app.config["SHARED_BY"] = before


def test_counting_ends_at_the_number_asked_for(session, write, statements):
    lead = write("It was about 4725 kg.")
    for _ in range(12):
        make_submission(session, order(lines=(line("acetone", "4725"),)))
    statements.clear()
    services.open_marks(session, lead)
    counted = [one for one in statements if "shared_value" in one]
    assert len(counted) == 1
    assert "LIMIT" in counted[0]


def test_a_count_reads_an_index(session):
    if session.get_bind().dialect.name != "sqlite":
        return
    query = select(SharedValue.id).where(SharedValue.trait == "x").limit(5)
    text = str(query.compile(compile_kwargs={"literal_binds": True}))
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert "USING" in plan[0][3]
    assert "INDEX" in plan[0][3]


def test_a_day_that_is_kept_needs_a_reason_and_stays_for_its_text(session, write, analyst):
    lead = write("It was on 31 March 2026.")
    mark, reply = reply_to(session, lead, Sort.DAY, Answer.KEPT)
    with pytest.raises(RefusedInputError, match="why"):
        services.answer(session, lead, mark.place, mark.text, [reply], analyst, NOON)
    kept = Reply(mark.key, Answer.KEPT, "The partner saw the lorry that day.")
    assert services.answer(session, lead, mark.place, mark.text, [kept], analyst, NOON) == []
    assert services.open_marks(session, lead) == []
    (one,) = services.kept_marks(session, lead)
    assert (one.reason, one.by) == ("The partner saw the lorry that day.", "Ana Lyst")
    edited = "It was on 31 March 2026, at night."
    leads.revise(session, lead, said(), [block(edited)], analyst, NOON)
    assert open_sorts(session, lead) == [Sort.DAY]


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("Noordzee Chemie", Sort.COMPANY),
        ("Johanna Vermeulen", Sort.PERSON),
        ("PO-2026-7781", Sort.THEIRS),
    ],
)
def test_a_name_of_the_reporter_or_a_reference_cannot_be_kept(session, write, analyst, words, sort):
    lead = write(f"It came from {words}.")
    mark, reply = reply_to(session, lead, sort, Answer.KEPT, "I like it")
    with pytest.raises(RefusedInputError, match="cannot be kept"):
        services.answer(session, lead, mark.place, mark.text, [reply], analyst, NOON)
    assert services.open_marks(session, lead)


def test_own_words_that_betray_again_stay_open(session, write, analyst):
    lead = write("It came from Acme.")
    mark, reply = reply_to(session, lead, Sort.COMPANY, Answer.OWN, "Blauwdal")
    left = services.answer(session, lead, mark.place, mark.text, [reply], analyst, NOON)
    assert [one.surface for one in left] == ["Blauwdal"]


def test_an_edit_of_the_officers_words_opens_what_was_reworded(session, write, analyst):
    lead = write("It came from Acme.")
    services.accept_all(session, lead, analyst, NOON)
    assert services.open_marks(session, lead) == []
    blocks = [block("It came from Acme.")]
    leads.revise(session, lead, said(), blocks, analyst, NOON)
    assert released_of(lead).texts[0].text == "It came from a trader."
    leads.revise(session, lead, said(), [block("It came from Acme again.")], analyst, NOON)
    assert released_of(lead).texts[0].text == "It came from Acme again."
    assert open_sorts(session, lead) == [Sort.COMPANY]


def test_words_of_a_submitted_lead_are_fixed(session, write, analyst):
    lead = write(QUIET)
    leads.submit(session, lead, analyst, NOON)
    with pytest.raises(services.NotEditableError):
        services.answer(session, lead, "title", "Another", [], analyst, NOON)
    with pytest.raises(services.NotEditableError):
        services.accept_all(session, lead, analyst, NOON)


def test_every_answer_is_on_record(session, write, analyst):
    lead = write(LOUD)
    services.accept_all(session, lead, analyst, NOON)
    assert session.scalar(select(func.count()).select_from(MarkAnswer)) == 3
    assert services.answerers(session, lead.id) == {analyst.id}
    session.commit()
    deeds = select(AuditEvent.deed).where(AuditEvent.subject_id == lead.id)
    assert "lead.sanitised" in session.scalars(deeds).all()


def test_the_editor_shows_both_sides_and_takes_answers(session, write, analyst, sign_in):
    lead = write(LOUD)
    page = sign_in(analyst).get(f"/leads/{lead.id}/for-partners")
    assert page.status == 200
    assert {"Noordzee Chemie", "4725 kg", "31 March 2026"} <= {
        mark.get_text(strip=True) for mark in page.soup.select("mark")
    }
    missing = page.submit(
        "Save the words", **{"places-2-marks-0-answer": "own", "places-2-marks-1-answer": "keep"}
    )
    assert missing.status == 422
    assert len(missing.errors) == 2
    saved = page.submit(
        "Save the words",
        **{
            "places-2-marks-0-answer": "own",
            "places-2-marks-0-text": "A supplier",
            "places-2-marks-1-answer": "say 1",
            "places-2-marks-2-answer": "keep",
            "places-2-marks-2-text": "Known to the partner already.",
        },
    )
    assert saved.path == f"/leads/{lead.id}"
    session.expire_all()
    words = "A supplier was asked for between 4000 and 5000 kg on 31 March 2026."
    assert released_of(lead).texts[0].text == words


def test_the_editor_takes_every_first_proposal(session, write, analyst, sign_in):
    lead = write(LOUD)
    page = sign_in(analyst).get(f"/leads/{lead.id}/for-partners")
    assert "No mark is open" in page.submit("Take every first").text


def test_a_page_that_is_stale_saves_nothing(session, write, analyst, sign_in):
    lead = write(LOUD)
    page = sign_in(analyst).get(f"/leads/{lead.id}/for-partners")
    services.accept_all(session, lead, analyst, NOON)
    session.commit()
    stale = page.submit("Save the words", **{"places-0-words": "Other"})
    assert stale.status == 422
    assert "Somebody else changed the lead" in stale.text
    session.expire_all()
    assert released_of(lead).title == lead.title


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.TRIAGE_OFFICER, Role.PARTNER_OFFICER])
def test_only_who_writes_leads_puts_them_into_words(session, write, sign_in, role):
    lead = write(QUIET)
    assert sign_in(make_account(session, role)).get(f"/leads/{lead.id}/for-partners").status == 403
