"""The name is nearly another's, and telephone and town are others.

Source: practice of the trade.
"""

from portal.core.text import search_key
from portal.submissions.data import Party
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.names import bare_of
from portal.triage.rules.lookalike import double, lasts


def check(case: Case) -> Finding | None:
    """Raise an organisation, known for a short while, whose name is nearly another's elsewhere."""
    found = double(case, elsewhere)
    return found[1] if found and not lasts(case, found[0]) else None


def elsewhere(mine: Party, other: Party) -> bool:
    """Tell whether two have nearly one name, and gave other telephones and other places."""
    called = mine.phones and other.phones and not {*mine.phones} & {*other.phones}
    placed = mine.city and other.city and search_key(mine.city) != search_key(other.city)
    written = {*mine.emails} & {*other.emails}
    return bool(called and placed and not written) and bare_of(mine.name) != bare_of(other.name)


LOOKALIKE_ADDRESS = Rule(
    code="lookalike-address-1",
    title="Name nearly another's, in another place",
    weight=14,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
