"""What partners may do after one another, and how long is left."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal.leads import rules as leads
from portal.leads.rules import Action, Status
from portal.partners.inbox.data import RequestAction, RequestState, Result
from portal.partners.inbox.rules import (
    REQUEST_MOVES,
    RequestRefusedError,
    actions_from,
    clock,
    is_known,
    kilograms,
    moved,
)
from tests.factories import NOON

TODAY = NOON.date()


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("action", RequestAction)
def test_a_request_moves_only_as_the_table_says(state, action):
    if (state, action) in REQUEST_MOVES:
        assert moved(state, action) is REQUEST_MOVES[state, action]
        assert action in actions_from(state)
    else:
        with pytest.raises(RequestRefusedError, match=f"cannot {action} a request that is {state}"):
            moved(state, action)


@pytest.mark.parametrize(
    ("days", "words", "colour"),
    [
        (-1, "expired", "red"),
        (0, "last day", "red"),
        (1, "1 day left", "yellow"),
        (14, "14 days left", "yellow"),
        (15, "15 days left", "grey"),
    ],
)
def test_the_clock_warns_14_days_before_the_end(days, words, colour):
    assert clock(TODAY + timedelta(days=days), TODAY) == (words, colour)


def test_a_lead_without_end_has_0_clocks():
    assert clock(None, TODAY) == ("", "")


def test_still_open_alone_tells_nothing():
    assert not is_known([Result.STILL_OPEN])
    assert is_known([Result.STILL_OPEN, Result.NO_ACTION])
    assert not is_known([])


@pytest.mark.parametrize(
    ("quantity", "unit", "kg"),
    [("2", "t", "2000"), ("12.5", "kg", "12.5"), ("500", "g", "0.5"), ("3", "mg", "0.000003")],
)
def test_masses_are_reckoned_exactly(quantity, unit, kg):
    assert kilograms(Decimal(quantity), unit) == Decimal(kg)


def test_volumes_and_pieces_have_0_mass_of_their_own():
    assert kilograms(Decimal(5), "l") is None
    assert kilograms(Decimal(5), "tablets") is None


@pytest.mark.parametrize(
    ("status", "action", "then"),
    [
        (Status.HANDED_OVER, Action.ACT, Status.ACTED_ON),
        (Status.HANDED_OVER, Action.REPORT_OUTCOME, Status.OUTCOME_KNOWN),
        (Status.OUTCOME_KNOWN, Action.ACKNOWLEDGE, Status.OUTCOME_KNOWN),
        (Status.OUTCOME_KNOWN, Action.ACT, Status.OUTCOME_KNOWN),
        (Status.ACTED_ON, Action.HAND_OVER, Status.ACTED_ON),
        (Status.OUTCOME_KNOWN, Action.TAKE_BACK, Status.ACTED_ON),
        (Status.CLOSED, Action.ACKNOWLEDGE, Status.CLOSED),
        (Status.CLOSED, Action.REPORT_OUTCOME, Status.OUTCOME_KNOWN),
    ],
)
def test_a_lead_stands_where_the_furthest_of_several_partners_is(status, action, then):
    assert leads.move(status, action) is then
