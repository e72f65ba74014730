"""The name is, or is nearly, a known company's, but the details are others.

Source: practice of the trade.
"""

from collections.abc import Callable

from portal.submissions.data import Mention, Party, PartySort
from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Evidence,
    Finding,
    Past,
    Rule,
    here,
    shares,
    there,
)
from portal.triage.names import bare, close
from portal.triage.rules.sudden_customer import NEW
from portal.triage.rules.web_mail import web_mail_alone


def check(case: Case) -> Finding | None:
    """Raise an organisation whose name is another's, where both gave details and none agrees.

    Who has borne the name beside the other for longer than NEW is no front that was put up to be
    taken for it; that is for another rule.
    """
    found = double(case, differ)
    return found[1] if found and not lasts(case, found[0]) else None


def double(case: Case, apart: Callable[[Party, Party], bool]) -> tuple[Party, Finding] | None:
    """Return who bears nearly the name of somebody apart, and what is to be said of it."""
    for past in (*case.alike, *case.around):
        for one in past.shared:
            pair = couple(case, past, one)
            if pair and apart(*pair):
                mine, other = pair
                reason = f"{mine.name} is nearly {other.name}, whose details are others."
                evidence = (own_name(case, mine), there(past, one.path, one.shown))
                return mine, Finding(reason, evidence)
    return None


def lasts(case: Case, mine: Party) -> bool:
    """Tell whether somebody has been named, with what only they have, for longer than NEW."""
    head = f"parties.{case.filed.facts.parties.index(mine)}."
    own = {(one.sort, one.value) for one in case.mentions if one.path.startswith(head)}
    moments = [case.filed.received_at] + [
        past.filed.received_at
        for past in case.around
        if any((one.sort, one.value) in own for one in shares(past, WHO - {"name"}))
    ]
    return max(moments) - min(moments) > NEW


def couple(case: Case, past: Past, trace: Mention) -> tuple[Party, Party] | None:
    """Return who bears the name here and there, both organisations; None for others."""
    head, _, rest = trace.path.partition(".")
    if trace.sort != "name" or head != "parties":
        return None
    other = past.filed.facts.parties[int(rest.split(".")[0])]
    for own in case.mentions:
        own_head, _, own_rest = own.path.partition(".")
        if own.sort != "name" or own_head != "parties":
            continue
        if bare(own.value) == bare(trace.value) or close(own.value, trace.value):
            mine = case.filed.facts.parties[int(own_rest.split(".")[0])]
            if PartySort.PERSON not in {mine.sort, other.sort}:
                return mine, other
    return None


def differ(mine: Party, other: Party) -> bool:
    """Tell whether what two organisations said of themselves is not the same anywhere.

    Numbers that both gave differ; or both gave a telephone, and only one a mail of its own: the
    other writes from where anybody can.
    """
    pairs = (
        (mine.registration_number, other.registration_number),
        (mine.tax_number, other.tax_number),
        (mine.lei, other.lei),
        (mine.eori, other.eori),
    )
    told = [(a, b) for a, b in pairs if a and b]
    if {*mine.phones, *mine.emails} & {*other.phones, *other.emails}:
        return False
    if told:
        return all(a != b for a, b in told)
    called = bool(mine.phones and other.phones) and mine.name != other.name
    return called and web_mail_alone(mine) and not web_mail_alone(other)


def own_name(case: Case, party: Party) -> Evidence:
    """Return where the name stands in the submission in hand."""
    place = case.filed.facts.parties.index(party)
    return here(case, f"parties.{place}.name", party.name)


LOOKALIKE = Rule(
    code="lookalike-3",
    title="Name like a known company's, other details",
    weight=35,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
