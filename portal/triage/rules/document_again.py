"""An authorisation number was used before.

Source: practice of the trade. A number may serve several shipments: an officer judges.
"""

from portal.triage.data import Case, Finding, Rule, here, shares, there


def check(case: Case) -> Finding | None:
    """Raise an authorisation or licence number that stands in another notice."""
    seen = [past for past in case.history if shares(past, {"authorisation"})]
    if not seen or not case.filed.facts.documents:
        return None
    used = {one.value: one.shown for past in seen for one in shares(past, {"authorisation"})}
    evidence = [here(case, m.path, m.shown) for m in case.mentions if m.value in used]
    evidence += [there(p, m.path, m.shown) for p in seen for m in shares(p, {"authorisation"})]
    return Finding(f"Used before: {', '.join(sorted(used.values()))}.", tuple(evidence))


DOCUMENT_AGAIN = Rule(
    code="document-again-1", title="Authorisation number used again", weight=10, check=check
)
