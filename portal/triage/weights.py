"""Weights and switches of the rules, as data: proposed by one, in force once another agrees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit, jobs
from portal.core.access import Actor
from portal.submissions.models import Submission
from portal.triage import agreeing, hits, priority
from portal.triage.agreeing import AgreeingError
from portal.triage.data import About, Addend, Rule, Setting, Weighed
from portal.triage.models import FindingRow, TriageCase, WeightsVersion
from portal.triage.rules import RULES

YEAR = timedelta(days=365)
MOST_PREVIEWED = 20_000  # cases of the last year, the newest
CHUNK = 500  # cases that are counted at a time
SHOWN = 50  # references that a preview names
TOP = 0.02  # of the queue, that officers surely read
ABOUT: Mapping[str, About] = {rule.code: rule.about for rule in RULES}
DEFAULTS: Mapping[str, int] = {rule.code: rule.weight for rule in RULES}


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights in force."""

    number: int
    settings: Mapping[str, Setting]

    def of(self, rule: Rule) -> Setting:
        """Return how a rule counts; one that no registrar set counts as the portal comes."""
        return self.settings.get(rule.code) or Setting(rule.weight)

    def counted(self, found: "Stored") -> int:
        """Return how a stored finding counts; one of a rule that is switched off counts nothing."""
        if found.failed:
            return 0
        known = self.settings.get(found.rule)
        if known is not None:
            return known.weight if known.on else 0
        return DEFAULTS.get(found.rule, found.weight)


@dataclass(frozen=True, slots=True)
class Stored:
    """A finding as it is kept, as far as it counts."""

    rule: str
    weight: int
    failed: bool


def current(session: Session) -> Weights:
    """Return the weights in force; before any version they are those the portal comes with."""
    row = agreeing.in_force(session, WeightsVersion)
    return weights_of(row) if row else Weights(0, {})


def weights_of(row: WeightsVersion) -> Weights:
    """Return a version as it counts."""
    return Weights(row.number, {code: Setting(**one) for code, one in row.settings.items()})


def propose(
    session: Session, settings: Mapping[str, Setting], reason: str, actor: Actor, now: datetime
) -> WeightsVersion:
    """Propose the full set of weights; nothing changes before another person agrees.

    Raises:
        AgreeingError: a proposal waits already, or this one changes nothing.
    """
    number = agreeing.next_number(session, WeightsVersion)
    before = current(session)
    full = {rule.code: settings.get(rule.code) or before.of(rule) for rule in RULES}
    if all(full[rule.code] == before.of(rule) for rule in RULES):
        raise AgreeingError("Nothing would change.")
    row = WeightsVersion(
        number=number,
        settings={code: asdict(one) for code, one in full.items()},
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    jobs.enqueue(session, "preview-weights", {"version": str(row.id)}, now)
    audit.record(session, actor, "weights.proposed", row.id, now, number=row.number)
    return row


def decide(
    session: Session, row: WeightsVersion, actor: Actor, now: datetime, *, agreed: bool
) -> None:
    """Decide as portal.triage.agreeing says; once agreed, every open case is counted anew."""
    word = agreeing.decide(session, row, actor, now, agreed=agreed)
    if agreed:
        jobs.enqueue(session, "count-anew", {"after": None}, now)
    audit.record(session, actor, f"weights.{word}", row.id, now, number=row.number)


def differences(row: WeightsVersion, before: Weights) -> list[tuple[Rule, Setting, Setting]]:
    """Return what a version changes: each rule as it counts now, and as it would."""
    after = weights_of(row)
    return [
        (rule, before.of(rule), after.of(rule))
        for rule in RULES
        if before.of(rule) != after.of(rule)
    ]


# --- counting -------------------------------------------------------------------------------------


def weighed(found: Stored, weights: Weights) -> Weighed:
    """Return a stored finding as it counts under some weights."""
    return Weighed(found.rule, weights.counted(found), ABOUT.get(found.rule, About.PEOPLE))


def counted(
    addends: Iterable[Mapping[str, Any]],
    findings: Iterable[Stored],
    weights: Weights,
    rates: priority.Rates,
) -> list[Addend]:
    """Return the parts of a case's priority under some weights, from what is stored."""
    raised = [weighed(one, weights) for one in findings]
    kept = [Addend(**part) for part in addends]
    rest = [part for part in kept if part.label not in priority.FROM_FINDINGS]
    return [*priority.from_findings(raised, rates), *rest]


def findings_by_case(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Stored]]:
    """Return the findings of some cases, as far as they count."""
    table = FindingRow
    found: dict[UUID, list[Stored]] = {case_id: [] for case_id in ids}
    query = select(table.case_id, table.rule, table.weight, table.failed)
    for row in session.execute(query.where(table.case_id.in_(ids))):
        found[row.case_id].append(Stored(row.rule, row.weight, row.failed))
    return found


