"""What a return, a dispatch and an arrival raise for officers, from both sides of the border."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from portal.submissions.data import Facts, Filed
from portal.triage.data import Case
from portal.triage.rules.left_early import LEFT_EARLY
from portal.triage.rules.no_balance import NO_BALANCE
from portal.triage.rules.quantity_differs import QUANTITY_DIFFERS
from tests.factories import NOON

DAY = date(2026, 3, 2)


def case(**facts):
    """Return a case with nothing but some facts."""
    return Case(
        filed=Filed(
            id=uuid4(),
            reference="RT-1",
            kind="return",
            organisation_id=uuid4(),
            received_at=NOON,
            facts=Facts(**facts),
        )
    )


def test_1_imbalance_is_found_and_0_are_not():
    assert NO_BALANCE.check(case()) is None
    found = NO_BALANCE.check(case(imbalances=("Toluene: -1 kg",)))
    assert found is not None
    assert found.reason == "Does not balance: Toluene: -1 kg."


def test_1_difference_is_found_and_0_are_not():
    assert QUANTITY_DIFFERS.check(case()) is None
    assert QUANTITY_DIFFERS.check(case(differences=("Toluene: 1 kg shipped",))) is not None


@pytest.mark.parametrize(("released", "early"), [(-1, False), (0, False), (1, True), (None, True)])
def test_a_dispatch_1_day_before_the_release_is_early(released, early):
    on = DAY + timedelta(days=released) if released is not None else None
    assert (LEFT_EARLY.check(case(dispatched_on=DAY, released_on=on)) is not None) == early


def test_0_dispatches_are_not_early():
    assert LEFT_EARLY.check(case()) is None
