"""From litres, salts and tablets to kilograms of base, each step in words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.data import (
    Chemistry,
    Confidence,
    Goods,
    GoodsForm,
    SaltFactor,
    SolutionDensity,
    Strength,
    Unit,
    YieldFactor,
)
from portal.reference.rules.chemistry import anhydrous_base, possible_yield, salt_named, to_kg

CONFIRMED, GENERAL = Confidence.CONFIRMED, Confidence.GENERAL_KNOWLEDGE
ANHYDRIDE = Chemistry(
    name="Acetic anhydride",
    density_kg_per_l=Decimal("1.082"),
    density_confidence=CONFIRMED,
    yields=(YieldFactor("heroin hydrochloride", "Acetic anhydride", Decimal("1.9878"), GENERAL),),
)
ETHYLAMINE = Chemistry(
    name="Ethylamine",
    solutions=(
        SolutionDensity("70 percent aqueous solution", Decimal(70), Decimal("0.81"), GENERAL),
    ),
)
METH = "methamphetamine hydrochloride"
EPHEDRINE = Chemistry(
    name="Ephedrine",
    salts=(
        SaltFactor("ephedrine hydrochloride", Decimal("0.8192"), CONFIRMED),
        SaltFactor("ephedrine sulfate", Decimal("0.7711"), CONFIRMED),
    ),
    yields=(
        YieldFactor(METH, "ephedrine hydrochloride", Decimal("0.9207"), GENERAL),
        YieldFactor(METH, "Ephedrine", Decimal("1.1238"), GENERAL),
    ),
)
PIPERIDONE = Chemistry(
    name="4-Piperidone",
    salts=(
        SaltFactor("4-piperidone hydrochloride", Decimal("0.73"), CONFIRMED),
        SaltFactor("4-piperidone hydrochloride monohydrate", Decimal("0.65"), CONFIRMED),
    ),
)


def goods(quantity="200", unit=Unit.LITRE, form=GoodsForm.PURE, **more):
    given_strength = more.pop("strength", None)
    strength = None if given_strength is None else Decimal(given_strength)
    return Goods(quantity=Decimal(quantity), unit=unit, form=form, strength=strength, **more)


@pytest.mark.parametrize(
    ("quantity", "unit", "kilograms"),
    [
        ("2.5", Unit.KILOGRAM, "2.5"),
        ("250", Unit.GRAM, "0.25"),
        ("0.4", Unit.MILLIGRAM, "0"),
        ("0.5", Unit.MILLIGRAM, "0.000001"),
        ("1.2", Unit.TONNE, "1200"),
        ("200", Unit.LITRE, "216.4"),
        ("500", Unit.MILLILITRE, "0.541"),
        ("60", Unit.TABLET, None),
        ("60", Unit.AMPOULE, None),
        ("60", Unit.PACKAGE, None),
    ],
)
def test_each_of_nine_units_becomes_kilograms_or_nothing(quantity, unit, kilograms):
    weighed = to_kg(Decimal(quantity), unit, Decimal("1.082"))
    assert weighed == (None if kilograms is None else Decimal(kilograms))


def test_a_litre_without_1_density_has_no_weight():
    assert to_kg(Decimal(1), Unit.LITRE) is None


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity"])
def test_3_numbers_that_are_no_quantity_are_refused(wrong):
    with pytest.raises(ValueError, match="not a quantity"):
        to_kg(Decimal(wrong), Unit.KILOGRAM)
    with pytest.raises(ValueError, match="not a strength"):
        anhydrous_base(goods(strength=wrong), ANHYDRIDE)


def test_200_litres_of_a_pure_liquid_are_216_4_kg():
    mass = anhydrous_base(goods(), ANHYDRIDE)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal("216.4"), Decimal("216.4"))
    assert mass.working == ("200 l × 1.082 kg/l = 216.4 kg (density of the pure liquid at 20 °C)",)
    assert (mass.missing, mass.confidence) == ((), CONFIRMED)


def test_a_70_percent_solution_uses_its_own_density():
    form = GoodsForm.SOLUTION_BY_WEIGHT
    line = goods(form=form, strength="70", strength_unit=Strength.PERCENT_BY_WEIGHT)
    mass = anhydrous_base(line, ETHYLAMINE)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal(162), Decimal("113.4"))
    assert mass.working == (
        "200 l × 0.81 kg/l = 162 kg (density of Ethylamine, 70 percent aqueous solution)",
        "70 % w/w of 162 kg = 113.4 kg",
    )
    assert mass.confidence is GENERAL


def test_a_stated_density_of_0_8_goes_before_the_list():
    line = goods(
        form=GoodsForm.SOLUTION_BY_WEIGHT,
        strength="70",
        strength_unit=Strength.PERCENT_BY_WEIGHT,
        density_kg_per_l=Decimal("0.8"),
    )
    mass = anhydrous_base(line, ETHYLAMINE)
    assert mass.base_kg == Decimal(112)
    assert "as stated by the company" in mass.working[0]
    assert mass.confidence is CONFIRMED


def test_a_71_percent_solution_without_any_density_is_not_guessed():
    form = GoodsForm.SOLUTION_BY_WEIGHT
    line = goods(form=form, strength="71", strength_unit=Strength.PERCENT_BY_WEIGHT)
    mass = anhydrous_base(line, ETHYLAMINE)
    assert (mass.quantity_kg, mass.base_kg) == (None, None)
    assert mass.missing == ("The density of the goods is not known, so litres cannot be weighed.",)


def test_the_pure_density_stands_in_for_a_70_percent_solution_only_as_an_estimate():
    form = GoodsForm.SOLUTION_BY_WEIGHT
    line = goods(form=form, strength="70", strength_unit=Strength.PERCENT_BY_WEIGHT)
    mass = anhydrous_base(line, ANHYDRIDE)
    assert mass.base_kg == Decimal("151.48")
    assert "an estimate" in mass.working[0]
    assert mass.confidence is GENERAL


@pytest.mark.parametrize("form", [GoodsForm.MIXTURE, GoodsForm.PREPARATION, GoodsForm.CONTAINED])
def test_3_forms_never_borrow_the_density_of_the_pure_liquid(form):
    line = goods(form=form, strength="70", strength_unit=Strength.PERCENT_BY_WEIGHT)
    mass = anhydrous_base(line, ANHYDRIDE)
    assert (mass.quantity_kg, mass.base_kg) == (None, None)


@pytest.mark.parametrize(
    ("strength", "unit", "base"),
    [
        ("70", Strength.PERCENT_BY_VOLUME, "140"),
        ("700", Strength.GRAM_PER_LITRE, "140"),
        ("700", Strength.MILLIGRAM_PER_MILLILITRE, "140"),
    ],
)
def test_a_strength_by_volume_gives_140_kg_without_any_density(strength, unit, base):
    line = goods(form=GoodsForm.SOLUTION_BY_VOLUME, strength=strength, strength_unit=unit)
    mass = anhydrous_base(line, ANHYDRIDE)
    assert (mass.quantity_kg, mass.base_kg) == (None, Decimal(base))
    assert mass.working == (f"{strength} {unit} in 200 l = 140 kg",)
    assert mass.confidence is CONFIRMED


def test_100_kg_of_a_solution_by_volume_need_its_density():
    line = goods("100", Unit.KILOGRAM, GoodsForm.SOLUTION_BY_VOLUME, strength="70",
                 strength_unit=Strength.PERCENT_BY_VOLUME)  # fmt: skip
    assert anhydrous_base(line, ANHYDRIDE).missing == (
        "How many litres the goods are is not known; the strength is by volume.",
    )
    mass = anhydrous_base(replace(line, density_kg_per_l=Decimal("1.25")), ANHYDRIDE)
    assert mass.base_kg == Decimal(56)
    assert mass.working[0] == "100 kg ÷ 1.25 kg/l = 80 l (density as stated by the company)"


def test_1000_tablets_of_30_mg_hold_24_576_grams_of_base():
    line = goods("1000", Unit.TABLET, GoodsForm.PREPARATION, strength="30",
                 strength_unit=Strength.MILLIGRAM_PER_PIECE, salt="hydrochloride")  # fmt: skip
    mass = anhydrous_base(line, EPHEDRINE)
    assert (mass.quantity_kg, mass.base_kg) == (None, Decimal("0.024576"))
    assert mass.working == (
        "1000 tablets × 30 mg = 0.03 kg",
        "ephedrine hydrochloride: 0.03 kg × 0.8192 = 0.024576 kg of anhydrous base",
    )
    assert mass.missing == ("What one tablet weighs is not known.",)


def test_10_litres_hold_no_milligrams_a_piece():
    line = goods("10", strength="30", strength_unit=Strength.MILLIGRAM_PER_PIECE)
    assert "strength is by piece" in anhydrous_base(line, ANHYDRIDE).missing[0]


@pytest.mark.parametrize(
    "salt",
    ["ephedrine hydrochloride", "Hydrochloride", "HCl", "hydrochloride salt", "ephedrine HCL"],
)
def test_25_kg_of_hydrochloride_are_20_48_kg_of_base(salt):
    mass = anhydrous_base(goods("25", Unit.KILOGRAM, GoodsForm.SALT, salt=salt), EPHEDRINE)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal(25), Decimal("20.48"))


@pytest.mark.parametrize(
    ("salt", "reason"),
    [
        (None, "Which salt it is was not said."),
        ("citrate", "No factor is known for citrate."),
        ("ephedrine", "No factor is known for ephedrine."),
    ],
)
def test_25_kg_of_an_unknown_salt_have_a_weight_and_no_base(salt, reason):
    mass = anhydrous_base(goods("25", Unit.KILOGRAM, GoodsForm.SALT, salt=salt), EPHEDRINE)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal(25), None)
    assert mass.missing == (reason,)


def test_of_2_salts_that_fit_the_one_without_water_is_meant():
    found = salt_named("hydrochloride", PIPERIDONE)
    assert found is PIPERIDONE.salts[0]
    assert salt_named("hydrochloride monohydrate", PIPERIDONE) is PIPERIDONE.salts[1]


def test_10_litres_of_a_salt_are_not_weighed_by_the_density_of_its_base():
    line = goods("10", Unit.LITRE, GoodsForm.SALT, salt="hydrochloride")
    mass = anhydrous_base(line, EPHEDRINE)
    assert (mass.quantity_kg, mass.base_kg) == (None, None)


@pytest.mark.parametrize(
    "form",
    [
        GoodsForm.SOLUTION_BY_WEIGHT,
        GoodsForm.SOLUTION_BY_VOLUME,
        GoodsForm.MIXTURE,
        GoodsForm.PREPARATION,
        GoodsForm.CONTAINED,
    ],
)
def test_5_forms_need_a_strength(form):
    mass = anhydrous_base(goods("10", Unit.KILOGRAM, form), ANHYDRIDE)
    assert (mass.quantity_kg, mass.base_kg) == (Decimal(10), None)
    assert mass.missing == ("How much of the goods is Acetic anhydride was not said.",)


@pytest.mark.parametrize(("strength", "base"), [("100", Decimal(10)), ("100.1", None)])
def test_goods_hold_at_most_100_percent(strength, base):
    line = goods("10", Unit.KILOGRAM, strength=strength, strength_unit=Strength.PERCENT_BY_WEIGHT)
    assert anhydrous_base(line, ANHYDRIDE).base_kg == base


def test_980_grams_in_a_kilogram_of_500_grams_are_0_49_kg():
    line = goods("500", Unit.GRAM, strength="980", strength_unit=Strength.GRAM_PER_KILOGRAM)
    mass = anhydrous_base(line, ANHYDRIDE)
    assert mass.working == ("500 g = 0.5 kg", "980 g/kg of 0.5 kg = 0.49 kg")


def test_each_drug_has_1_upper_bound_by_the_factor_of_the_base():
    (bound,) = possible_yield(EPHEDRINE, Decimal(10))
    assert (bound.drug, bound.at_most_kg, bound.confidence) == (METH, Decimal("11.238"), GENERAL)
    (bound,) = possible_yield(ANHYDRIDE, Decimal(10))
    assert bound.working == (
        "10 kg of Acetic anhydride × 1.9878 = at most 19.878 kg of heroin hydrochloride"
    )


def test_where_only_a_salt_has_a_factor_10_kg_of_base_count_as_their_salt():
    (bound,) = possible_yield(replace(EPHEDRINE, yields=EPHEDRINE.yields[:1]), Decimal(10))
    assert bound.working == (
        "12.207031 kg of ephedrine hydrochloride × 0.9207"
        " = at most 11.239013 kg of methamphetamine hydrochloride"
    )


def test_2_numbers_of_15_digits_are_reckoned_too():
    line = goods("9" * 15, density_kg_per_l=Decimal("9" * 15))
    assert anhydrous_base(line, ANHYDRIDE).quantity_kg is not None


@given(
    quantity=st.decimals(0, 10**9, places=6),
    unit=st.sampled_from(Unit),
    form=st.sampled_from(GoodsForm),
    strength=st.none() | st.decimals(0, 2000, places=3),
    strength_unit=st.none() | st.sampled_from(Strength),
    salt=st.none() | st.sampled_from(["hydrochloride", "citrate", ""]),
    density=st.none() | st.decimals("0.1", 5, places=3),
)
def test_a_figure_is_given_or_its_absence_is_explained_in_100_cases(
    quantity, unit, form, strength, strength_unit, salt, density
):
    line = Goods(
        quantity=quantity,
        unit=unit,
        form=form,
        strength=strength,
        strength_unit=strength_unit,
        salt=salt,
        density_kg_per_l=density,
    )
    mass = anhydrous_base(line, EPHEDRINE)
    assert (None in (mass.quantity_kg, mass.base_kg)) == bool(mass.missing)
    assert mass.base_kg is None or mass.base_kg >= 0
    if mass.base_kg is not None and mass.quantity_kg is not None:
        assert mass.base_kg <= mass.quantity_kg
