"""A precursor passes through several countries on its way.

Source: practice of the trade; ordinary freight is moved over once.
"""

from portal.triage.data import About, Case, Finding, Rule, here, is_notice

SEVERAL = 2


def check(case: Case) -> Finding | None:
    """Raise a notice whose goods pass through SEVERAL countries or more between its ends."""
    legs = case.filed.facts.legs
    if not is_notice(case.filed) or len(legs) <= SEVERAL:
        return None
    ends = {legs[0].origin_country, legs[-1].destination_country}
    between = [n for n, leg in enumerate(legs[:-1]) if leg.destination_country not in ends]
    countries = list(dict.fromkeys(str(legs[n].destination_country) for n in between))
    if len(countries) < SEVERAL:
        return None
    return Finding(
        f"Through {' and '.join(countries)} on the way.",
        tuple(here(case, f"legs.{n}.destination", legs[n].destination) for n in between),
    )


SEVERAL_TRANSITS = Rule(
    code="several-transits-1",
    title="Through several countries",
    weight=30,
    check=check,
    about=About.ROUTE,
)
