"""From what a line says to kilograms, anhydrous base and possible drug, with the working shown.

A figure that cannot be reckoned is None and `missing` says why; nothing is assumed silently.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from portal.core.text import search_key
from portal.reference.data import (
    Chemistry,
    Confidence,
    DrugYield,
    Goods,
    GoodsForm,
    Mass,
    SaltFactor,
    Strength,
    Unit,
    YieldFactor,
    number,
)

TO_KG: Mapping[Unit, Decimal] = {
    Unit.KILOGRAM: Decimal(1),
    Unit.GRAM: Decimal("0.001"),
    Unit.MILLIGRAM: Decimal("0.000001"),
    Unit.TONNE: Decimal(1000),
}
TO_LITRES: Mapping[Unit, Decimal] = {Unit.LITRE: Decimal(1), Unit.MILLILITRE: Decimal("0.001")}
PIECES = {Unit.TABLET: "tablet", Unit.AMPOULE: "ampoule", Unit.PACKAGE: "package"}

SHARE_BY_WEIGHT: Mapping[Strength, Decimal] = {
    Strength.PERCENT_BY_WEIGHT: Decimal("0.01"),
    Strength.GRAM_PER_KILOGRAM: Decimal("0.001"),
}
KG_IN_A_LITRE: Mapping[Strength, Decimal] = {
    Strength.PERCENT_BY_VOLUME: Decimal("0.01"),
    Strength.GRAM_PER_LITRE: Decimal("0.001"),
    Strength.MILLIGRAM_PER_MILLILITRE: Decimal("0.001"),
}
SOLUTIONS = {GoodsForm.SOLUTION_BY_WEIGHT, GoodsForm.SOLUTION_BY_VOLUME}
WHOLE = {GoodsForm.PURE, GoodsForm.SALT}  # forms that are all substance unless a strength is given
SALT_SPELLINGS = {
    "hcl": "hydrochloride",
    "sulphate": "sulfate",
}
MILLIGRAM = Decimal("0.000001")  # results are rounded to it, in kg
WIDE = Context(prec=60)  # digits: no typed number is too long to be rounded
STATED = "density as stated by the company"


@dataclass(frozen=True, slots=True)
class Density:
    """What a litre of the goods weighs, and where that comes from."""

    kg_per_l: Decimal
    words: str
    confidence: Confidence


@dataclass(slots=True)
class Working:
    """The steps of one reckoning, and what stood in its way."""

    steps: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    confidence: Confidence = Confidence.CONFIRMED

    def lean_on(self, confidence: Confidence) -> None:
        """Let the result be no surer than a figure it uses."""
        if confidence is Confidence.GENERAL_KNOWLEDGE:
            self.confidence = confidence

    def lack(self, reason: str) -> None:
        """Note why a figure cannot be told."""
        self.missing.append(reason)


def to_kg(quantity: Decimal, unit: Unit, density_kg_per_l: Decimal | None = None) -> Decimal | None:
    """Return the weight in kilograms; None for pieces, and for litres without a density.

    Raises:
        ValueError: the quantity is negative or no number.
    """
    if not quantity.is_finite() or quantity < 0:
        raise ValueError(f"not a quantity: {quantity}")
    if unit in TO_KG:
        return rounded(quantity * TO_KG[unit])
    if unit in TO_LITRES and density_kg_per_l is not None:
        return rounded(quantity * TO_LITRES[unit] * density_kg_per_l)
    return None


def anhydrous_base(goods: Goods, chemistry: Chemistry) -> Mass:
    """Reckon what the goods weigh and how much anhydrous base is in them.

    Raises:
        ValueError: the quantity or strength is negative or no number.
    """
    if goods.strength is not None and not (goods.strength.is_finite() and goods.strength >= 0):
        raise ValueError(f"not a strength: {goods.strength}")
    working = Working()
    quantity_kg = weight(goods, chemistry, working)
    content_kg = content(goods, chemistry, quantity_kg, working)
    base_kg = base_of(goods, chemistry, content_kg, working)
    if base_kg is not None and quantity_kg is not None and base_kg > quantity_kg:
        working.lack("The goods cannot hold more of the substance than they weigh: check figures.")
        base_kg = None
    return Mass(
        quantity_kg, base_kg, tuple(working.steps), tuple(working.missing), working.confidence
    )


def weight(goods: Goods, chemistry: Chemistry, working: Working) -> Decimal | None:
    """Return the kilograms of the goods as delivered."""
    amount = f"{number(goods.quantity)} {goods.unit}"
    if goods.unit in PIECES:
        to_kg(goods.quantity, goods.unit)  # refuses what is no quantity
        working.lack(f"What one {PIECES[goods.unit]} weighs is not known.")
        return None
    if goods.unit in TO_KG:
        kilograms = to_kg(goods.quantity, goods.unit)
        if goods.unit is not Unit.KILOGRAM and kilograms is not None:
            working.steps.append(f"{amount} = {number(kilograms)} kg")
        return kilograms
    density = density_of(goods, chemistry)
    kilograms = to_kg(goods.quantity, goods.unit, density.kg_per_l if density else None)
    if density is None or kilograms is None:
        working.lack("The density of the goods is not known, so litres cannot be weighed.")
        return None
    working.lean_on(density.confidence)
    working.steps.append(
        f"{amount} × {number(density.kg_per_l)} kg/l = {number(kilograms)} kg ({density.words})"
    )
    return kilograms


def density_of(goods: Goods, chemistry: Chemistry) -> Density | None:
    """Return the density as stated, else of the solution, else of the pure liquid.

    The pure liquid stands in for a solution of known strength by weight: the words then say
    that it is an estimate. It never stands in for a salt, a mixture or a preparation.
    """
    if goods.density_kg_per_l is not None:
        return Density(goods.density_kg_per_l, STATED, Confidence.CONFIRMED)
    if goods.salt or (goods.form not in SOLUTIONS and goods.form is not GoodsForm.PURE):
        return None
    percent = percent_by_weight(goods)
    for solution in chemistry.solutions:
        if solution.percent_by_weight == percent:
            words = f"density of {chemistry.name}, {solution.name}"
            return Density(solution.density_kg_per_l, words, solution.confidence)
    pure = chemistry.density_kg_per_l
    if pure is None or (goods.form in SOLUTIONS and percent is None):
        return None
    if goods.form is GoodsForm.PURE:
        return Density(pure, "density of the pure liquid at 20 °C", chemistry.density_confidence)
    words = "density of the pure liquid, an estimate: that of the solution is not known"
    return Density(pure, words, Confidence.GENERAL_KNOWLEDGE)


def percent_by_weight(goods: Goods) -> Decimal | None:
    """Return the strength in % w/w if it was given by weight."""
    if goods.strength is None or goods.strength_unit is None:
        return None
    share = SHARE_BY_WEIGHT.get(goods.strength_unit)
    return None if share is None else goods.strength * share * 100


def content(
    goods: Goods, chemistry: Chemistry, quantity_kg: Decimal | None, working: Working
) -> Decimal | None:
    """Return the kilograms of the substance, or of its salt, in the goods."""
    strength, unit = goods.strength, goods.strength_unit
    if strength is None or unit is None:
        if goods.form not in WHOLE:
            working.lack(f"How much of the goods is {chemistry.name} was not said.")
            return None
        return quantity_kg
    if unit is Strength.MILLIGRAM_PER_PIECE:
        return content_of_pieces(goods, strength, working)
    said = f"{number(strength)} {unit}"
    if unit in KG_IN_A_LITRE:
        litres = litres_of(goods, quantity_kg, working)
        return share_of(litres, "in", "l", strength * KG_IN_A_LITRE[unit], said, working)
    return share_of(quantity_kg, "of", "kg", strength * SHARE_BY_WEIGHT[unit], said, working)


def share_of(
    whole: Decimal | None, joint: str, unit: str, share: Decimal, said: str, working: Working
) -> Decimal | None:
    """Return the kilograms that so much in each litre or kilogram makes."""
    if whole is None:
        return None
    held = rounded(whole * share)
    working.steps.append(f"{said} {joint} {number(whole)} {unit} = {number(held)} kg")
    return held


def litres_of(goods: Goods, quantity_kg: Decimal | None, working: Working) -> Decimal | None:
    """Return how many litres the goods are; from kilograms only by a stated density."""
    if goods.unit in TO_LITRES:
        return goods.quantity * TO_LITRES[goods.unit]
    if quantity_kg is None or not goods.density_kg_per_l:
        working.lack("How many litres the goods are is not known; the strength is by volume.")
        return None
    litres = rounded(quantity_kg / goods.density_kg_per_l)
    working.steps.append(
        f"{number(quantity_kg)} kg ÷ {number(goods.density_kg_per_l)} kg/l"
        f" = {number(litres)} l ({STATED})"
    )
    return litres


def content_of_pieces(goods: Goods, milligrams: Decimal, working: Working) -> Decimal | None:
    """Return the kilograms that so many milligrams in each piece make."""
    if goods.unit not in PIECES:
        working.lack("How many pieces the goods are is not known; the strength is by piece.")
        return None
    held = rounded(goods.quantity * milligrams * MILLIGRAM)
    pieces = f"{number(goods.quantity)} {goods.unit}"
    working.steps.append(f"{pieces} × {number(milligrams)} mg = {number(held)} kg")
    return held


def base_of(
    goods: Goods, chemistry: Chemistry, content_kg: Decimal | None, working: Working
) -> Decimal | None:
    """Return the anhydrous base in so much of the substance or its salt."""
    if not goods.salt:
        if goods.form is GoodsForm.SALT:
            working.lack("Which salt it is was not said.")
            return None
        return content_kg
    salt = salt_named(goods.salt, chemistry)
    if salt is None:
        working.lack(f"No factor is known for {goods.salt}.")
        return None
    if content_kg is None:
        return None
    working.lean_on(salt.confidence)
    base_kg = rounded(content_kg * salt.factor)
    working.steps.append(
        f"{salt.salt}: {number(content_kg)} kg × {number(salt.factor)}"
        f" = {number(base_kg)} kg of anhydrous base"
    )
    return base_kg


def salt_named(name: str, chemistry: Chemistry) -> SaltFactor | None:
    """Return the factor of a salt, named in full or by its acid alone: `hydrochloride`, `HCl`.

    Of several that fit the one with the fewest words is meant (`hydrochloride` is not its
    monohydrate); None if two fit alike, or if only the substance itself was named.
    """
    said = salt_words(name)
    if said <= salt_words(chemistry.name):
        return None
    fitting = [salt for salt in chemistry.salts if said <= salt_words(salt.salt)]
    fewest = min((len(salt_words(salt.salt)) for salt in fitting), default=0)
    meant = [salt for salt in fitting if len(salt_words(salt.salt)) == fewest]
    return meant[0] if len(meant) == 1 else None


def salt_words(name: str) -> Set[str]:
    """Return the words of a salt's name in one spelling."""
    return {SALT_SPELLINGS.get(word, word) for word in search_key(name).split()} - {"salt"}


