"""The shipped files say nothing impossible, and say where everything is from."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from molmass import Formula
from stdnum import casrn

from portal.core.languages import countries
from portal.reference import formats
from portal.reference.data import Confidence

FOLDER = Path("data")
SHEETS = {
    sheet.name: sheet
    for sheet in (
        formats.SUBSTANCES,
        formats.SUBSTANCE_NAMES,
        formats.THRESHOLDS,
        formats.CONVERSIONS,
        formats.PEN_REQUIREMENTS,
        formats.HS_CODES,
        formats.PLACES,
        formats.PARTNERS,
        formats.NEEDS,
        formats.DEADLINES,
        formats.SOURCES,
        formats.PERIODS,
    )
}
REQUIRED = {
    "substances": "id name sources un_1988_table incb_issl eu_category us_list hs_code",
    "substance_names": "id substance_id language name confidence",
    "thresholds": "id jurisdiction substance_id direction threshold_quantity unit period effect "
    "legal_basis source source_date",
    "conversion": "id kind substance_id form target factor formula source",
    "pen_requirements": "id government country_iso role substances basis date evidence "
    "completeness source",
    "needs": "id country_iso substance_ids need notes source",
    "hs": "hs6 heading chapter description nomenclature source",
    "locations": "id locode name country_iso region kind latitude longitude un_locode_functions "
    "coordinate_source source",
    "partners": "id acronym name kind role source",
    "deadlines": "id jurisdiction duty words legal_basis source",
    "sources": "key title kind",
    "source_periods": "source notes",
}
PERIODS = {
    "per consignment",
    "per transaction",
    "calendar month (cumulative)",
    "year",
    "preceding calendar year",
    "per package",
}
STATES = {
    "solid",
    "liquid",
    "gas",
    "aqueous solution",
    "gas or aqueous solution",
    "preparation",
    "",
}
KINDS = {"salt_to_base", "litre_to_kg", "solution_litre_to_pure_kg", "stoichiometric_maximum"}
ALLOWED = {
    ("substances", "un_1988_table"): {"I", "II", "none"},
    ("substances", "incb_issl"): {"yes", "no", "unconfirmed"},
    ("substances", "eu_category"): {"1", "2A", "2B", "3", "4", "none"},
    ("substances", "us_list"): {"I", "II", "none"},
    ("substances", "physical_state"): STATES,
    ("thresholds", "jurisdiction"): {"EU", "US", "CA"},
    ("thresholds", "direction"): {"export", "import", "domestic", "all"},
    ("thresholds", "unit"): {"kg", "g", "l", "gal_us"},
    ("thresholds", "period"): PERIODS,
    ("thresholds", "comparator"): {"exceeds", "equals_or_exceeds"},
    ("conversion", "kind"): KINDS,
    ("pen_requirements", "role"): {"exporter", "importer"},
    ("pen_requirements", "evidence"): {"direct", "indirect"},
    ("hs", "specific"): {"yes", "no"},
    ("deadlines", "jurisdiction"): {"EU", "US", "TREATY"},
}
DRUGS = {
    "amphetamine", "methamphetamine", "methcathinone", "mephedrone", "MDMA", "MDA", "MDEA",
    "cocaine", "heroin", "fentanyl", "fentanyl-analogues", "LSD", "methaqualone", "mecloqualone",
    "PCP", "ketamine", "GHB",
}  # fmt: skip
# A place of a kind needs one of these UN/LOCODE functions, or `kind` among unconfirmed fields.
FUNCTIONS = {"seaport": "1", "airport": "4", "dry_port": "236", "land_border": "B"}
UNSEEN = {"general-knowledge", "US-1310.04-GK"}  # keys that say that no source was read
MASS_TOLERANCE = 0.002  # g/mol, values are rounded to three decimals
FACTOR_TOLERANCE = 0.00006  # factors are rounded to four decimals
LITRES_IN_A_US_GALLON = 3.785411784
# The US regulation prints its own rounded weight beside each gallon figure.
UNIT_TOLERANCE = {"kg": 0.0005, "g": 0.0005, "l": 0.002, "gal_us": 0.055}
FOREIGN = re.compile(
    r"(?<![\w./:-])/(?:work|tmp|root|home|opt|usr|var|mnt)/"  # paths of a machine
    r"|\b[A-Za-z]:\\"
    r"|\b(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b|\blocalhost\b"
)


def cells(name):
    """Return the rows of a file as they stand in it."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


DATA = {name: cells(name) for name in SHEETS}
SUBSTANCES = {row["id"]: row for row in DATA["substances"]}
HS = {row["hs6"]: row for row in DATA["hs"]}
SOURCES = {row["key"] for row in DATA["sources"]}
split = formats.several


def every(name):
    """Run a test for each row of a file."""
    key = SHEETS[name].key
    return pytest.mark.parametrize("row", DATA[name], ids=[row[key] for row in DATA[name]])


def mass(formula):
    return Formula(formula).mass


