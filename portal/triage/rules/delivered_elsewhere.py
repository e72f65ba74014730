"""The place of delivery or storage is known from somebody else.

Source: practice of the trade; no single company can see it.
"""

from portal.core.text import search_key
from portal.submissions.data import Filed
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Past, Rule, listed, shares, traces
from portal.triage.names import same
from portal.triage.rules.other_name import owner

LEAST = 4  # letters of a street's name
PLACE = {"address", "address-numbers"}


def check(case: Case) -> Finding | None:
    """Raise a place of delivery, nobody's own address, that stands in a submission by strangers."""
    wanted = {path for path, text in case.filed.facts.deliveries if not is_seat(case.filed, text)}
    values = {one.value for one in case.mentions if one.path in wanted and one.sort in PLACE}
    seen = tuple(past for past in case.around if meets(past, values) and strangers(case, past))
    if not seen:
        return None
    names = listed(party.name for past in seen for party in past.filed.facts.parties[:1])
    return Finding(f"The same place was named for {names}.", traces(case, seen, PLACE))


def meets(past: Past, values: set[str]) -> bool:
    """Tell whether one of the places stands in another submission."""
    found = [one for one in shares(past, PLACE) if one.value in values]
    return any(not is_seat(past.filed, one.shown) for one in found)


def is_seat(filed: Filed, text: str) -> bool:
    """Tell whether a place is where somebody in a submission has their own address."""
    key = search_key(text)
    for party in filed.facts.parties:
        words = search_key(party.street or "").split()
        numbers = {word for word in words if any(letter.isdigit() for letter in word)}
        names = {word for word in words if len(word) >= LEAST}
        if numbers & set(key.split()) and any(name in key for name in names):
            return True
    return False


def strangers(case: Case, past: Past) -> bool:
    """Tell whether nobody of one submission is named in the other, nor owns the place there."""
    mine = [party.name for party in case.filed.facts.parties]
    theirs = [party.name for party in past.filed.facts.parties]
    theirs += [name for one in shares(past, PLACE) if (name := owner(past, one))]
    return bool(theirs) and not any(same(a, b) for a in mine for b in theirs)


DELIVERED_ELSEWHERE = Rule(
    code="delivered-elsewhere-1",
    title="Delivery to a place known from others",
    weight=40,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
