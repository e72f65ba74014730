"""A notice names as receiver somebody of whom a suspicious order was reported, or the other way.

Source: own records; no single company can see it.
"""

from datetime import timedelta

from portal.submissions.data import Filed, PartyRole
from portal.triage.data import (
    OWN_RECORDS,
    REPORT,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    about_them,
    is_notice,
    listed,
    shares,
    traces,
)
from portal.triage.rules.refused_elsewhere import same_goods

SOON = timedelta(days=180)
RECEIVERS = {
    *(PartyRole.IMPORTER, PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE),
    *(PartyRole.NOTIFY_PARTY, PartyRole.END_USER, PartyRole.CUSTOMER),
}


def check(case: Case) -> Finding | None:
    """Raise who receives in a notice and is the subject of a report."""
    if not is_notice(case.filed) and case.filed.kind != REPORT:
        return None
    seen = [past for past in about_them(case) if meet(case, past)]
    if not seen:
        return None
    shown = listed(one.shown for past in seen for one in shares(past, WHO))
    what = "a suspicious order was reported" if is_notice(case.filed) else "a shipment is announced"
    return Finding(f"Of {shown} {what}.", traces(case, seen, WHO))


def meet(case: Case, past: Past) -> bool:
    """Tell whether one is a report, the other a notice, and who is shared receives in it.

    The report must say more than that somebody asked: another company refused, within SOON.
    """
    report = past.filed if is_notice(case.filed) else case.filed
    near = abs(case.filed.received_at - past.filed.received_at) <= SOON
    strangers = past.filed.organisation_id != case.filed.organisation_id
    if not near or not strangers or not same_goods(case, past):
        return False
    if not (report.facts.refused or past.suspected):
        return False
    if is_notice(case.filed):
        values = {(m.sort, m.value) for m in case.mentions if receives(case.filed, m.path)}
        shared = {(m.sort, m.value) for m in shares(past, WHO)}
        return past.filed.kind == REPORT and bool(values & shared)
    return is_notice(past.filed) and any(receives(past.filed, m.path) for m in shares(past, WHO))


def receives(filed: Filed, path: str) -> bool:
    """Tell whether a trace is of somebody who receives the goods."""
    head, _, rest = path.partition(".")
    return head == "parties" and filed.facts.parties[int(rest.split(".")[0])].role in RECEIVERS


REPORTED_CONSIGNEE = Rule(
    code="reported-consignee-2",
    title="Subject of a report in a notice",
    weight=7,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
