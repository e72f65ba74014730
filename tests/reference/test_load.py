"""Loading is dated and repeatable, and keeps what was."""

import csv
import shutil
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.core.errors import NotFoundError
from portal.reference import queries
from portal.reference.data import Confidence, Direction, Duty, Goods, GoodsForm, Strength, Unit
from portal.reference.formats import ReferenceDataError
from portal.reference.models import ReferenceLoad, ReferencePartner, Substance, Threshold
from portal.reference.services import TABLES, load

FOLDER = Path("data")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = "acetic-anhydride"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped files that a test may change."""
    return shutil.copytree(FOLDER, tmp_path / "data")


def rewrite(folder, name, change):
    """Pass every row of a file through a function; rows it returns None for are dropped."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in map(change, rows) if row is not None)


def recategorise(row):
    return row | {"eu_category": "2B"} if row["id"] == KEY else row


def drop(row):
    return None if row["id"] == KEY else row


def test_the_shipped_files_load_in_less_than_2_seconds(bare):
    begun = time.perf_counter()
    report = load(bare, FOLDER, NOON)
    assert time.perf_counter() - begun < 2
    assert {t.table: t.added for t in report.tables} | {"substance": 129, "place": 561} == {
        t.table: t.added for t in report.tables
    }
    assert (report.opened, report.closed) == (report.opened, 0)
    assert "substance: 129 added, 0 changed, 0 removed" in str(report)


def test_a_second_load_of_the_same_files_writes_0_rows(reference, loaded):
    before = {table: reference.scalar(select(func.count()).select_from(table)) for table in TABLES}
    report = load(reference, FOLDER, loaded + DAY)
    assert (report.opened, report.closed) == (0, 0)
    assert str(report) == "Reference data is up to date."
    after = {table: reference.scalar(select(func.count()).select_from(table)) for table in TABLES}
    assert before == after
    assert reference.scalar(select(func.count()).select_from(ReferenceLoad)) == 1


def test_1_changed_row_closes_its_version_and_opens_another(reference, folder, loaded):
    rewrite(folder, "substances", recategorise)
    report = load(reference, folder, loaded + DAY)
    assert (report.opened, report.closed) == (1, 1)
    new, old = queries.history(reference, Substance, KEY)
    assert (old.eu_category, old.valid_from, old.valid_until) == ("2A", loaded, loaded + DAY)
    assert (new.eu_category, new.valid_from, new.valid_until) == ("2B", loaded + DAY, None)


def test_what_held_on_a_day_can_be_asked_on_both_sides_of_1_change(reference, folder, loaded):
    rewrite(folder, "substances", recategorise)
    load(reference, folder, loaded + DAY)

    def category(at):
        held = {row.key: row for row in queries.rows(reference, Substance, at)}
        return held[KEY].eu_category if KEY in held else None

    assert category(loaded - timedelta(seconds=1)) is None
    assert category(loaded + DAY - timedelta(seconds=1)) == "2A"
    assert category(loaded + DAY) == "2B"


def test_1_removed_row_is_closed_and_still_there(reference, folder, loaded):
    rewrite(folder, "substances", drop)
    report = load(reference, folder, loaded + DAY)
    assert (report.opened, report.closed) == (0, 1)
    gone = queries.get_substance(reference, KEY)
    assert (gone.name, gone.is_current) == ("Acetic anhydride", False)
    assert queries.find_substances(reference, "108-24-7") == []


def test_a_row_that_returns_has_2_versions(reference, folder, loaded):
    rewrite(folder, "substances", drop)
    load(reference, folder, loaded + DAY)
    load(reference, FOLDER, loaded + 2 * DAY)
    assert len(queries.history(reference, Substance, KEY)) == 2
    assert queries.find_substances(reference, "108-24-7")[0].substance.is_current


def test_a_search_knows_1_change_at_once(reference, folder, loaded):
    assert queries.find_substances(reference, "Vinegar oil 77") == []

    def name_anew(row):
        return row | {"synonyms": row["synonyms"] + "|Vinegar oil 77"} if row["id"] == KEY else row

    rewrite(folder, "substances", name_anew)
    load(reference, folder, loaded + DAY)
    assert queries.find_substances(reference, "Vinegar oil 77")[0].substance.key == KEY


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "No such file"),
        (lambda path: path.write_text(""), "columns"),
        (lambda path: path.write_text(path.read_text().split("\n")[0] + "\n"), "is empty"),
        (lambda path: path.write_bytes(b"\xff\xfe" + path.read_bytes()), "decode"),
        (
            lambda path: path.write_text(path.read_text().replace(",kg,", ",stone,a,b")),
            "cell|twice",
        ),
        (lambda path: path.write_text(path.read_text().replace("exceeds", "tops")), "cell"),
        (lambda path: path.write_text(path.read_text() + path.read_text().split("\n")[1]), "twice"),
    ],
)
def test_7_sorts_of_spoiled_file_are_refused_whole(bare, folder, spoil, message):
    spoil(folder / "thresholds.csv")
    with pytest.raises(ReferenceDataError, match=message):
        load(bare, folder, NOON)
    assert bare.scalar(select(func.count()).select_from(Substance)) == 0


def test_1_solution_without_a_density_is_refused(bare, folder):
    def blur(row):
        return row | {"formula": row["formula"].replace(" kg/l x ", " times ")}

    rewrite(folder, "conversion", blur)
    with pytest.raises(ReferenceDataError, match="no density in solution_litre_to_pure_kg-"):
        load(bare, folder, NOON)


