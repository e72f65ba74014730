"""What became of the cases on which each rule raised something: a count that is kept up to date."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.triage.life import SUSPECTED, Outcome, Status
from portal.triage.models import CaseVerdict, FindingRow, RuleOutcome, TriageCase
from portal.triage.priority import Rates


def rates(session: Session) -> Rates:
    """Return for each rule how many of its cases led somewhere, and how many were cleared."""
    return {row.rule: (row.led, row.cleared) for row in session.scalars(select(RuleOutcome))}


def note(session: Session, case: TriageCase) -> None:
    """Count a case by where it stands now; once, and anew when officers change their mind."""
    verdict = verdict_of(case)
    query = select(CaseVerdict).where(CaseVerdict.case_id == case.id)
    known = session.scalar(query)
    if known is not None:
        if known.led is verdict:
            return
        add(session, known.rules, -1, led=known.led)
        session.delete(known)
        session.flush()
    if verdict is None:
        return
    raised = select(FindingRow.rule).where(FindingRow.case_id == case.id, ~FindingRow.failed)
    rules = sorted(set(session.scalars(raised)))
    session.add(CaseVerdict(case_id=case.id, led=verdict, rules=rules))
    add(session, rules, 1, led=verdict)


def verdict_of(case: TriageCase) -> bool | None:
    """Tell whether a case led somewhere; None while nobody knows, or for a formal closure."""
    if case.status in SUSPECTED:
        return True
    cleared = case.status is Status.CLOSED and case.outcome is Outcome.NO_CONCERN
    return False if cleared else None


def add(session: Session, rules: list[str], by: int, *, led: bool) -> None:
    """Change the counts of some rules, in one order so that two officers never wait in a ring."""
    query = select(RuleOutcome).where(RuleOutcome.rule.in_(rules)).order_by(RuleOutcome.rule)
    known = {row.rule: row for row in session.scalars(query.with_for_update())}
    for rule in rules:
        row = known.get(rule)
        if row is None:
            row = RuleOutcome(rule=rule, led=0, cleared=0)
            session.add(row)
        if led:
            row.led = max(row.led + by, 0)
        else:
            row.cleared = max(row.cleared + by, 0)
    session.flush()
