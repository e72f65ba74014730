"""A customer is refused by one company and goes to another.

Source: practice of the trade; no single company can see it.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    about_them,
    here,
    substance_or_name,
    there,
    traces,
)

SOON = timedelta(days=90)  # a wish that goes on; later it is another one


def check(case: Case) -> Finding | None:
    """Raise people whom another company refused the same goods, or who were refused here first."""
    others = [
        past
        for past in about_them(case)
        if past.filed.organisation_id != case.filed.organisation_id
        and abs(case.filed.received_at - past.filed.received_at) <= SOON
        and same_goods(case, past)
    ]
    refused = [past for past in others if past.filed.facts.refused]
    served = [past for past in others if past.filed.facts.refused is False]
    seen = refused or (served if case.filed.facts.refused else [])
    if not seen:
        return None
    count = len({past.filed.organisation_id for past in seen})
    companies = "another company" if count == 1 else f"{count} other companies"
    what = "Refused by" if refused else "Refused here, and served by"
    own = [here(case, "done", "refused")] if case.filed.facts.refused else []
    return Finding(
        f"{what} {companies}.",
        (*own, *(there(past, "done", word(past)) for past in seen), *traces(case, seen, WHO)),
    )


def same_goods(case: Case, past: Past) -> bool:
    """Tell whether both are about one substance."""
    mine = {substance_or_name(line) for line in case.filed.facts.lines}
    return bool(mine & {substance_or_name(line) for line in past.filed.facts.lines})


def word(past: Past) -> str:
    """Return what the other company did."""
    return "refused" if past.filed.facts.refused else "not refused"


REFUSED_ELSEWHERE = Rule(
    code="refused-elsewhere-2",
    title="Refused by one, goes to another",
    weight=9,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
