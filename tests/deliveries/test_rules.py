"""The life of a plan and of a consent; what a plan must say; what keeps it from starting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deliveries.data import (
    Consent,
    ConsentState,
    HaltFacts,
    Passing,
    PlanFacts,
    Substitution,
)
from portal.deliveries.rules import consents, life
from portal.deliveries.rules.consents import Act, ConsentRefusedError, after, fault, reopened
from portal.deliveries.rules.hours import hours_of, lateness
from portal.deliveries.rules.life import (
    EDITABLE,
    LAST,
    MOVES,
    Action,
    MoveRefusedError,
    OwnWorkError,
    Status,
    gaps,
    move,
    obstacles,
    refuse_own,
)

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 4, 1)
DAY = datetime(2026, 4, 10, 12, tzinfo=UTC)
COUNTRIES = ("NL", "AE", "IN")
IN_CHARGE, DEPUTY = uuid4(), uuid4()
GIVEN = Consent(ConsentState.RECEIVED, None, date(2026, 4, 30))


def halt(number=1, country="NL", **more):
    said: dict[str, Any] = {
        "id": UUID(int=number),
        "number": number,
        "country": country,
        "name": country,
        "place": f"Port of {country}",
        "planned_at": DAY + timedelta(days=number),
        "legal_basis": "Article 1",
        "authority": "Customs",
        "contact": "Duty officer",
        "day_phone": "+311",
        "night_phone": "+312",
        "consent": GIVEN,
    }
    return HaltFacts(**said | more)


def plan(**more):
    said: dict[str, Any] = {
        "halts": tuple(halt(n, c) for n, c in enumerate(COUNTRIES, start=1)),
        "in_charge": IN_CHARGE,
        "deputy": DEPUTY,
        "reachable": True,
        "cost": "EUR 100",
        "payer": "The authority",
        "watching": "A beacon",
        "communication": "Every hour",
        "consignments": 1,
        "risks": 1,
        "measures": 1,
        "conditions": 1,
    }
    return PlanFacts(**said | more)


# --- the life -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_only_the_table_moves(status, action):
    if (status, action) in MOVES:
        assert move(status, action) is MOVES[status, action]
        assert action in life.possible(status)
    else:
        assert action not in life.possible(status)
        with pytest.raises(MoveRefusedError, match=action):
            move(status, action)


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_whatever_is_tried_nothing_runs_that_was_not_approved_last(actions):
    """After each change that takes a plan up again, somebody must approve before it can start."""
    status, approved, begun, over = Status.DRAFTED, False, False, False
    for action in actions:
        try:
            after_it = move(status, action)
        except MoveRefusedError:
            continue
        assert not over, "nothing leaves an end"
        if action is Action.START:
            assert approved
            assert not begun, "it starts once"
            begun = True
        approved = action is Action.APPROVE or (approved and action is not Action.TAKE_UP)
        if after_it in EDITABLE:
            assert not begun, "what was started is never written again"
            approved = False
        status, over = after_it, after_it in LAST


@pytest.mark.parametrize("status", Status)
def test_a_stopped_plan_never_runs_again(status):
    reached, edge = {Status.STOPPED}, {Status.STOPPED}
    while edge:
        edge = {MOVES[s, a] for s, a in MOVES if s in edge} - reached
        reached |= edge
    assert reached == {Status.STOPPED, Status.ENDED}


def test_nobody_approves_what_they_wrote():
    one, other = uuid4(), uuid4()
    refuse_own(one, {other})
    with pytest.raises(OwnWorkError):
        refuse_own(one, {one, other})


# --- what it must say -----------------------------------------------------------------------------


def test_a_whole_plan_has_0_gaps():
    assert list(gaps(plan())) == []
    assert list(gaps(plan(substitution=Substitution.FULL, substituted=True))) == []


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"halts": ()}, "countries on the route"),
        ({"halts": (halt(legal_basis=""),)}, "1 NL: name the legal basis"),
        ({"halts": (halt(authority=""),)}, "1 NL: name the authority"),
        ({"halts": (halt(contact=""),)}, "1 NL: name a contact"),
        ({"halts": (halt(day_phone=""),)}, "1 NL: name a number for the day"),
        ({"halts": (halt(night_phone=""),)}, "1 NL: name a number for the night"),
        ({"halts": (halt(1), halt(2, "AE", planned_at=DAY))}, "2 AE is planned no later"),
        ({"in_charge": None}, "person in charge and a deputy"),
        ({"deputy": None}, "person in charge and a deputy"),
        ({"deputy": IN_CHARGE}, "somebody else"),
        ({"reachable": False}, "telephone numbers"),
        ({"substitution": Substitution.PARTIAL}, "with what the goods are replaced"),
        ({"cost": ""}, "what it costs"),
        ({"payer": ""}, "who pays"),
        ({"watching": ""}, "means the goods are watched"),
        ({"communication": ""}, "talks to whom"),
        ({"consignments": 0}, "Name the consignment"),
        ({"risks": 0, "measures": 0}, "at least one risk"),
        ({"risks": 2}, "a measure for each risk"),
        ({"conditions": 0}, "condition under which it is stopped"),
    ],
)
def test_20_gaps_are_each_named(changed, word):
    found = list(gaps(plan(**changed)))
    assert len(found) == 1
    assert word in found[0]


# --- consents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ConsentState)
@pytest.mark.parametrize("act", Act)
def test_only_the_table_moves_a_consent(state, act):
    if (state, act) in consents.MOVES:
        assert after(state, act) is consents.MOVES[state, act]
    else:
        with pytest.raises(ConsentRefusedError):
            after(state, act)


@given(st.lists(st.sampled_from(Act), max_size=30))
def test_a_consent_holds_only_after_it_was_received_and_nothing_was_said_since(acts):
    state, last = ConsentState.NOT_ASKED, None
    for act in acts:
        if (state, act) in consents.MOVES:
            state, last = after(state, act), act
    assert (state is ConsentState.RECEIVED) == (last is Act.RECEIVE)


@pytest.mark.parametrize("state", [one for one in ConsentState if one is not ConsentState.RECEIVED])
def test_5_states_hold_a_start_up(state):
    reason = fault(Consent(state, None, date(2027, 1, 1)), DAY.date(), TODAY)
    assert reason
    held = plan(halts=(halt(1), halt(2, "AE", consent=Consent(state))))
    assert list(obstacles(held, TODAY, ZONE)) == [f"2 AE: {reason}"]


@pytest.mark.parametrize(
    ("begins", "until", "today", "holds"),
    [
        (None, date(2026, 4, 10), TODAY, True),
        (None, date(2026, 4, 9), TODAY, False),
        (date(2026, 4, 10), date(2026, 4, 10), TODAY, True),
        (date(2026, 4, 11), date(2026, 4, 30), TODAY, False),
        (None, date(2026, 4, 12), date(2026, 4, 12), True),  # late, and still valid
        (None, date(2026, 4, 11), date(2026, 4, 12), False),  # late, and no more
        (None, None, TODAY, False),
    ],
)
def test_a_consent_must_hold_on_the_planned_day_and_today(begins, until, today, holds):
    said = Consent(ConsentState.RECEIVED, begins, until)
    assert (fault(said, date(2026, 4, 10), today) == "") is holds


def test_the_planned_day_is_that_of_the_authority():
    late = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    found = list(obstacles(plan(halts=(halt(planned_at=late),)), TODAY, ZONE))
    assert found == ["1 NL: its consent is valid until 30 April 2026, not on 1 May 2026."]


def test_a_plan_without_a_route_or_with_a_met_condition_does_not_start():
    assert list(obstacles(plan(), TODAY, ZONE)) == []
    assert list(obstacles(plan(halts=()), TODAY, ZONE)) == ["No country is on the route."]
    met = list(obstacles(plan(conditions_met=("The beacon is silent",)), TODAY, ZONE))
    assert met == ["A stop condition is met: The beacon is silent"]


days = st.dates(date(2026, 3, 1), date(2026, 6, 1))
said = st.builds(Consent, st.sampled_from(ConsentState), st.none() | days, st.none() | days)


@given(st.lists(st.tuples(said, days), min_size=1, max_size=6), days)
def test_a_start_without_every_valid_consent_is_never_let_through(pairs, today):
    halts = tuple(
        halt(n, planned_at=datetime(d.year, d.month, d.day, 12, tzinfo=UTC), consent=one)
        for n, (one, d) in enumerate(pairs, start=1)
    )
    free = not list(obstacles(plan(halts=halts), today, ZONE))
    whole = all(
        one.state is ConsentState.RECEIVED
        and one.valid_until is not None
        and max(day, today) <= one.valid_until
        and (one.valid_from is None or one.valid_from <= max(day, today))
        for one, day in pairs
    )
    assert free == whole


# --- a change of the route ------------------------------------------------------------------------

ROUTE = tuple(halt(n, c) for n, c in enumerate(("NL", "AE", "IN", "NP"), start=1))


def ids(*numbers):
    return {UUID(int=n) for n in numbers}


@pytest.mark.parametrize(
    ("after_it", "concerned"),
    [
        (ROUTE, ids()),
        ((ROUTE[0], replace(ROUTE[1], country="OM"), *ROUTE[2:]), ids(1, 2, 3)),
        ((ROUTE[0], replace(ROUTE[1], place="Jebel Ali"), *ROUTE[2:]), ids(2)),
        ((ROUTE[0], *ROUTE[2:]), ids(1, 3)),  # one taken off
        ((*ROUTE, halt(9, "CN")), ids(4)),  # one at the end: the new one was never asked
        ((halt(9, "BE"), *ROUTE), ids(1)),
        ((ROUTE[1], ROUTE[0], *ROUTE[2:]), ids(1, 2, 3)),  # another order
        (tuple(replace(h, planned_at=DAY) for h in ROUTE), ids()),  # another hour alone
        (tuple(replace(h, legal_basis="Article 2") for h in ROUTE), ids()),
    ],
)
def test_a_change_of_the_route_opens_the_consents_concerned(after_it, concerned):
    assert reopened(ROUTE, after_it) == concerned


@given(st.permutations(ROUTE))
def test_whoever_has_another_neighbour_is_asked_again(mixed):
    found = reopened(ROUTE, mixed)
    for place, one in enumerate(mixed):
        index = ROUTE.index(one)
        around = (ROUTE[index - 1 : index], ROUTE[index + 1 : index + 2])
        now = (tuple(mixed[place - 1 : place]), tuple(mixed[place + 1 : place + 2]))
        before = (tuple(around[0]), tuple(around[1]))
        assert (one.id in found) == (before != now)


# --- hours ----------------------------------------------------------------------------------------


def passing(number, hours=None):
    planned = DAY + timedelta(hours=5 * number)
    arrived = planned + timedelta(hours=hours) if hours is not None else None
    return Passing(number, "Netherlands", "Rotterdam", planned, arrived)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (0, "on time"), (90, "1 h 30 min late"), (-5, "5 min early"), (120, "2 h late")],
)
def test_lateness_is_written_in_hours(minutes, words):
    assert lateness(minutes) == words


def test_late_minutes_are_counted_from_the_plan():
    assert passing(1, 1.5).late_minutes == 90
    assert passing(1, -1).late_minutes == -60
    assert passing(1).late_minutes is None


def test_each_place_stands_in_both_lanes_once_it_was_reached():
    drawn = hours_of([passing(1, 1), passing(2, 0), passing(3)], DAY, ZONE)
    assert [spot.number for spot in drawn.planned.spots] == [1, 2, 3]
    assert [spot.number for spot in drawn.actual.spots] == [1, 2]
    assert drawn.actual.spots[0].x > drawn.planned.spots[0].x
    assert drawn.actual.spots[1].x == drawn.planned.spots[1].x
    assert len(drawn.ties) == 2
    assert drawn.now is None  # before the first
    assert hours_of([passing(1), passing(3)], DAY + timedelta(hours=9), ZONE).now


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=12))
def test_0_marks_leave_the_picture(hours):
    drawn = hours_of([passing(n, h) for n, h in enumerate(hours, start=1)], DAY, ZONE)
    for spot in (*drawn.planned.spots, *drawn.actual.spots):
        assert 0 < spot.x < drawn.width
        assert 0 < spot.y < drawn.height
    assert len(drawn.ticks) <= 10