def test_a_clock_that_stands_1_second_back_is_refused(reference, loaded):
    with pytest.raises(ReferenceDataError, match="clock"):
        load(reference, FOLDER, loaded - timedelta(seconds=1))


def test_an_unknown_key_is_not_found_in_3_lookups(reference):
    for look in (
        lambda: queries.get_substance(reference, "water"),
        lambda: queries.get_place(reference, "XXXXX"),
        lambda: queries.get(reference, ReferencePartner, "nobody"),
    ):
        with pytest.raises(NotFoundError):
            look()
    assert queries.substances(reference, {"water", KEY}).keys() == {KEY}
    assert queries.substances(reference, set()) == {}


def test_1_code_may_name_several_places_and_the_seaport_comes_first(reference):
    kinds = [place.kind for place in queries.places_at(reference, "sg sin")]
    assert kinds[0] == "seaport"
    assert len(kinds) == 3
    assert queries.get_place(reference, "SGSIN").kind == "seaport"


@pytest.mark.parametrize(
    ("code", "found"), [("2915.24", True), ("29152400", True), ("999999", False), ("29", False)]
)
def test_an_hs_row_is_found_by_its_first_6_digits(reference, code, found):
    row = queries.hs(reference, code)
    assert (row is not None) is found
    assert row is None or KEY in row.substance_keys


def test_a_70_percent_solution_of_ethylamine_is_weighed_from_the_files(reference):
    line = Goods(
        quantity=Decimal(200),
        unit=Unit.LITRE,
        form=GoodsForm.SOLUTION_BY_WEIGHT,
        strength=Decimal(70),
        strength_unit=Strength.PERCENT_BY_WEIGHT,
    )
    mass = queries.mass_of(reference, "ethylamine", line)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal(162), Decimal("113.4"))
    assert mass.confidence is Confidence.GENERAL_KNOWLEDGE


def test_a_confirmed_limit_over_1_confirmed_mass_decides(reference):
    line = Goods(quantity=Decimal(1), unit=Unit.LITRE, form=GoodsForm.PURE)
    mass = queries.mass_of(reference, KEY, line)
    export = queries.threshold_answers(reference, KEY, "EU", Direction.EXPORT, mass, NOON.date())
    assert [(a.exceeded, a.decides) for a in export] == [(True, True)]
    in_us = queries.threshold_answers(reference, KEY, "US", Direction.EXPORT, mass, NOON.date())
    assert not any(answer.decides for answer in in_us)


def test_27_canadian_limits_are_confirmed_but_not_known_to_be_in_force(reference):
    limits = [row for row in queries.rows(reference, Threshold) if row.jurisdiction == "CA"]
    assert len(limits) == 27
    assert {limit.confidence for limit in limits} == {Confidence.CONFIRMED}
    assert {limit.in_force_until for limit in limits} == {date(2019, 5, 14)}


def test_a_possible_yield_is_an_upper_bound_of_general_knowledge(reference):
    base, salt = queries.yields_of(reference, KEY, Decimal(100))
    assert [base.at_most_kg, salt.at_most_kg] == [Decimal("180.93"), Decimal("198.78")]
    assert base.confidence is Confidence.GENERAL_KNOWLEDGE


def test_3_jurisdictions_have_their_deadlines(reference):
    eu, us, treaty = (queries.deadlines(reference, code) for code in ("EU", "US", "TREATY"))
    assert (eu[Duty.PEN_LEAD].days, eu[Duty.PEN_LEAD].count) == (15, "working days")
    assert eu[Duty.PEN_ANSWER].confidence is Confidence.CONFIRMED
    assert (us[Duty.PEN_LEAD].days, us[Duty.PEN_LEAD].count) == (15, "calendar days")
    assert us[Duty.PEN_LEAD].confidence is Confidence.GENERAL_KNOWLEDGE
    assert treaty[Duty.PEN_LEAD].days is None
    assert queries.deadlines(reference, "XX") == {}


def test_61_bodies_are_sorted_and_a_rule_is_found_by_its_country(reference):
    bodies = queries.partner_bodies(reference)
    assert len(bodies) == 61
    assert {"BLO", "PCU", "JPC", "CARICC", "GCC-CICCD", "DLO"} <= {b.acronym for b in bodies}
    assert [rule.key for rule in queries.pen_requirements(reference, "NL")] == ["pen-eu-exporter"]
    assert queries.pen_requirements(reference, "XX") == []


def test_a_field_is_confirmed_only_where_1_row_and_field_are(reference):
    rows = queries.substances(reference, {KEY, "4-piperidone"})
    assert rows[KEY].is_confirmed("eu_category")
    assert rows["4-piperidone"].is_confirmed("un_1988_table")
    assert not rows["4-piperidone"].is_confirmed("eu_category")


def test_a_confirmed_limit_over_1_inferred_listing_does_not_decide(reference):
    line = Goods(quantity=Decimal(1), unit=Unit.KILOGRAM, form=GoodsForm.PURE)
    mass = queries.mass_of(reference, "4-piperidone", line)
    (answer,) = queries.threshold_answers(
        reference, "4-piperidone", "EU", Direction.EXPORT, mass, NOON.date()
    )
    assert (answer.limit.confidence, answer.exceeded) == (Confidence.CONFIRMED, True)
    assert not answer.decides
    assert answer.why == "That the jurisdiction lists the substance is not confirmed."