def possible_yield(chemistry: Chemistry, base_kg: Decimal) -> tuple[DrugYield, ...]:
    """Return, for each drug, the most that so much base could give: one figure a drug.

    An upper bound by mass balance: the true yield lies between nothing and it. A factor of the
    base goes before one of a salt, which is for as much salt as holds the base.
    """
    salts = {salt.salt for salt in chemistry.salts}
    found: dict[str, DrugYield] = {}
    for factor in sorted(chemistry.yields, key=lambda factor: factor.form in salts):
        found.setdefault(factor.drug, yield_by(factor, chemistry.salts, base_kg))
    return tuple(found.values())


def yield_by(factor: YieldFactor, salts: Sequence[SaltFactor], base_kg: Decimal) -> DrugYield:
    """Apply one factor to the base, or to the salt that holds it."""
    salt = next((salt for salt in salts if salt.salt == factor.form), None)
    form_kg = base_kg if salt is None else rounded(base_kg / salt.factor)
    at_most = rounded(form_kg * factor.factor)
    words = (
        f"{number(form_kg)} kg of {factor.form} × {number(factor.factor)}"
        f" = at most {number(at_most)} kg of {factor.drug}"
    )
    return DrugYield(factor.drug, at_most, words, factor.confidence)


def rounded(kilograms: Decimal) -> Decimal:
    """Round to a milligram, halves away from zero."""
    return kilograms.quantize(MILLIGRAM, ROUND_HALF_UP, WIDE)
