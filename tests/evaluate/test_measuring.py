"""The arithmetic of the evaluation, on cases made by hand."""

import pytest

from evaluate.entities import place_of
from evaluate.measuring import Track, agreement, by_sort, per_thousand, rank_share, row


def test_pairs_that_are_rightly_and_wrongly_put_together_are_counted():
    # true pairs: ab, ac, bc, de; found pairs: ab, cd
    found = agreement([("x", 1), ("x", 1), ("x", 2), ("y", 2), ("y", 3)])
    assert found.precision == pytest.approx(1 / 2)
    assert found.recall == pytest.approx(1 / 4)
    assert found.f1 == pytest.approx(1 / 3)


def test_perfect_and_useless_groupings():
    assert agreement([("x", 1), ("x", 1), ("y", 2)]).f1 == 1
    assert agreement([("x", 1), ("y", 1)]).f1 == 0
    assert agreement([("x", 1), ("y", 2)]).f1 == 1


@pytest.mark.parametrize(("above", "queue", "share"), [(0, 100, 0.01), (1, 100, 0.02), (0, 0, 1.0)])
def test_the_place_in_the_queue_is_a_share_of_it(above, queue, share):
    assert rank_share(above, queue) == share


def test_a_scheme_counts_as_in_time_by_where_it_stands_just_before_its_last():
    early = Track("1", "a", members=4, shares=[0.5, 0.02, 0.03], before_last=0.03)
    assert early.found_after(0.02) == 2
    assert early.early(0.02) == 2
    assert not early.in_time(0.02)
    assert early.in_time(0.03)
    late = Track("2", "a", members=4, shares=[0.5, 0.4, 0.3], before_last=0.021)
    assert late.found_after(0.02) is None
    assert late.early(0.02) == 0
    assert not late.in_time(0.02)


def test_a_type_is_summed_up_over_its_schemes():
    one = Track("1", "a", members=4, shares=[0.01], before_last=0.01, best_priority=80)
    two = Track("2", "a", members=3, shares=[0.9, 0.8], before_last=0.8, best_priority=20)
    other = Track("3", "b", members=3, shares=[], before_last=None)
    found = by_sort([other, two, one])
    assert list(found) == ["a", "b"]
    told = row("a", list(found["a"]), 0.02)
    assert (told["schemes"], told["submissions"], told["in_time"], told["found"]) == (2, 7, 1, 1)
    assert told["submissions_early"] == 1.5
    assert told["best_rank_worst"] == 0.8


def test_alarms_are_counted_per_thousand():
    assert per_thousand(30, 2_000) == 15
    assert per_thousand(3, 0) == 0


def test_a_path_tells_of_its_party():
    assert place_of("parties.3.name") == "parties.3"
    assert place_of("legs.0.carrier") == "legs.0.carrier"