@pytest.mark.parametrize("name", SHEETS)
def test_each_of_the_eleven_files_reads_as_its_sheet_says(name):
    rows = formats.read(FOLDER, SHEETS[name])
    assert len(rows) == len(DATA[name]) > 0
    if SHEETS[name].key == "id":
        slug = re.compile("[a-z0-9_]+(-[a-z0-9_]+)*")
        assert [row["key"] for row in rows if not slug.fullmatch(row["key"])] == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_required_cell_is_empty_and_no_cell_has_spare_blanks(name):
    for row in DATA[name]:
        assert None not in row.values()
        assert all(value == value.strip() for value in row.values()), row
        assert all(row[column] for column in REQUIRED[name].split()), row


@pytest.mark.parametrize(("name", "column"), ALLOWED)
def test_a_closed_column_holds_nothing_but_its_words(name, column):
    assert {row[column] for row in DATA[name]} <= ALLOWED[name, column]


@pytest.mark.parametrize("name", sorted(SHEETS.keys() - {"sources", "source_periods"}))
def test_every_row_names_known_sources_and_a_confirmed_one_names_one_that_was_read(name):
    for row in formats.read(FOLDER, SHEETS[name]):
        assert set(row["sources"]) <= SOURCES, row["key"]
        if row["confidence"] is Confidence.CONFIRMED:
            assert not set(row["sources"]) <= UNSEEN, row["key"]
            assert row.get("kind") == "seaport" or "kind" not in row["unconfirmed_fields"]
        known = SHEETS[name].columns.split()
        assert set(row["unconfirmed_fields"]) <= set(known), row["key"]


def test_every_period_is_of_a_known_source_and_not_backwards():
    for row in formats.read(FOLDER, formats.PERIODS):
        assert row["key"] in SOURCES
        begun, ended = row["in_force_from"], row["in_force_until"]
        assert begun or ended
        assert not (begun and ended) or begun < ended


def test_a_cas_number_is_valid_and_belongs_to_one_substance():
    numbers = [
        number.split(" ")[0]
        for row in DATA["substances"]
        for number in [*split(row["cas_rn"]), *split(row["cas_rn_other"])]
    ]
    assert [n for n in numbers if not re.fullmatch(r"\d{2,7}-\d{2}-\d", n)] == []
    assert [n for n in numbers if not casrn.is_valid(n)] == []
    assert [n for n, times in Counter(numbers).items() if times > 1] == []


def test_no_two_substances_share_a_name_and_none_repeats_a_synonym():
    names = Counter(row["name"].lower() for row in DATA["substances"])
    assert max(names.values()) == 1
    for row in DATA["substances"]:
        synonyms = [synonym.lower() for synonym in split(row["synonyms"])]
        assert len(synonyms) == len(set(synonyms)), row["id"]


@every("substances")
def test_a_substance_has_codes_that_exist(row):
    assert row["id"] in split(HS[row["hs_code"]]["substance_ids"])
    assert all(re.fullmatch(r"\d{4}", n) for n in split(row["un_dangerous_goods_number"]))
    assert re.fullmatch(r"(\d{4})?", row["dea_code"])
    assert set(split(row["precursor_of"])) <= DRUGS


@every("substances")
def test_a_substance_is_listed_without_contradiction(row):
    scheduled = row["un_1988_table"] != "none"
    assert bool(row["un_table_since"]) == scheduled
    assert not scheduled or 1988 <= int(row["un_table_since"]) <= 2100
    assert not (scheduled and row["incb_issl"] == "yes")
    if row["eu_category"] != "none":
        limits = [t for t in DATA["thresholds"] if t["substance_id"] == row["id"]]
        assert "EU" in {limit["jurisdiction"] for limit in limits}


@every("substances")
def test_the_molar_mass_follows_from_the_formula_within_0_002(row):
    assert bool(row["molecular_formula"]) == bool(row["molar_mass"])
    if row["molecular_formula"]:
        assert mass(row["molecular_formula"]) == pytest.approx(
            float(row["molar_mass"]), abs=MASS_TOLERANCE
        )


@every("substances")
def test_only_a_liquid_has_a_density_and_it_is_between_0_5_and_5(row):
    if row["density_kg_per_l"]:
        assert row["physical_state"] == "liquid"
        assert 0.5 <= float(row["density_kg_per_l"]) <= 5


@every("thresholds")
def test_the_kilograms_of_a_threshold_follow_from_its_quantity(row):
    substance = SUBSTANCES[row["substance_id"]]
    quantity = float(row["threshold_quantity"])
    assert quantity >= 0
    density = float(substance["density_kg_per_l"] or 0)
    per_unit = {
        "kg": 1,
        "g": 0.001,
        "l": density,
        "gal_us": density * LITRES_IN_A_US_GALLON,
    }[row["unit"]]
    if not row["quantity_kg"]:
        assert not per_unit
    elif per_unit:
        kilograms = float(row["quantity_kg"])
        tolerance = max(0.001, UNIT_TOLERANCE[row["unit"]] * kilograms)
        assert kilograms == pytest.approx(quantity * per_unit, abs=tolerance)


