"""What a record says in English is retold whole, and the words of the data are known."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.intake.completing import completed_line
from portal.reference import queries as reference
from portal.reference.data import Direction, GoodsForm, Strength, Unit
from portal.reference.retelling import retold
from portal.reference.rules.working_days import earliest_departure
from portal.submissions.kind import Law
from tests.factories import line

COLUMNS = (
    *(("thresholds", "effect"), ("deadlines", "words"), ("deadlines", "notes")),
    *(("substances", "physical_state"), ("substances", "controls_cover")),
)
SOLUTION = {"form": GoodsForm.SOLUTION_BY_WEIGHT, "strength_unit": Strength.PERCENT_BY_WEIGHT}
LINES = (
    line("acetic-anhydride", "60", unit=Unit.LITRE),
    line("hydrochloric-acid", "20", unit=Unit.LITRE, strength=Decimal(37), **SOLUTION),
    line("ephedrine", "500", unit=Unit.GRAM, form=GoodsForm.SALT, salt="hydrochloride"),
    line("ephedrine", "30", unit=Unit.TABLET),
    line("acetone", "10", unit=Unit.KILOGRAM, form=GoodsForm.MIXTURE),
    line("toluene", "900", unit=Unit.KILOGRAM),
)


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_each_word_of_the_data_that_people_read_is_in_the_catalogue(known, name, column):
    with Path(f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        words = {row[column] for row in csv.DictReader(file)} - {"", "yes"}
    assert words - known == set()


@pytest.mark.parametrize("jurisdiction", ["EU", "US"])
@pytest.mark.parametrize("direction", list(Direction))
def test_each_working_and_each_threshold_of_6_lines_is_retold(
    app, session, marks, jurisdiction, direction
):
    law = Law(jurisdiction, "NL", date(2026, 11, 25))
    with app.app_context():
        for one in LINES:
            done = completed_line(session, one, law, direction)
            for sentence in (*done.working, *done.threshold):
                bare = " = " in sentence and "(" not in sentence and "of" not in sentence.split()
                assert bare or "⟦" in retold(sentence), sentence


def test_the_reckoning_of_a_date_is_retold_with_its_days(app, session, marks):
    deadlines = list(reference.deadlines(session, "EU").values())
    with app.app_context():
        for one in deadlines:
            for sentence in earliest_departure(date(2026, 3, 5), one, one, "NL").working:
                said = retold(sentence)
                assert "⟦" in said, sentence
