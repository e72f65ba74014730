"""The priority is a sum that a person can check, and one more finding never lowers it."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core.access import Role
from portal.submissions.data import Facts, Filed, Payment
from portal.triage import priority, queries
from portal.triage.data import About, Book, SubstanceFacts, Weighed
from tests.factories import NOON, customer, line, make_submission, order

found = some.builds(
    Weighed,
    code=some.sampled_from(["a-1", "b-1", "c-1"]),
    weight=some.integers(0, 60),
    about=some.sampled_from(About),
)
counts = some.tuples(some.integers(0, 500), some.integers(0, 500))
rates = some.dictionaries(some.sampled_from(["a-1", "b-1", "c-1"]), counts)


def points(raised, known=None):
    return priority.total(priority.from_findings(raised, known or {}))


@given(some.lists(found, max_size=12), found, rates)
def test_1_more_finding_never_lowers_the_sum(raised, more, known):
    assert points([*raised, more], known) >= points(raised, known)


@given(found, some.integers(0, 60), some.lists(found, max_size=6))
def test_1_heavier_finding_never_lowers_the_sum(one, more, others):
    assert points([*others, replace(one, weight=one.weight + more)]) >= points([*others, one])


def weighed(*weights):
    return [Weighed(f"r{n}-1", w, kind) for n, (w, kind) in enumerate(weights)]


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ([(25, About.PEOPLE)], 25),
        ([(35, About.PEOPLE), (26, About.PEOPLE)], 61),
        ([(55, About.PEOPLE), (26, About.PEOPLE)], 80),
        ([(25, About.PEOPLE), (9, About.QUANTITY)], 34),
        ([(25, About.PEOPLE), (10, About.QUANTITY)], 45),
        ([(25, About.PEOPLE), (5, About.QUANTITY), (5, About.QUANTITY)], 45),
        ([(20, About.PEOPLE), (20, About.QUANTITY), (20, About.ROUTE)], 80),
    ],
)
def test_2_kinds_of_10_points_strengthen_each_other(raised, expected):
    assert points(weighed(*raised)) == expected


@pytest.mark.parametrize(
    ("led", "cleared", "expected"),
    [(0, 0, 0), (1, 0, 1), (3, 0, 2), (50, 0, 10), (50, 150, 0), (100, 100, 5), (0, 50, 0)],
)
def test_few_outcomes_change_little(led, cleared, expected):
    assert priority.from_rate(led, cleared) == expected


def filed(kind="suspicious-order", **facts):
    said = Facts(**{"lines": (line(),)} | facts)
    return Filed(
        id=uuid4(),
        reference="SO-1",
        kind=kind,
        organisation_id=uuid4(),
        received_at=NOON,
        facts=said,
    )


@pytest.mark.parametrize(
    ("hours", "expected"), [(24, 10), (25, 7), (168, 7), (169, 4), (0, 0), (-1, 0)]
)
def test_goods_that_leave_within_24_hours_are_most_urgent(hours, expected):
    assert priority.urgency(NOON + timedelta(hours=hours), NOON) == expected


def test_what_nobody_can_stop_is_not_urgent():
    assert priority.urgency(None, NOON) == 0


@pytest.mark.parametrize(("days", "expected"), [(3, 4), (4, 0)])
def test_a_notice_within_3_days_of_leaving_is_late(days, expected):
    leaves = NOON.date() + timedelta(days=days)
    assert priority.late(filed("export-notice", dispatch_on=leaves)) == expected
    assert priority.late(filed("loss", dispatch_on=leaves)) == 0
    gone = filed("export-notice", dispatch_on=leaves, dispatched_on=date(2026, 3, 31))
    assert priority.late(gone) == 0


@pytest.mark.parametrize(
    ("kilograms", "expected"), [("0.4", 0), ("0.5", 2), ("5", 4), ("50", 6), ("500", 8)]
)
def test_the_possible_drug_counts_from_1_kg(kilograms, expected):
    book = Book(jurisdiction="EU", yields={"acetone": Decimal(2)})
    lines = (line(), line(base_kg=Decimal(kilograms)))
    assert priority.made(priority.possible_drug(filed(lines=lines), book)) == expected


def test_every_part_of_the_sum_is_shown_with_its_points():
    substance = SubstanceFacts(name="Acetone", un_table="I", eu_category="2A")
    book = Book(
        jurisdiction="EU", substances={"acetone": substance}, yields={"acetone": Decimal(2)}
    )
    lines = (line(base_kg=Decimal(5), threshold=("EU: passed.",)),)
    given_ = filed(lines=lines, indicators=("customer-new", "unknown"), can_stop_until=NOON)
    parts = priority.addends(given_, weighed((25, About.PEOPLE)), book, {"r0-1": (9, 0)}, NOON)
    assert [(part.label, part.points) for part in parts] == [
        ("Findings: people", 25),
        ("Such findings led somewhere before", 5),
        ("Indicators that the reporter saw", 5),
        ("Most dangerous substance", 10),
        ("Could make at most 10 kg of a drug", 4),
        ("A threshold is passed", 4),
    ]


def test_anybody_can_check_the_sum_on_the_page_of_a_case(session, sign_in):
    phone = customer("Иван Петров", phones=("+31612345678",), emails=("ivan@gmail.com",))
    make_submission(session, order(parties=(phone,)))
    other = replace(phone, name="Pjotr Smit")
    data = order(parties=(other,), payments=(Payment.TRANSFER, Payment.CASH))
    later = make_submission(session, data, now=NOON + timedelta(days=1))
    case = queries.get(session, later.id)
    page = sign_in(Role.TRIAGE_OFFICER).get(f"/triage/{case.id}").soup
    kinds = "|".join(about.value.lower() for about in About)
    sums: Counter[str] = Counter()
    for finding in page.select(".graded"):
        told = re.search(rf"\+(\d+) · ({kinds})", finding.get_text(" ", strip=True))
        assert told is not None
        sums[f"Findings: {told[2]}"] += int(told[1])
    parts = {part["label"]: part["points"] for part in case.addends}
    assert len(sums) > 1
    assert {kind: parts.get(kind, 0) for kind in sums} == {
        kind: min(points, priority.MOST_OF_A_KIND) for kind, points in sums.items()
    }
    assert f"= {case.priority}. " in page.get_text()
    assert f"at most {priority.MOST_OF_A_KIND} points count" in page.get_text()


@pytest.mark.parametrize(
    ("points", "colour"), [(priority.HIGH, "red"), (priority.HIGH - 1, "orange")]
)
def test_a_priority_is_red_from_72_points(app, points, colour):
    with app.test_request_context():
        drawn = app.jinja_env.get_template("macros/triage.html").module.priority_tag(points)
    assert f"govuk-tag--{colour}" in drawn
