"""The inner and the outer life: only the tables move."""

import pytest

from portal.organisations import rules as organisations
from portal.submissions import rules as submissions
from portal.triage.life import (
    NOTICE,
    OPEN,
    REPORT,
    Action,
    MoveRefusedError,
    Status,
    actions_from,
    move,
)


@pytest.mark.parametrize("kind", ["suspicious-order", "export-notice"])
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_only_the_table_moves(kind, status, action):
    table = NOTICE if kind == "export-notice" else REPORT
    if (status, action) in table:
        assert move(kind, status, action) is table[status, action]
        assert action in actions_from(kind, status)
    else:
        with pytest.raises(MoveRefusedError):
            move(kind, status, action)


def test_every_status_of_a_notice_is_reached_and_4_are_ends():
    assert {Status.RECEIVED, *NOTICE.values()} == set(Status)
    assert set(Status) - OPEN == {
        *(Status.CLOSED, Status.CONVERTED, Status.RECONCILED, Status.CANCELLED),
    }


@pytest.mark.parametrize("kind", ["loss", "transit-notice"])
@pytest.mark.parametrize("state", submissions.Outer)
@pytest.mark.parametrize("step", submissions.Step)
def test_only_the_2_outer_tables_move(kind, state, step):
    table = submissions.moves_of(kind)
    if (state, step) in table:
        assert submissions.move(kind, state, step) is table[state, step]
    else:
        with pytest.raises(submissions.StepRefusedError):
            submissions.move(kind, state, step)
    offered = step in submissions.steps_from(kind, state)
    assert offered == ((state, step) in table and step in submissions.BY_COMPANY)
    assert submissions.SAID[state]


@pytest.mark.parametrize("standing", organisations.Standing)
@pytest.mark.parametrize("action", organisations.Action)
def test_only_the_table_of_organisations_moves(standing, action):
    if (standing, action) in organisations.MOVES:
        after = organisations.move(standing, action)
        assert after is organisations.MOVES[standing, action]
        assert action in organisations.actions_from(standing)
    else:
        with pytest.raises(organisations.MoveRefusedError):
            organisations.move(standing, action)
    assert organisations.OUTER[standing]