@every("thresholds")
def test_a_threshold_is_of_a_substance_that_its_jurisdiction_lists(row):
    substance = SUBSTANCES[row["substance_id"]]
    column = {"EU": "eu_category", "US": "us_list"}.get(row["jurisdiction"])
    assert column is None or substance[column] != "none"


def test_no_threshold_and_no_factor_is_given_twice():
    untold = {"id", "quantity_kg", "comparator", "effect", "source", "source_date", "notes"}
    limits = [{c: row[c] for c in row.keys() - untold} for row in DATA["thresholds"]]
    assert [limit for limit in limits if limits.count(limit) > 1] == []
    factors = [(r["kind"], r["substance_id"], r["form"], r["target"]) for r in DATA["conversion"]]
    assert max(Counter(factors).values()) == 1


@every("conversion")
def test_a_factor_follows_from_its_masses_or_densities(row):
    substance = SUBSTANCES[row["substance_id"]]
    factor = float(row["factor"])
    if row["kind"] == "litre_to_kg":
        assert factor == pytest.approx(float(substance["density_kg_per_l"]), abs=FACTOR_TOLERANCE)
    elif row["kind"] == "solution_litre_to_pure_kg":
        density, fraction = re.findall(r"([\d.]+) kg/l x ([\d.]+)", row["formula"])[0]
        assert factor == pytest.approx(float(density) * float(fraction), abs=FACTOR_TOLERANCE)
        assert float(row["form"].split(" ")[0]) == pytest.approx(float(fraction) * 100)
    else:
        whole, part = mass(row["form_formula"]), mass(row["target_formula"])
        assert whole == pytest.approx(float(row["form_molar_mass"]), abs=MASS_TOLERANCE)
        assert part == pytest.approx(float(row["target_molar_mass"]), abs=MASS_TOLERANCE)
        units = float(row["target_units_per_form"])
        assert factor == pytest.approx(units * part / whole, abs=FACTOR_TOLERANCE)
    if row["kind"] == "salt_to_base":
        assert row["target_formula"] == substance["molecular_formula"]
        assert 0 < factor <= 1, "a salt cannot hold more than its own mass of base"


@every("conversion")
def test_a_possible_yield_is_never_called_confirmed(row):
    if row["kind"] == "stoichiometric_maximum":
        assert row["confidence"] == "general-knowledge"


@every("hs")
def test_an_hs_code_has_six_digits_and_knows_its_substances(row):
    assert re.fullmatch(r"\d{6}", row["hs6"])
    assert (row["heading"], row["chapter"]) == (row["hs6"][:4], row["hs6"][:2])
    assert set(split(row["substance_ids"])) <= SUBSTANCES.keys()


@every("locations")
def test_a_place_has_a_code_of_its_country_and_a_position_on_earth(row):
    unconfirmed = split(row["unconfirmed_fields"])
    assert re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", row["locode"])
    assert row["country_iso"] in countries()
    assert row["locode"][:2] == row["country_iso"]
    for column, limit in (("latitude", 90), ("longitude", 180)):
        assert re.fullmatch(r"-?\d{1,3}\.\d{2}", row[column])
        assert abs(float(row[column])) <= limit
    assert re.fullmatch(r"[0-9B-]{8}", row["un_locode_functions"])
    wanted = FUNCTIONS.get(row["kind"], "")
    fitting = set(wanted) & set(row["un_locode_functions"])
    assert fitting or not wanted or "kind" in unconfirmed
    if row["coordinate_source"].startswith("general-knowledge"):
        assert {"latitude", "longitude"} <= set(unconfirmed)


def test_no_place_is_given_twice():
    places = Counter((row["locode"], row["kind"], row["name"]) for row in DATA["locations"])
    assert max(places.values()) == 1


@every("partners")
def test_a_body_has_members_that_exist_each_once(row):
    members = split(row["member_iso"])
    assert members == ["global"] or set(members) <= countries().keys()
    assert len(members) == len(set(members))
    assert not row["seat_country_iso"] or row["seat_country_iso"] in countries()
    assert re.fullmatch(r"(\d{4}(-\d{2}){0,2})?", row["established"])


@every("pen_requirements")
def test_a_notification_rule_is_of_countries_that_exist(row):
    assert set(split(row["country_iso"])) <= countries().keys()


@every("needs")
def test_a_need_is_of_a_country_and_substances_that_exist(row):
    assert row["country_iso"] in countries()
    assert set(split(row["substance_ids"])) <= SUBSTANCES.keys()


@every("deadlines")
def test_a_deadline_counts_its_days_or_has_none(row):
    assert bool(row["days"]) == bool(row["count"])


def test_no_file_names_a_machine_or_a_local_address():
    for file in FOLDER.iterdir():
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            assert not FOREIGN.search(line), f"{file.name} line {number}"
