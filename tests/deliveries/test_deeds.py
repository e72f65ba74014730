"""What is done with a plan, and each refusal."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import NotFoundError
from portal.core.outbox import OutgoingMail
from portal.deliveries import consenting, deeds, queries, services
from portal.deliveries.consenting import ConsentDayError, Said
from portal.deliveries.data import ConsentState, EntrySort, Result, Substitution
from portal.deliveries.rules.consents import Act, ConsentRefusedError
from portal.deliveries.rules.life import (
    MoveRefusedError,
    NotInChargeError,
    NotReadyError,
    OwnWorkError,
    Status,
)
from tests.deliveries.conftest import words
from tests.factories import NOON, make_account

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
