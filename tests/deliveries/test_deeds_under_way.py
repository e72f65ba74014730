"""A plan under way: its log, who knows of it, and what the trail says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.errors import DomainError, NotFoundError
from portal.deliveries import deeds, log, queries, services, steps
from portal.deliveries.data import EntrySort, Result
from portal.deliveries.log import EntryRefusedError, Told
from portal.deliveries.models import AppendOnlyError, DeliveryConsent, DeliveryEntry, DeliveryStep
from portal.deliveries.rules.life import (
    ChangedMeanwhileError,
    NotInChargeError,
)
from portal.deliveries.services import NoOfficerError, NoSubmissionError
from tests.deliveries.conftest import words
from tests.deliveries.test_deeds import mailed, recorded
from tests.factories import NOON, make_account, make_submission, notice


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
