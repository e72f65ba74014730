"""Four eyes: who decides on which words, what is sent back, and what is released at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import LoginSession
from portal.core import jobs
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.errors import DomainError, RefusedInputError
from portal.core.outbox import OutgoingMail
from portal.leads import services as leads
from portal.leads.approval import queries, services
from portal.leads.approval.models import ReleaseState
from portal.leads.approval.rules import ChangedMeanwhileError, Deed, NotYoursError, Step
from portal.leads.data import Handling, Marking
from portal.leads.releasing import released_of, seal
from portal.leads.rules import Action, BetraysSourceError, HeldError, MoveRefusedError, Status
from portal.leads.sanitising import services as sanitising
from portal.leads.sanitising.data import Answer, Reply
from tests.factories import NOON, make_account
from tests.leads.conftest import QUIET

DAY = timedelta(hours=24)


def decide(session, lead, step, actor, seen=None):
    services.decide(session, lead, step, seen or seal(released_of(lead)), actor, NOON)


def next_step(session, lead, actor):
    need = services.standing_of(session, lead, actor).need
    return need.step if need else None


def release(session, lead, actor, now=NOON, reason="The ship sails tonight."):
    return services.release_at_once(session, lead, reason, seal(released_of(lead)), actor, now)


@pytest.fixture
def submitted(session, write, analyst):
    def submitted_(*texts, **more):
        lead = write(*texts, **more)
        leads.submit(session, lead, analyst, NOON)
        return lead

    return submitted_


@pytest.mark.parametrize("who", ["colleague", "supervisor"])
def test_a_light_lead_is_approved_by_1_other(session, submitted, request, who):
    lead = submitted(marking=Marking.GREEN, handling=Handling.PERMITTED)
    decide(session, lead, Step.APPROVE, request.getfixturevalue(who))
    assert lead.status is Status.APPROVED


def test_a_usual_lead_needs_a_supervisor(session, submitted, colleague, supervisor):
    lead = submitted(marking=Marking.AMBER)
    with pytest.raises(NotYoursError, match="supervisor"):
        decide(session, lead, Step.APPROVE, colleague)
    decide(session, lead, Step.APPROVE, supervisor)
    assert (lead.status, lead.approver_id) == (Status.APPROVED, supervisor.id)


@pytest.mark.parametrize("marking", [Marking.AMBER_STRICT, Marking.RED])
def test_a_strict_lead_needs_3_people(session, submitted, analyst, colleague, supervisor, marking):
    lead = submitted(marking=marking)
    with pytest.raises(NotYoursError, match="You wrote it"):
        decide(session, lead, Step.REVIEW, analyst)
    with pytest.raises(NotYoursError, match="review by another analyst"):
        decide(session, lead, Step.APPROVE, supervisor)
    decide(session, lead, Step.REVIEW, colleague)
    assert lead.approved_at is None
    with pytest.raises(NotYoursError, match="You reviewed it"):
        decide(session, lead, Step.APPROVE, colleague)
    with pytest.raises(ChangedMeanwhileError):
        decide(session, lead, Step.REVIEW, supervisor)
    decide(session, lead, Step.APPROVE, supervisor)
    assert lead.status is Status.APPROVED


def test_who_answered_a_mark_or_wrote_a_version_never_approves(session, write, analyst, supervisor):
    lead = write("It came from Acme.")
    sanitising.accept_all(session, lead, supervisor, NOON)
    leads.submit(session, lead, analyst, NOON)
    with pytest.raises(NotYoursError, match="put it into words"):
        decide(session, lead, Step.APPROVE, supervisor)
    other = make_account(session, Role.SUPERVISOR)
    leads.keep_version(session, lead, other, NOON)
    with pytest.raises(NotYoursError, match="wrote a version"):
        decide(session, lead, Step.APPROVE, other)


def test_only_the_words_that_were_read_are_approved(session, submitted, supervisor):
    lead = submitted()
    with pytest.raises(ChangedMeanwhileError, match="changed since you read"):
        decide(session, lead, Step.APPROVE, supervisor, seen="0" * 64)
    assert lead.status is Status.SUBMITTED


def test_0_leads_are_approved_with_an_open_mark(session, submitted, report, supervisor):
    lead = submitted("A firm asked about lemon oil.")
    lead.texts[0].text = "A firm asked Noordzee Chemie about lemon oil."
    session.flush()
    with pytest.raises(BetraysSourceError):
        decide(session, lead, Step.APPROVE, supervisor)
    with pytest.raises(BetraysSourceError):
        release(session, lead, supervisor)


def test_a_review_of_other_words_counts_no_more(session, submitted, colleague, supervisor):
    lead = submitted(marking=Marking.RED)
    decide(session, lead, Step.REVIEW, colleague)
    lead.texts[0].text = "Other words."
    session.flush()
    assert next_step(session, lead, supervisor) is Step.REVIEW


def test_a_lead_is_sent_back_with_remarks_on_single_places(session, submitted, supervisor, analyst):
    lead = submitted()
    with pytest.raises(RefusedInputError, match="Say what"):
        services.send_back(session, lead, " ", {"title": ""}, supervisor, NOON)
    with pytest.raises(NotYoursError):
        services.send_back(session, lead, "x", {}, analyst, NOON)
    services.send_back(session, lead, "", {"texts.0": "Say which suppliers."}, supervisor, NOON)
    assert lead.status is Status.SENT_BACK
    (decision,) = queries.decisions_of(session, lead.id)
    assert [(r.label, r.quote, r.text) for r in decision.remarks] == [
        ("Text 1", QUIET, "Say which suppliers.")
    ]


def test_a_lead_that_came_back_starts_again_with_the_review(
    session, submitted, analyst, colleague, supervisor
):
    lead = submitted(marking=Marking.RED)
    decide(session, lead, Step.REVIEW, colleague)
    later = NOON + timedelta(minutes=1)
    services.send_back(session, lead, "Shorter", {}, supervisor, later)
    leads.submit(session, lead, analyst, later)
    assert next_step(session, lead, supervisor) is Step.REVIEW


def test_what_was_decided_is_kept_word_for_word_and_audited(session, submitted, supervisor):
    lead = submitted()
    decide(session, lead, Step.APPROVE, supervisor)
    (decision,) = queries.decisions_of(session, lead.id)
    assert decision.deed is Deed.APPROVED
    assert decision.seal == seal(released_of(lead))
    assert QUIET in decision.content
    session.commit()
    found = session.scalars(select(AuditEvent.deed).where(AuditEvent.subject_id == lead.id)).all()
    assert {"lead.created", "lead.submitted", "lead.approved"} <= set(found)


@pytest.mark.parametrize("status", ["drafted", "submitted"])
def test_a_supervisor_releases_at_once_for_a_reason(session, write, analyst, supervisor, status):
    lead = write()
    if status == "submitted":
        leads.submit(session, lead, analyst, NOON)
    with pytest.raises(RefusedInputError, match="why"):
        release(session, lead, supervisor, reason=" ")
    row = release(session, lead, supervisor)
    assert (lead.status, row.confirm_by, row.state) == (
        Status.APPROVED,
        NOON + DAY,
        ReleaseState.OPEN,
    )
    leads.advance(session, lead, Action.HAND_OVER, analyst, NOON)
    assert lead.status is Status.HANDED_OVER


def test_only_a_supervisor_without_a_part_releases_at_once(session, write, analyst, colleague):
    lead = write()
    for who, why in ((analyst, "You wrote it"), (colleague, "Only a supervisor")):
        with pytest.raises(NotYoursError, match=why):
            release(session, lead, who)


def test_other_supervisors_are_told_that_something_waits_and_no_more(session, write, supervisor):
    other = make_account(session, Role.SUPERVISOR, organisation_id=supervisor.organisation_id)
    lead = write()
    session.flush()
    release(session, lead, supervisor)
    mails = session.scalars(select(OutgoingMail)).all()
    assert [mail.recipient for mail in mails] == [other.email]
    assert lead.title not in mails[0].body


def test_the_release_is_confirmed_by_a_second_supervisor(session, write, supervisor, second):
    lead = write()
    row = release(session, lead, supervisor)
    with pytest.raises(NotYoursError, match="released it at once"):
        services.confirm(session, row, supervisor, NOON)
    services.confirm(session, row, second, NOON + timedelta(hours=30))
    assert (row.state, lead.confirm_by) == (ReleaseState.CONFIRMED, None)
    leads.refuse_held(lead, NOON + timedelta(days=9))
    with pytest.raises(DomainError, match="confirmed"):
        services.undo(session, row, "Too late", second, NOON)


@pytest.mark.parametrize(
    ("after", "held"), [(DAY - timedelta(seconds=1), False), (DAY, True), (2 * DAY, True)]
)
def test_after_24_hours_nobody_else_receives_it(session, write, analyst, supervisor, after, held):
    lead = write()
    release(session, lead, supervisor)
    if held:
        with pytest.raises(HeldError):
            leads.advance(session, lead, Action.HAND_OVER, analyst, NOON + after)
    else:
        leads.advance(session, lead, Action.HAND_OVER, analyst, NOON + after)


def test_a_job_marks_it_overdue_once(app, session, write, supervisor):
    lead = write()
    row = release(session, lead, supervisor)
    payload = {"release": str(row.id)}
    services.note_overdue(session, payload, NOON + DAY - timedelta(seconds=1))
    assert row.overdue_at is None
    services.note_overdue(session, payload, NOON + DAY)
    services.note_overdue(session, payload, NOON + 2 * DAY)
    assert row.overdue_at == NOON + DAY
    (job,) = session.scalars(select(jobs.Job).where(jobs.Job.name == "lead-overdue")).all()
    assert job.run_after == NOON + DAY


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_refused_release_comes_back_and_is_recalled(
    session, write, analyst, supervisor, second, handed_over
):
    lead = write()
    row = release(session, lead, supervisor)
    if handed_over:
        leads.advance(session, lead, Action.HAND_OVER, analyst, NOON)
    recalled = []
    services.RECALLS.append(lambda _s, one, why, _a, _n: recalled.append((one.id, why)))
    try:
        with pytest.raises(RefusedInputError):
            services.undo(session, row, "", second, NOON)
        services.undo(session, row, "The subject is a licensed firm.", second, NOON)
    finally:
        services.RECALLS.pop()
    assert recalled == [(lead.id, "The subject is a licensed firm.")]
    assert (lead.status, lead.approved_at, row.state) == (
        Status.SENT_BACK,
        None,
        ReleaseState.REFUSED,
    )
    with pytest.raises(MoveRefusedError):
        leads.advance(session, lead, Action.HAND_OVER, analyst, NOON)


def test_who_released_may_withdraw(session, write, supervisor):
    lead = write()
    row = release(session, lead, supervisor)
    services.undo(session, row, "It was a mistake.", supervisor, NOON)
    assert (row.state, lead.status) == (ReleaseState.WITHDRAWN, Status.SENT_BACK)


def test_each_sees_what_waits_for_them(session, submitted, analyst, colleague, supervisor, second):
    lead = submitted(marking=Marking.RED)
    waiting = {who.name: services.waiting(session, who)[0] for who in (analyst, colleague, second)}
    assert [bool(one.objection) for one in waiting.values()] == [True, False, True]
    decide(session, lead, Step.REVIEW, colleague)
    assert services.waiting(session, second)[0].objection == ""


def test_the_pages_carry_a_lead_from_submission_to_approval(
    session, submitted, sign_in, colleague, supervisor
):
    lead = submitted(marking=Marking.RED)
    waiting = sign_in(colleague).get("/leads/waiting")
    done = waiting.click("Diversion of a solvent").submit("I reviewed it")
    assert "You reviewed the lead" in done.text
    page = sign_in(supervisor).get("/triage/waiting").click("Diversion of a solvent")
    assert QUIET in page.text
    assert page.has_button("Approve these words")
    assert "The lead is approved" in page.submit("Approve these words").text
    session.expire_all()
    assert lead.status is Status.APPROVED


def test_kept_marks_and_their_reasons_stand_on_the_page_of_the_decision(
    session, write, analyst, supervisor, sign_in
):
    lead = write("It was on 31 March 2026.")
    (mark,) = sanitising.open_marks(session, lead)
    reply = Reply(mark.key, Answer.KEPT, "They saw the lorry themselves.")
    sanitising.answer(session, lead, mark.place, mark.text, [reply], analyst, NOON)
    leads.submit(session, lead, analyst, NOON)
    page = sign_in(supervisor).get(f"/leads/{lead.id}/decide")
    assert "They saw the lorry themselves." in page.text
    assert "31 March 2026" in [one.get_text(strip=True) for one in page.soup.select("mark")]


def test_an_approval_asks_for_the_password_again(session, submitted, supervisor, sign_in):
    lead = submitted()
    browser = sign_in(supervisor)
    page = browser.get(f"/leads/{lead.id}/decide")
    row = session.scalars(
        select(LoginSession).where(LoginSession.account_id == supervisor.id)
    ).one()
    row.confirmed_at = utc_now() - timedelta(minutes=11)
    session.commit()
    page.submit("Approve these words")
    session.expire_all()
    assert lead.status is Status.SUBMITTED


def test_a_release_shows_a_clock_and_is_confirmed_on_its_page(
    session, write, supervisor, second, sign_in
):
    lead = write()
    page = sign_in(supervisor).get(f"/leads/{lead.id}/decide")
    done = page.submit("Release at once", **{"why-reason": "The ship sails tonight."})
    assert "A second supervisor must confirm" in done.text
    listed = sign_in(second).get("/triage/waiting")
    assert "23 h 59 min left" in listed.text
    page = sign_in(second).get("/leads/waiting").click("Diversion of a solvent")
    assert "The ship sails tonight." in page.text
    assert "The release is confirmed" in page.submit("Confirm the release").text


def test_a_lead_is_sent_back_on_its_page(session, submitted, supervisor, analyst, sign_in):
    lead = submitted()
    page = sign_in(supervisor).get(f"/leads/{lead.id}/decide")
    assert "Say what must be changed" in page.submit("Send back").text
    page.submit("Send back", **{"places-2-text": "Say which suppliers."})
    shown = sign_in(analyst).get(f"/leads/{lead.id}")
    assert "Say which suppliers." in shown.text
    assert "Sent back to you" in sign_in(analyst).get("/leads/waiting").text


def test_a_release_is_refused_on_its_page_with_a_reason(
    session, write, supervisor, second, sign_in
):
    lead = write()
    release(session, lead, supervisor, utc_now())
    session.commit()
    page = sign_in(second).get(f"/leads/{lead.id}/decide")
    assert "Say why" in page.submit("Refuse the release").text
    done = page.submit("Refuse the release", **{"why-reason": "It is a licensed firm."})
    assert "The release is taken back" in done.text
    assert "It is a licensed firm." in sign_in(supervisor).get(f"/leads/{lead.id}").text
    assert sign_in(second).get("/triage/waiting").text.count("released at once") == 0
