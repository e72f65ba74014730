"""A notice names people of whom a suspicious order was reported, or the other way.

Source: own records; no single company can see it.
"""

from portal.triage.data import Case, Finding, Rule, same_people, there


def check(case: Case) -> Finding | None:
    """Raise the same people in a notice and in a report."""
    is_notice = case.filed.kind.endswith("-notice")
    others = [p for p in same_people(case) if p.filed.kind.endswith("-notice") is not is_notice]
    if not others:
        return None
    shown = sorted({one.shown for past in others for one in past.shared})
    what = "a suspicious order was reported" if is_notice else "a shipment was announced"
    evidence = tuple(there(past, one.path, one.shown) for past in others for one in past.shared)
    return Finding(f"Of {', '.join(shown)} {what} before.", evidence)


REPORTED_CONSIGNEE = Rule(
    code="reported-consignee-1",
    title="Subject of a report in a notice",
    weight=18,
    check=check,
)
