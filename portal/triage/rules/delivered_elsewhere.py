"""The place of delivery or storage is known from somebody else.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Past, Rule, listed, shares, traces
from portal.triage.names import same
from portal.triage.rules.other_name import owner

PLACE = {"address"}


def check(case: Case) -> Finding | None:
    """Raise a place of delivery that stands in another submission by people of another name."""
    wanted = {path for path, _ in case.filed.facts.deliveries}
    values = {one.value for one in case.mentions if one.path in wanted and one.sort in PLACE}
    seen = tuple(past for past in case.around if meets(past, values) and strangers(case, past))
    if not seen:
        return None
    names = listed(party.name for past in seen for party in past.filed.facts.parties[:1])
    return Finding(f"The same place was named for {names}.", traces(case, seen, PLACE))


def meets(past: Past, values: set[str]) -> bool:
    """Tell whether one of the places stands in another submission."""
    return any(one.value in values for one in shares(past, PLACE))


def strangers(case: Case, past: Past) -> bool:
    """Tell whether nobody of one submission is named in the other, nor owns the place there."""
    mine = [party.name for party in case.filed.facts.parties]
    theirs = [party.name for party in past.filed.facts.parties]
    theirs += [name for one in shares(past, PLACE) if (name := owner(past, one))]
    return bool(theirs) and not any(same(a, b) for a in mine for b in theirs)


DELIVERED_ELSEWHERE = Rule(
    code="delivered-elsewhere-1",
    title="Delivery to a place known from others",
    weight=25,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
