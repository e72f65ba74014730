"""Several precursors and reagents of one drug come together.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade.
"""

from portal.triage.data import Case, Evidence, Finding, Rule, same_people


def check(case: Case) -> Finding | None:
    """Raise a precursor with others that serve the same drug, here or with earlier orders.

    Solvents alone raise nothing: at least one of them must stand in Table I of the Convention.
    """
    for drug, seen in by_drug(case).items():
        own = [one for one in seen.values() if one.submission_id == case.filed.id]
        if len(seen) > 1 and own and any(in_table_one(case, name) for name in seen):
            names = " and ".join(sorted(seen))
            where = "in one order" if len(own) == len(seen) else "bought apart"
            return Finding(f"{names}, {where}, serve to make {drug}.", tuple(seen.values()))
    return None


def in_table_one(case: Case, name: str) -> bool:
    """Tell whether a substance stands in Table I."""
    return any(one.name == name and one.un_table == "I" for one in case.book.substances.values())


def by_drug(case: Case) -> dict[str, dict[str, Evidence]]:
    """Return for each drug the substances that were ordered, with where they stand."""
    found: dict[str, dict[str, Evidence]] = {}
    for filed in (*(past.filed for past in same_people(case)), case.filed):
        for place, line in enumerate(filed.facts.lines):
            substance = case.book.substances.get(line.substance or "")
            seen = Evidence(filed.id, filed.reference, f"lines.{place}.name", line.name)
            for drug in substance.drugs if substance else ():
                found.setdefault(drug, {})[line.name] = seen
    return found


SAME_DRUG = Rule(
    code="same-drug-1", title="Substances that serve the same drug", weight=20, check=check
)
