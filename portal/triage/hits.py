"""What became of the cases on which each rule raised something: a count that is kept up to date.

A case counts once: by what partners found out about it, else by what officers thought of it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import jobs
from portal.triage.life import SUSPECTED, Outcome, Status
from portal.triage.models import CaseOutcome, CaseVerdict, FindingRow, RuleOutcome, TriageCase
from portal.triage.priority import Hits, Rates, from_rate


def counts(session: Session) -> Mapping[str, Hits]:
    """Return for each rule what became of its cases."""
    return {
        row.rule: Hits(row.led, row.cleared, row.confirmed, row.refuted)
        for row in session.scalars(select(RuleOutcome))
    }


def rates(session: Session) -> Rates:
    """Return for each rule how its cases count in a priority: led somewhere, and cleared."""
    return {rule: one.counted for rule, one in counts(session).items()}


def note(session: Session, case: TriageCase) -> None:
    """Count a case by where it stands now; once, and anew when somebody changes their mind."""
    found = session.scalar(select(CaseOutcome.confirmed).where(CaseOutcome.case_id == case.id))
    verdict = verdict_of(case) if found is None else found
    known = session.scalar(select(CaseVerdict).where(CaseVerdict.case_id == case.id))
    if known is not None:
        if (known.led, known.found) == (verdict, found is not None):
            return
        add(session, known, -1)
        session.delete(known)
        session.flush()
    if verdict is None:
        return
    raised = select(FindingRow.rule).where(FindingRow.case_id == case.id, ~FindingRow.failed)
    rules = sorted(set(session.scalars(raised)))
    fresh = CaseVerdict(case_id=case.id, led=verdict, found=found is not None, rules=rules)
    session.add(fresh)
    add(session, fresh, 1)


def learn(session: Session, case_id: UUID, now: datetime, *, confirmed: bool | None) -> None:
    """Take in what partners found out about a case; None takes it back.

    Open cases are counted anew, in the background, once the points of a rule change by it.
    """
    case = session.get_one(TriageCase, case_id)
    row = session.scalar(select(CaseOutcome).where(CaseOutcome.case_id == case_id))
    before = {rule: from_rate(*rate) for rule, rate in rates(session).items()}
    if row is not None and confirmed is None:
        session.delete(row)
    elif row is not None:
        row.confirmed = bool(confirmed)
    elif confirmed is not None:
        session.add(CaseOutcome(case_id=case_id, confirmed=confirmed))
    session.flush()
    note(session, case)
    after = {rule: from_rate(*rate) for rule, rate in rates(session).items()}
    if any(points != before.get(rule, 0) for rule, points in after.items()):
        jobs.enqueue(session, "count-anew", {"after": None}, now)


def verdict_of(case: TriageCase) -> bool | None:
    """Tell whether a case led somewhere; None while nobody knows, or for a formal closure."""
    if case.status in SUSPECTED:
        return True
    cleared = case.status is Status.CLOSED and case.outcome is Outcome.NO_CONCERN
    return False if cleared else None


def add(session: Session, verdict: CaseVerdict, by: int) -> None:
    """Change the counts of the rules of a case, in one order so that no two wait in a ring."""
    rules = verdict.rules
    query = select(RuleOutcome).where(RuleOutcome.rule.in_(rules)).order_by(RuleOutcome.rule)
    known = {row.rule: row for row in session.scalars(query.with_for_update())}
    for rule in rules:
        row = known.get(rule)
        if row is None:
            row = RuleOutcome(rule=rule, led=0, cleared=0, confirmed=0, refuted=0)
            session.add(row)
        names = ("led", "confirmed") if verdict.led else ("cleared", "refuted")
        for name in names if verdict.found else names[:1]:
            setattr(row, name, max(getattr(row, name) + by, 0))
    session.flush()
