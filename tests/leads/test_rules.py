"""The life of a lead, its grading, and what must not reach a partner."""

import pytest

from portal.leads.data import Grading, Handling, Marking, at_most
from portal.leads.rules import MOVES, Action, MoveRefusedError, Status, betraying, move
from portal.watchlists.data import Information, Source


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_only_the_table_moves(status, action):
    if (status, action) in MOVES:
        assert move(status, action) is MOVES[status, action]
    else:
        with pytest.raises(MoveRefusedError):
            move(status, action)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reported by NOORDZEE chemie b.v. in May", ["Noordzee Chemie B.V."]),
        ("Seen at the Noordzee coast", []),
        ("See so-7kq2-m9xc", ["SO-7KQ2-M9XC"]),
        ("A bee", []),
    ],
)
def test_a_name_betrays_in_any_case(text, found):
    secrets = ["Noordzee Chemie B.V.", "SO-7KQ2-M9XC", "Bee"]
    assert list(betraying(text, secrets)) == found


def test_a_grading_is_written_in_3_parts():
    grading = Grading(Source.UNTESTED, Information.CORROBORATED, Handling.CONDITIONS)
    assert str(grading) == "2-B-C"
    assert grading.words[0] == "2 – Untested"
    assert "not confirmed" in grading.elsewhere


@pytest.mark.parametrize("limit", Marking)
def test_a_marking_is_allowed_up_to_its_limit(limit):
    allowed = [marking for marking in Marking if at_most(marking, limit)]
    assert allowed == list(Marking)[: list(Marking).index(limit) + 1]
