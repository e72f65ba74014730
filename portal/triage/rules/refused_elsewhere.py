"""Another supplier refused the same customer.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import Case, Finding, Rule, same_people, there


def check(case: Case) -> Finding | None:
    """Raise a customer whom another company refused before."""
    refused = [
        past
        for past in same_people(case)
        if past.filed.facts.refused and past.filed.organisation_id != case.filed.organisation_id
    ]
    if not refused:
        return None
    count = len({past.filed.organisation_id for past in refused})
    companies = "another company" if count == 1 else f"{count} other companies"
    evidence = tuple(there(past, "done", "refused") for past in refused)
    return Finding(f"Refused by {companies} before.", evidence)


REFUSED_ELSEWHERE = Rule(
    code="refused-elsewhere-1", title="Earlier refused elsewhere", weight=15, check=check
)
