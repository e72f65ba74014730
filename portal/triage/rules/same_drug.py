"""Precursors and their reagents come together in one order.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade.
"""

from portal.triage.data import About, Case, Evidence, Finding, Past, Rule, SubstanceFacts, listed

BULK_CATEGORY = "3"  # of the EU: solvents and acids, which everybody buys
BULK = {  # chemicals on no list, which everybody buys too
    *("acetic-acid", "ammonia-anhydrous", "ammonia-solution", "ammonium-chloride"),
    *("calcium-chloride", "calcium-oxide", "chloroform", "dichloromethane", "ethyl-acetate"),
    *("hexane", "isopropanol", "methanol", "mibk", "sodium-bicarbonate", "sodium-carbonate"),
    *("sodium-hydroxide", "sodium-metabisulfite", "tartaric-acid"),
}
STRONG = ("1", "2A", "2B")

ByDrug = dict[str, dict[str, Evidence]]


def check(case: Case) -> Finding | None:
    """Raise a strong precursor with a reagent for the same drug in one order.

    Solvents, acids and other bulk chemicals raise nothing: they go with everything.
    """
    for drug, seen in by_drug(case, (), bulk=False).items():
        if len(seen) > 1 and any(strong_by_name(case, name) for name in seen):
            names = listed(sorted(seen))
            return Finding(f"{names} in one order serve to make {drug}.", tuple(seen.values()))
    return None


def is_bulk(key: str | None, substance: SubstanceFacts) -> bool:
    """Tell whether a substance is bought by everybody."""
    return key in BULK or substance.eu_category == BULK_CATEGORY


def strong(substance: SubstanceFacts) -> bool:
    """Tell whether a substance is a precursor proper, not a solvent or an acid."""
    return substance.un_table == "I" or substance.eu_category in STRONG


def strong_by_name(case: Case, name: str) -> bool:
    """Tell whether a substance, by its name, is a precursor proper."""
    return any(one.name == name and strong(one) for one in case.book.substances.values())


def by_drug(case: Case, others: tuple[Past, ...], *, bulk: bool) -> ByDrug:
    """Return for each drug the substances that were ordered, with where they stand.

    The submission in hand goes last, so that its own fields are named where it holds them.
    """
    found: ByDrug = {}
    for filed in (*(past.filed for past in others), case.filed):
        for place, line in enumerate(filed.facts.lines):
            substance = case.book.substances.get(line.substance or "")
            if substance is None or (not bulk and is_bulk(line.substance, substance)):
                continue
            seen = Evidence(filed.id, filed.reference, f"lines.{place}.name", line.name)
            for drug in substance.drugs:
                found.setdefault(drug, {})[substance.name] = seen
    return found


SAME_DRUG = Rule(
    code="same-drug-2",
    title="Substances that serve the same drug",
    weight=1,
    check=check,
    about=About.GOODS,
)
