"""The name is, or is nearly, a known company's, but the details are others.

Source: practice of the trade.
"""

from portal.submissions.data import Mention, Party, PartySort
from portal.triage.data import OWN_RECORDS, About, Case, Evidence, Finding, Past, Rule, here, there
from portal.triage.names import bare, close
from portal.triage.rules.web_mail import web_mail_alone


def check(case: Case) -> Finding | None:
    """Raise an organisation whose name is another's, where both gave details and none agrees."""
    for past in (*case.alike, *case.around):
        for one in past.shared:
            pair = couple(case, past, one)
            if pair and differ(*pair):
                mine, other = pair
                reason = f"{mine.name} is nearly {other.name}, whose details are others."
                return Finding(reason, (own_name(case, mine), there(past, one.path, one.shown)))
    return None


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
    code="lookalike-2",
    title="Name like a known company's, other details",
    weight=35,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
