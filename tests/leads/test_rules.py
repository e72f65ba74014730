"""The life of a lead, its grading, and what must not reach a partner."""

import pytest

from portal.leads.data import Grading, Handling, Marking, at_most
from portal.leads.rules import MOVES, Action, MoveRefusedError, Status, move
from portal.watchlists.data import Information, Source


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_only_the_table_moves(status, action):
    if (status, action) in MOVES:
        assert move(status, action) is MOVES[status, action]
    else:
        with pytest.raises(MoveRefusedError):
            move(status, action)


def test_a_grading_is_written_in_3_parts():
    grading = Grading(Source.UNTESTED, Information.CORROBORATED, Handling.CONDITIONS)
    assert str(grading) == "2-B-C"
    assert grading.words[0] == "2 – Untested"
    assert "not confirmed" in grading.elsewhere


@pytest.mark.parametrize("limit", Marking)
def test_a_marking_is_allowed_up_to_its_limit(limit):
    allowed = [marking for marking in Marking if at_most(marking, limit)]
    assert allowed == list(Marking)[: list(Marking).index(limit) + 1]
