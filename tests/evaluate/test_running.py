"""Watching the queue while a country is filed."""

from datetime import timedelta

from evaluate.running import Watch, best, points
from portal.core.access import Role
from portal.simulation.data import Filing
from portal.simulation.services import Filed
from portal.triage import priority
from portal.triage.models import TriageCase
from tests.factories import NOON, make_account, make_submission, order


def case(session, author, number, points):
    received = make_submission(session, author=author, now=NOON + timedelta(hours=number))
    row = session.get_one(TriageCase, received.id)
    row.priority = points
    session.flush()
    return received.id


def test_the_best_place_counts_those_above_and_the_newer_of_the_same_priority(session):
    author = make_account(session, Role.REPORTER)
    ids = [case(session, author, n, p) for n, p in enumerate([10, 50, 50, 90, 20])]
    assert best(session, [ids[3]]) == 1 / 5
    assert best(session, [ids[2]]) == 2 / 5
    assert best(session, [ids[1]]) == 3 / 5
    assert best(session, [ids[0], ids[4]]) == 4 / 5
    session.get_one(TriageCase, ids[3]).open = False
    session.flush()
    assert best(session, [ids[2]]) == 1 / 4
    assert best(session, [ids[3]]) == 1


def filing(scheme=None, last=False):
    return Filing(
        moment=NOON, supplier=0, kind="suspicious-order", data=order(),
        who={"parties.0": "x"}, scheme=scheme, sort="a" if scheme else None, last=last,
    )  # fmt: skip


def test_legal_submissions_are_alarms_when_they_stand_high_then_or_at_the_end(session):
    author = make_account(session, Role.REPORTER)
    watch = Watch()
    then = case(session, author, 0, priority.HIGH)
    later = case(session, author, 1, priority.HIGH - 1)
    planted = case(session, author, 2, priority.HIGH)
    watch.after(session, Filed(filing(), then))
    watch.after(session, Filed(filing(), later))
    watch.after(session, Filed(filing("1-0"), planted))
    assert watch.alarms == {then}
    session.get_one(TriageCase, then).priority = 0
    session.get_one(TriageCase, later).priority = priority.HIGH
    session.flush()
    watch.close(session)
    assert watch.alarms == {then, later}
    assert watch.legal == 2
    assert points(session, planted) == priority.HIGH


def test_a_scheme_is_followed_from_member_to_member(session):
    author = make_account(session, Role.REPORTER)
    watch = Watch()
    for n in range(3):
        case(session, author, n, 30)
    first = case(session, author, 4, 10)
    watch.after(session, Filed(filing("1-0"), first))
    second = case(session, author, 5, 40)
    watch.after(session, Filed(filing("1-0"), second))
    watch.before(session, filing("1-0", last=True))
    third = case(session, author, 6, 50)
    watch.after(session, Filed(filing("1-0", last=True), third))
    track = watch.tracks["1-0"]
    assert track.shares == [4 / 4, 1 / 5]
    assert (track.before_last, track.members, track.best_priority) == (1 / 5, 3, 50)
    assert watch.truth[first, "parties.0"] == "x"
