"""What is done with a plan, and each refusal."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import DomainError, NotFoundError
from portal.core.outbox import OutgoingMail
from portal.deliveries import consenting, deeds, log, queries, services, steps
from portal.deliveries.consenting import ConsentDayError, Said
from portal.deliveries.data import ConsentState, EntrySort, Result, Substitution
from portal.deliveries.log import EntryRefusedError, Told
from portal.deliveries.models import AppendOnlyError, DeliveryConsent, DeliveryEntry, DeliveryStep
from portal.deliveries.rules.consents import Act, ConsentRefusedError
from portal.deliveries.rules.life import (
    ChangedMeanwhileError,
    MoveRefusedError,
    NotInChargeError,
    NotReadyError,
    OwnWorkError,
    Status,
)
from portal.deliveries.services import NoOfficerError, NoSubmissionError
from tests.deliveries.conftest import words
from tests.factories import NOON, make_account, make_submission, notice

S = ConsentState


def states(case):
    return [one.consent.state for one in case.plan.halts]


def mailed(session):
    return Counter(row.recipient for row in session.scalars(select(OutgoingMail)))


def recorded(session):
    session.commit()
    return [row.deed for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


# --- four eyes ------------------------------------------------------------------------------------


def test_a_plan_goes_from_writing_to_an_end(running, session):
    assert running.plan.status is Status.RUNNING
    deeds.end(session, running.plan, Result.SEIZED, "100 kg.", running.chief, NOON)
    assert (running.plan.status, running.plan.result) == (Status.ENDED, Result.SEIZED)
    written = [one.sort for one in queries.entries_of(session, running.plan.id)]
    assert written == [EntrySort.STARTED, EntrySort.ENDED]


def test_an_incomplete_plan_is_not_submitted(case, session):
    case.plan.watching = ""
    with pytest.raises(NotReadyError, match="by what means"):
        deeds.submit(session, case.plan, case.analyst, NOON)
    assert case.plan.status is Status.DRAFTED


def test_a_supervisor_who_wrote_a_line_does_not_approve(case, session):
    said = words(case.chief, case.deputy, cost="EUR 1")
    services.change(session, case.plan, said, case.supervisor, NOON)
    deeds.submit(session, case.plan, case.analyst, NOON)
    with pytest.raises(OwnWorkError):
        deeds.approve(session, case.plan, case.supervisor, NOON)
    other = make_account(session, Role.SUPERVISOR)
    deeds.approve(session, case.plan, other, NOON)
    assert case.plan.approver_id == other.id


def test_a_plan_that_nobody_submitted_is_not_approved(case, session):
    with pytest.raises(MoveRefusedError):
        deeds.approve(session, case.plan, case.supervisor, NOON)


def test_a_plan_is_sent_back_with_a_remark(case, session):
    deeds.submit(session, case.plan, case.analyst, NOON)
    deeds.send_back(session, case.plan, "Which beacon?", case.supervisor, NOON)
    assert (case.plan.status, case.plan.remark) == (Status.SENT_BACK, "Which beacon?")
    deeds.submit(session, case.plan, case.analyst, NOON)
    assert case.plan.remark == ""


def test_taking_an_approved_plan_up_again_undoes_the_approval(approved, session):
    plan = approved.plan
    deeds.meet(session, plan, 1, approved.deputy, NOON)
    deeds.take_up(session, plan, "Another port", approved.analyst, NOON)
    assert (plan.status, plan.approver_id, plan.approved_sha256) == (Status.DRAFTED, None, None)
    assert not any(one.met_at for one in plan.conditions)
    with pytest.raises(MoveRefusedError):
        approved.start()


def test_a_plan_is_given_up_before_it_starts_and_not_after(approved, session):
    approved.start()
    with pytest.raises(MoveRefusedError):
        deeds.give_up(session, approved.plan, "No", approved.analyst, NOON)


@pytest.mark.parametrize("deed", ["change", "add_halt", "change_halt", "remove_halt"])
def test_what_was_approved_is_not_changed(approved, session, deed):
    plan, first = approved.plan, approved.plan.halts[0]
    more = {
        "change": (words(approved.chief, approved.deputy),),
        "add_halt": ({},),
        "change_halt": (first, {"place": "Antwerp"}),
        "remove_halt": (first,),
    }
    with pytest.raises(MoveRefusedError, match="approved"):
        getattr(services, deed)(session, plan, *more[deed], approved.analyst, NOON)


# --- the start ------------------------------------------------------------------------------------


def test_it_starts_once_every_country_agreed(approved, session):
    approved.start()
    assert approved.plan.started_at == NOON
    with pytest.raises(MoveRefusedError):
        approved.start()


def test_it_does_not_start_without_approval(case):
    case.agree()
    with pytest.raises(MoveRefusedError):
        case.start()


def test_it_does_not_start_before_anybody_was_asked(case):
    case.approve()
    with pytest.raises(NotReadyError) as refused:
        case.start()
    assert str(refused.value).count("was not asked for") == 3


@pytest.mark.parametrize(
    ("acts", "word"),
    [
        ((Act.ASK,), "2 Singapore: it has not answered"),
        ((Act.ASK, Act.REFUSE), "2 Singapore: it refused"),
        ((Act.ASK, Act.RECEIVE, Act.WITHDRAW), "2 Singapore: it withdrew"),
    ],
)
def test_it_does_not_start_while_one_country_does_not_agree(case, acts, word):
    case.approve()
    for number, halt in enumerate(case.plan.halts):
        for act in acts if number == 1 else (Act.ASK, Act.RECEIVE):
            case.say(halt, act)
    with pytest.raises(NotReadyError, match=word):
        case.start()


def test_it_does_not_start_when_a_consent_ends_before_the_planned_time(case):
    case.approve()
    case.agree(until=29)  # Bangkok is planned on the thirtieth day
    with pytest.raises(NotReadyError) as refused:
        case.start()
    assert str(refused.value).startswith("3 Thailand: its consent is valid until")


def test_it_does_not_start_while_a_stop_condition_is_met(approved, session):
    deeds.meet(session, approved.plan, 2, approved.deputy, NOON)
    with pytest.raises(NotReadyError, match="The seal is broken"):
        approved.start()


def test_it_does_not_start_when_it_is_not_what_was_approved(approved, session):
    approved.plan.watching = "Nothing"
    with pytest.raises(NotReadyError, match="not the one that was approved"):
        approved.start()


@pytest.mark.parametrize("who", ["analyst", "stranger"])
def test_only_who_answers_for_it_starts_and_ends_it(approved, session, who):
    actor = getattr(approved, who)
    with pytest.raises(NotInChargeError):
        deeds.start(session, approved.plan, actor, NOON)
    approved.start()
    with pytest.raises(NotInChargeError):
        deeds.end(session, approved.plan, Result.LOST, "Lost.", actor, NOON)


@pytest.mark.parametrize("who", ["chief", "deputy", "supervisor"])
def test_3_people_can_start_it(approved, session, who):
    deeds.start(session, approved.plan, getattr(approved, who), NOON)
    assert approved.plan.status is Status.RUNNING


# --- stops ----------------------------------------------------------------------------------------


def test_a_met_condition_stops_it_at_once_and_tells_the_others(running, session):
    before = mailed(session)
    deeds.meet(session, running.plan, 1, running.analyst, NOON)
    assert (running.plan.status, running.plan.stopped_at) == (Status.STOPPED, NOON)
    last = queries.entries_of(session, running.plan.id)[-1]
    assert (last.sort, last.text) == (
        EntrySort.STOPPED,
        "A stop condition is met: The beacon is silent for six hours",
    )
    assert mailed(session) - before == {running.chief.email: 1, running.deputy.email: 1}


def test_a_withdrawn_consent_stops_it_at_once(running, session):
    running.say(running.plan.halts[2], Act.WITHDRAW)
    assert running.plan.status is Status.STOPPED
    last = queries.entries_of(session, running.plan.id)[-1]
    assert last.text == "Thailand withdrew its consent."


def test_a_prolonged_consent_stops_nothing(running):
    running.say(running.plan.halts[2], Act.RECEIVE, until=200)
    assert running.plan.status is Status.RUNNING


def test_a_stopped_plan_is_ended_and_never_goes_on(running, session):
    deeds.stop(session, running.plan, "Danger", running.deputy, NOON)
    for deed in (deeds.start, deeds.submit):
        with pytest.raises((MoveRefusedError, NotReadyError)):
            deed(session, running.plan, running.chief, NOON)
    deeds.end(session, running.plan, Result.BROKEN_OFF, "Seized in Singapore.", running.chief, NOON)
    assert running.plan.status is Status.ENDED


def test_what_is_not_under_way_is_not_stopped(approved, session):
    with pytest.raises(MoveRefusedError):
        deeds.stop(session, approved.plan, "No", approved.chief, NOON)


def test_a_condition_is_met_only_from_the_approval_to_the_end(case, session):
    with pytest.raises(MoveRefusedError):
        deeds.meet(session, case.plan, 1, case.analyst, NOON)
    case.approve()
    with pytest.raises(NotFoundError):
        deeds.meet(session, case.plan, 9, case.analyst, NOON)


# --- consents -------------------------------------------------------------------------------------


def test_a_country_cannot_agree_before_it_was_asked(case):
    with pytest.raises(ConsentRefusedError):
        case.say(case.plan.halts[0], Act.RECEIVE)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"valid_until": None}, "until which day"),
        ({"valid_from": date(2026, 6, 2)}, "end before it begins"),
        ({"said_on": date(2026, 4, 1)}, "today or before"),
    ],
)
def test_3_days_of_a_consent_cannot_be(case, session, changed, word):
    case.agree(Act.ASK)
    said = Said(
        act=Act.RECEIVE,
        said_on=date(2026, 3, 31),
        by_whom="Customs",
        valid_until=date(2026, 6, 1),
    )
    with pytest.raises(ConsentDayError, match=word):
        consenting.record(
            session, case.plan, case.plan.halts[0], replace(said, **changed), case.analyst, NOON
        )


def test_no_consent_is_recorded_after_the_end(running, session):
    deeds.end(session, running.plan, Result.SEIZED, "Done.", running.chief, NOON)
    with pytest.raises(MoveRefusedError):
        running.say(running.plan.halts[0], Act.WITHDRAW)


def test_a_change_of_the_route_opens_the_consents_concerned(approved, session):
    deeds.take_up(session, approved.plan, "Another port", approved.analyst, NOON)
    second = approved.plan.halts[1]
    services.change_halt(
        session, approved.plan, second, {"place": "Jurong"}, approved.analyst, NOON
    )
    assert states(approved) == [S.RECEIVED, S.REOPENED, S.RECEIVED]
    approved.approve()
    with pytest.raises(NotReadyError, match="2 Singapore: the route was changed"):
        approved.start()
    approved.say(second, Act.ASK)
    approved.say(second, Act.RECEIVE)
    approved.start()
    assert [one.state for one in second.consents] == [
        S.ASKED,
        S.RECEIVED,
        S.REOPENED,
        S.ASKED,
        S.RECEIVED,
    ]


def test_a_country_taken_off_the_route_keeps_its_consents_and_opens_its_neighbours(
    approved, session
):
    deeds.take_up(session, approved.plan, "Directly", approved.analyst, NOON)
    second = approved.plan.halts[1]
    services.remove_halt(session, approved.plan, second, approved.analyst, NOON)
    assert states(approved) == [S.REOPENED, S.REOPENED]
    assert [one.number for one in approved.plan.halts] == [1, 2]
    assert len(second.consents) == 2


def test_a_country_in_between_opens_its_neighbours_only(approved, session):
    deeds.take_up(session, approved.plan, "Over Oman", approved.analyst, NOON)
    said = {"number": 3, "country": "MY", "place": "Port Klang"}
    said["planned_at"] = NOON + timedelta(days=25)
    services.add_halt(session, approved.plan, said, approved.analyst, NOON)
    assert [one.country for one in approved.plan.halts] == ["NL", "SG", "MY", "TH"]
    assert states(approved) == [S.RECEIVED, S.REOPENED, S.NOT_ASKED, S.REOPENED]


def test_another_substitution_opens_every_consent(approved, session):
    deeds.take_up(session, approved.plan, "Replace all", approved.analyst, NOON)
    said = words(approved.chief, approved.deputy, cost="EUR 2")
    services.change(session, approved.plan, said, approved.analyst, NOON)
    assert states(approved) == [S.RECEIVED] * 3
    said = words(approved.chief, approved.deputy, substitution=Substitution.FULL)
    services.change(session, approved.plan, said, approved.analyst, NOON)
    assert states(approved) == [S.REOPENED] * 3


# --- the log --------------------------------------------------------------------------------------


def arrival(case, number, **more):
    halt = case.plan.halts[number - 1]
    said = {"sort": EntrySort.ARRIVED, "at": NOON, "text": "Arrived.", "halt_id": halt.id}
    return Told(**said | more)


def test_an_arrival_shows_against_the_plan_and_a_correction_is_a_new_entry(running, session):
    wrong = log.write(session, running.plan, arrival(running, 1), running.deputy, NOON)
    right = arrival(running, 1, at=NOON - timedelta(hours=3))
    log.write(session, running.plan, right, running.deputy, NOON, wrong)
    entries = queries.entries_of(session, running.plan.id)
    assert [one.number for one in entries] == [1, 2, 3]
    assert wrong.at == NOON  # stays as it was
    assert queries.passings(running.plan, entries)[0].arrived_at == NOON - timedelta(hours=3)
    with pytest.raises(EntryRefusedError, match="Entry 3 put this right"):
        log.write(session, running.plan, right, running.deputy, NOON, wrong)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"at": NOON + timedelta(minutes=6)}, "future"),
        ({"halt_id": None}, "at which place"),
    ],
)
def test_2_entries_cannot_be(running, session, changed, word):
    told = replace(arrival(running, 1), **changed)
    with pytest.raises(EntryRefusedError, match=word):
        log.write(session, running.plan, told, running.deputy, NOON)


def test_an_entry_at_a_place_of_no_route_is_refused(running, session):
    with pytest.raises(NotFoundError):
        told = arrival(running, 1, halt_id=running.plan.id)
        log.write(session, running.plan, told, running.deputy, NOON)


def test_there_is_no_log_before_the_start(approved, session):
    with pytest.raises(EntryRefusedError, match="no log"):
        log.write(session, approved.plan, arrival(approved, 1), approved.deputy, NOON)


def test_what_the_portal_wrote_is_not_put_right(running, session):
    first = queries.entries_of(session, running.plan.id)[0]
    with pytest.raises(EntryRefusedError, match="with the deed itself"):
        log.write(session, running.plan, arrival(running, 1), running.deputy, NOON, first)


@pytest.mark.parametrize("table", [DeliveryEntry, DeliveryConsent, DeliveryStep])
@pytest.mark.parametrize("how", ["change", "delete"])
def test_3_tables_are_only_ever_added_to(running, session, table, how):
    row = session.scalars(select(table)).first()
    if how == "delete":
        session.delete(row)
    elif table is DeliveryConsent:
        row.by_whom = "Somebody else"
    else:
        row.text = "Something else"
    with pytest.raises(AppendOnlyError):
        session.flush()
    session.rollback()


# --- people ---------------------------------------------------------------------------------------


def test_only_those_named_and_supervisors_know_of_a_plan(case, session):
    for one in (case.analyst, case.chief, case.deputy, case.supervisor):
        assert queries.get(session, case.plan.id, one) is case.plan
    with pytest.raises(NotFoundError):
        queries.get(session, case.plan.id, case.stranger)
    assert case.plan not in queries.newest(session, case.stranger)
    services.add_person(session, case.plan, case.stranger.id, case.analyst, NOON)
    assert queries.get(session, case.plan.id, case.stranger) is case.plan
    assert case.stranger.email in mailed(session)
    services.remove_person(session, case.plan, case.stranger.id, case.chief, NOON)
    with pytest.raises(NotFoundError):
        queries.held(session, case.plan.id, case.stranger)


def test_only_who_answers_for_it_names_others(case, session):
    with pytest.raises(NotInChargeError):
        services.add_person(session, case.plan, case.stranger.id, case.stranger, NOON)
    with pytest.raises(NotInChargeError):
        services.remove_person(session, case.plan, case.chief.id, case.stranger, NOON)


OUTSIDERS = (Role.REPORTER, Role.PARTNER_OFFICER, Role.AUDITOR, Role.REGISTRAR)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_4_roles_are_never_named(case, session, role):
    outsider = make_account(session, role)
    with pytest.raises(NoOfficerError, match="cannot know"):
        services.add_person(session, case.plan, outsider.id, case.analyst, NOON)
    with pytest.raises(NoOfficerError):
        said = words(outsider, case.deputy)
        services.begin(session, said, case.analyst, NOON)


def test_nobody_is_named_twice_and_those_in_charge_stay(case, session):
    with pytest.raises(NoOfficerError, match="already"):
        services.add_person(session, case.plan, case.chief.id, case.analyst, NOON)
    for one in (case.analyst, case.chief, case.deputy):
        with pytest.raises(DomainError, match="stay on the list"):
            services.remove_person(session, case.plan, one.id, case.supervisor, NOON)


# --- the rest -------------------------------------------------------------------------------------


def test_a_reference_must_be_one_that_the_writer_may_read(case, session):
    source = make_submission(session, notice())
    said = words(case.chief, case.deputy, references=[source.reference])
    services.change(session, case.plan, said, case.analyst, NOON)
    assert case.plan.references == [source.reference]
    said["references"] = [source.reference, "EN-2222-2222"]
    with pytest.raises(NoSubmissionError, match="EN-2222-2222"):
        services.change(session, case.plan, said, case.analyst, NOON)


def test_who_looks_at_an_older_version_changes_nothing(case, session):
    seen = case.plan.version
    services.change(session, case.plan, words(case.chief, case.deputy), case.analyst, NOON)
    with pytest.raises(ChangedMeanwhileError):
        steps.hold(session, case.plan.id, seen, case.analyst)
    assert steps.hold(session, case.plan.id, case.plan.version, case.analyst) is case.plan


def test_each_deed_is_in_the_audit_trail(running, session):
    deeds.meet(session, running.plan, 1, running.deputy, NOON)
    deeds.end(session, running.plan, Result.BROKEN_OFF, "Over.", running.chief, NOON)
    deeds_done = [one for one in recorded(session) if one.startswith("delivery.")]
    for deed in (
        "begun",
        "person_added",
        "country_added",
        "submitted",
        "approved",
        "consent_asked",
        "consent_received",
        "started",
        "condition_met",
        "stopped",
        "logged",
        "ended",
    ):
        assert f"delivery.{deed}" in deeds_done