@jobs.job("count-anew")
def count_anew(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Count the next open cases under the weights in force, and go on with those after them."""
    query = select(TriageCase).where(TriageCase.open).order_by(TriageCase.id).limit(CHUNK)
    if payload["after"]:
        query = query.where(TriageCase.id > UUID(payload["after"]))
    cases = session.scalars(query).all()
    weights, rates = current(session), hits.rates(session)
    found = findings_by_case(session, [case.id for case in cases])
    rows = select(FindingRow).where(FindingRow.case_id.in_(found), ~FindingRow.failed)
    for row in session.scalars(rows):
        row.weight = weights.counted(Stored(row.rule, row.weight, row.failed))
    for case in cases:
        parts = counted(case.addends, found[case.id], weights, rates)
        case.addends = [asdict(part) for part in parts]
        case.priority, case.weights_version = priority.total(parts), weights.number
    if len(cases) == CHUNK:
        jobs.enqueue(session, "count-anew", {"after": str(cases[-1].id)}, now)


@jobs.job("preview-weights")
def preview(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Work out what a proposal would have changed in the last year's queue; nothing changes."""
    row = session.get_one(WeightsVersion, UUID(payload["version"]))
    before, after, rates = current(session), weights_of(row), hits.rates(session)
    totals: list[tuple[str, int, int]] = []  # reference, priority now, priority then
    ids = last_year(session, now)
    for begin in range(0, len(ids), CHUNK):
        part = ids[begin : begin + CHUNK]
        found = findings_by_case(session, part)
        query = select(TriageCase.id, TriageCase.reference, TriageCase.addends)
        for case in session.execute(query.where(TriageCase.id.in_(part))):
            sums = [
                priority.total(counted(case.addends, found[case.id], one, rates))
                for one in (before, after)
            ]
            totals.append((case.reference, sums[0], sums[1]))
    row.preview = compared(totals)


def last_year(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the newest cases of the last year; bounded."""
    query = select(Submission.id).where(Submission.received_at >= now - YEAR)
    newest = query.order_by(Submission.received_at.desc(), Submission.id)
    return session.scalars(newest.limit(MOST_PREVIEWED)).all()


def compared(totals: Sequence[tuple[str, int, int]]) -> dict[str, Any]:
    """Say how a queue would change: numbers, and the first references in and out of its top."""
    size = max(round(TOP * len(totals)), 1) if totals else 0
    top_now = {one[0] for one in sorted(totals, key=lambda one: (-one[1], one[0]))[:size]}
    top_then = {one[0] for one in sorted(totals, key=lambda one: (-one[2], one[0]))[:size]}
    return {
        "cases": len(totals),
        "up": sum(then > now for _, now, then in totals),
        "down": sum(then < now for _, now, then in totals),
        "high_now": sum(now >= priority.HIGH for _, now, _ in totals),
        "high_then": sum(then >= priority.HIGH for _, _, then in totals),
        "top": size,
        "into": len(top_then - top_now),
        "out": len(top_now - top_then),
        "into_first": sorted(top_then - top_now)[:SHOWN],
        "out_first": sorted(top_now - top_then)[:SHOWN],
    }
