"""The HS code and the substance disagree.

Source: the HS 2022 codes of the reference data.
"""

from portal.triage.data import About, Case, Finding, Rule, here

HS6 = 6  # digits that are the same everywhere


def check(case: Case) -> Finding | None:
    """Raise a line whose HS code is known for other substances only."""
    for place, line in enumerate(case.filed.facts.lines):
        known = case.book.hs.get((line.hs_code or "")[:HS6])
        if line.substance and known and line.substance not in known:
            return Finding(
                f"HS code {line.hs_code} is not that of {line.name}.",
                (
                    here(case, f"lines.{place}.hs_code", line.hs_code or ""),
                    here(case, f"lines.{place}.name", line.name),
                ),
            )
    return None


HS_DISAGREES = Rule(
    code="hs-disagrees-1",
    title="HS code and name disagree",
    weight=15,
    check=check,
    about=About.PAPERS,
)
