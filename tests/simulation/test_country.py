"""What an invented country is like."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice, pairwise
from typing import Any

import pytest

from portal.kinds import KINDS
from portal.reference import queries as reference
from portal.simulation.country import numbered
from portal.simulation.data import Filing
from portal.simulation.planting import SORTS, schemes
from portal.simulation.words.goods import TRADES, TYPICAL
from portal.simulation.words.places import DETOURS, LANDS, WAYPOINTS
from portal.simulation.world import World
from portal.submissions.data import Payment
from portal.submissions.present import mentions

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KIND = {kind.slug: kind for kind in KINDS}


@cache
def country(seed: int = 4, size: int = 5_000) -> tuple[Filing, ...]:
    return tuple(numbered(seed, size, NOW))


def at(record: Any, path: str) -> Any:
    for part in path.split("."):
        record = record[int(part)] if isinstance(record, tuple) else getattr(record, part)
    return record


@pytest.mark.parametrize("size", [100, 1_000, 5_000])
def test_a_country_has_as_many_submissions_as_asked_in_order_of_time(size):
    moments = [one.moment for one in country(4, size)]
    assert len(moments) == size
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert moments[-1] <= NOW


def test_the_same_seed_and_size_give_the_same_records_and_another_seed_others():
    again = tuple(islice(numbered(4, 5_000, NOW), 400))
    assert again == country()[:400]
    assert tuple(islice(numbered(5, 5_000, NOW), 400)) != again


def test_the_first_submissions_come_before_the_rest_of_a_million_is_made():
    assert len(list(islice(numbered(4, 1_000_000, NOW), 50))) == 50


def test_every_record_is_one_of_its_kind_and_survives_its_storage():
    for one in country():
        kind = KIND[one.kind]
        assert kind.load(kind.dump(one.data)) == one.data
        assert not kind.problems(one.data), one


def test_a_planted_scheme_has_its_members_and_one_of_them_is_the_last():
    found: dict[str, list[Filing]] = {}
    for one in country():
        if one.scheme:
            found.setdefault(one.scheme, []).append(one)
    plans = {plan.key: plan for plan in schemes(World(4, 5_000, NOW))}
    assert set(found) == set(plans)
    for key, members in found.items():
        assert len(members) == len(plans[key].days)
        assert 3 <= len(members) <= 8
        assert [one.last for one in members] == [False] * (len(members) - 1) + [True]
        assert {one.sort for one in members} == {plans[key].sort}


def test_every_type_of_scheme_is_there_from_five_thousand_on():
    assert {one.sort for one in country()} - {None} == set(SORTS)
    assert len(SORTS) >= 14


def test_schemes_make_one_to_one_and_a_half_percent_and_are_filed_by_several():
    members = [one for one in country() if one.scheme]
    assert 0.01 <= len(members) / len(country()) <= 0.0155
    suppliers: dict[str | None, set[int]] = {}
    for one in members:
        suppliers.setdefault(one.scheme, set()).add(one.supplier)
    assert all(len(some) > 1 for some in suppliers.values())


def test_who_is_meant_is_known_of_every_party_and_each_path_leads_to_a_name():
    for one in country():
        for path in one.who:
            assert at(one.data, path)
        named = {
            re.sub(r"^(parties\.\d+)\..*", r"\1", found.path)
            for found in mentions(one.data)
            if found.sort == "name" and not re.match(r"driver|custody|taken", found.path)
        }
        assert named <= set(one.who), one


def test_legal_submissions_are_noisy():
    legal: list[Any] = [one for one in country() if one.scheme is None]
    reports = [one.data for one in legal if one.kind == "suspicious-order"]
    ticks = Counter(len(one.indicator_codes) for one in reports)
    assert ticks[0] > 100
    assert ticks[2] + ticks[3] + ticks[4] > 200
    assert any(Payment.CASH in one.payments for one in reports)
    notices = [one.data for one in legal if one.kind == "export-notice"]
    boxes = Counter(box.number for one in notices for box in one.containers)
    assert boxes.most_common(1)[0][1] > 1
    texts = Counter(o.data.use_words for o in legal if o.kind == "end-user-declaration")
    assert texts.most_common(1)[0][1] > 3


def filled(record: object, path: str = "") -> set[str]:
    """Return the names of all answers that are given."""
    found = set()
    for one in fields(record):  # type: ignore[arg-type]
        value = getattr(record, one.name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item):
                found |= filled(item, f"{path}{one.name}.")
            elif item not in (None, "", ()):
                found.add(path + one.name)
    return found


def test_no_answer_is_given_by_schemes_alone():
    legal: dict[str, set[str]] = {}
    planted: dict[str, set[str]] = {}
    for one in country():
        where = planted if one.scheme else legal
        where.setdefault(one.kind, set()).update(filled(one.data))
    for kind, answers in planted.items():
        assert answers <= legal[kind]


def test_people_are_written_in_several_scripts_and_the_same_customer_in_two():
    written: dict[str, set[str]] = {}
    for one in country():
        for path, real in one.who.items():
            value = at(one.data, path)
            name = value if isinstance(value, str) else value.name
            written.setdefault(real, set()).add(name)
    scripts = {"Arabic": r"[؀-ۿ]", "Cyrillic": r"[Ѐ-ӿ]", "Chinese": r"[一-鿿]", "Thai": r"[฀-๿]"}
    for script in scripts.values():
        assert any(re.search(script, name) for names in written.values() for name in names)
        assert any(
            any(re.search(script, name) for name in names)
            and any(re.fullmatch(r"[ -~]+", name) for name in names)
            for names in written.values()
        )


def test_the_words_agree_with_the_reference_data(session):
    known = reference.substances(session, TYPICAL)
    assert set(known) == set(TYPICAL)
    assert {key for goods in TRADES.values() for key in goods} <= set(TYPICAL)
    for stop in {*DETOURS, *WAYPOINTS.values(), *(land.port for land in LANDS)}:
        assert reference.places_at(session, stop), stop


@pytest.mark.parametrize("seed", range(5))
def test_returns_that_disagree_can_be_seen_before_the_last_of_them(seed):
    plans = [one.returns for one in schemes(World(seed, 10_000, NOW)) if one.returns]
    assert plans
    for dues in plans:
        sides = {(one.quarter, one.supplier == one.buyer) for one in dues[:-1]}
        assert any((quarter, True) in sides and (quarter, False) in sides for quarter, _ in sides)
