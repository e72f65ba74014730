"""What officers do with a case.

Nothing here changes anything that a company sees, save a question that two officers agreed to ask.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit
from portal.core.access import Actor, Permission, Role, may
from portal.core.errors import DomainError
from portal.submissions import services as submissions
from portal.submissions.models import Submission
from portal.texts import services as texts
from portal.texts.data import Part, What
from portal.triage import history, hits, marks, queries
from portal.triage.life import Action, Outcome, actions_from, move
from portal.triage.models import BreakGlass, Note, Proposal, ReadCount, TriageCase, Worker
from portal.triage.priority import HIGH
from portal.triage.services import set_status

MOST_AN_HOUR = 100  # records read, from which an alarm is raised
TIMES_MEDIAN = 3
LEAST_FOR_MEDIAN = 20  # records in an hour, below which the median says nothing
MONTH = timedelta(days=30)


class OwnProposalError(DomainError):
    """Nobody agrees to what they proposed themselves."""


class TakenError(DomainError):
    """Somebody else was faster."""


class ChangedError(DomainError):
    """The case is not as it was when the officer looked at it."""


def hold_to(case: TriageCase, version: int | None) -> None:
    """Refuse to act on a case that changed since it was looked at.

    Raises:
        ChangedError: it has another version; none asked for holds to nothing.
    """
    if version is not None and version != case.version:
        raise ChangedError("Somebody changed this case while you were looking.")


def act(session: Session, case: TriageCase, action: Action, actor: Actor, now: datetime) -> None:
    """Move a case along and record who did it.

    Raises:
        MoveRefusedError: the action is not possible in the case's status.
    """
    set_status(session, case, move(case.kind, case.status, action))
    if action is Action.REOPEN:
        filed = session.get_one(Submission, case.id)
        marks.restart_clock(case, history.facts_of(filed), now)
    join(session, case, actor)
    name = action.name.lower()
    audit.record(session, actor, f"case.{name}", case.id, now)


def follow(
    session: Session, case: TriageCase, action: Action, actor: Actor | None, now: datetime
) -> None:
    """Move a case along because of what somebody outside the triage did, or time did."""
    set_status(session, case, move(case.kind, case.status, action))
    audit.record(session, actor, f"case.{action.name.lower()}", case.id, now)


def join(session: Session, case: TriageCase, actor: Actor) -> None:
    """Remember that an officer works on a case, and may read it for that."""
    known = select(Worker.id).where(Worker.case_id == case.id, Worker.account_id == actor.id)
    if session.scalar(known) is None:
        session.add(Worker(case_id=case.id, account_id=actor.id))


def take(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
    """Take a case that nobody has.

    Raises:
        TakenError: somebody else has it.
    """
    if case.assignee_id not in {None, actor.id}:
        raise TakenError("Another officer has this case. Ask a supervisor to assign it to you.")
    case.assignee_id = actor.id
    if Action.TAKE in actions_from(case.kind, case.status):
        act(session, case, Action.TAKE, actor, now)
    else:
        join(session, case, actor)
        audit.record(session, actor, "case.taken", case.id, now)


def give_back(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
    """Give a case back to the queue."""
    if case.assignee_id != actor.id and actor.role is not Role.SUPERVISOR:
        raise TakenError("Only who has the case, or a supervisor, gives it back.")
    case.assignee_id = None
    audit.record(session, actor, "case.given_back", case.id, now)


def assign(
    session: Session, case: TriageCase, officer_id: UUID, actor: Actor, now: datetime
) -> None:
    """Give a case to an officer; by who has it, or by a supervisor."""
    if case.assignee_id not in {None, actor.id} and actor.role is not Role.SUPERVISOR:
        raise TakenError("Only who has the case, or a supervisor, gives it to somebody.")
    officer = session.get(Account, officer_id)
    if officer is None or not may(officer, Permission.CASE_WORK):
        raise DomainError("This person does not work on cases.")
    case.assignee_id = officer_id
    join(session, case, officer)
    audit.record(session, actor, "case.assigned", case.id, now, officer=str(officer_id))


def write_note(session: Session, case: TriageCase, text: str, actor: Actor, now: datetime) -> None:
    """Write a note down."""
    keep_note(session, Note(case_id=case.id, author_id=actor.id, written_at=now, text=text))
    join(session, case, actor)
    audit.record(session, actor, "case.noted", case.id, now)


def flag(session: Session, case: TriageCase, reason: str, actor: Actor, now: datetime) -> None:
    """Flag a case, with the reason."""
    act(session, case, Action.FLAG, actor, now)
    flagged = {"case_id": case.id, "author_id": actor.id, "written_at": now}
    keep_note(session, Note(text=reason, is_flag=True, **flagged))


def keep_note(session: Session, note: Note) -> None:
    """Keep a note, and its words in the index."""
    session.add(note)
    session.flush()
    index_note(session, note)


def index_note(session: Session, note: Note) -> None:
    """Let officers find a note."""
    what, label = (What.FLAG, "Flagged because") if note.is_flag else (What.NOTE, "Note")
    parts = (Part(label, note.text),)
    texts.write(session, what, note.id, note.case_id, parts, note.written_at)


def propose_question(
    session: Session, case: TriageCase, text: str, actor: Actor, now: datetime
) -> None:
    """Propose a question to the company; another officer must agree before it is sent."""
    move(case.kind, case.status, Action.ASK)
    propose(session, case, "question", text, None, actor, now)


def propose_closure(
    session: Session,
    case: TriageCase,
    outcome: Outcome,
    reason: str,
    actor: Actor,
    now: datetime,
) -> bool:
    """Close a case; one of high priority waits for a supervisor. Tell whether it is closed."""
    move(case.kind, case.status, Action.CLOSE)
    if case.priority >= HIGH:
        propose(session, case, "closure", reason, outcome, actor, now)
        return False
    close(session, case, outcome, reason, actor, now)
    return True


def propose(
    session: Session,
    case: TriageCase,
    sort: str,
    text: str,
    outcome: Outcome | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what another officer must agree to."""
    session.add(
        Proposal(
            case_id=case.id,
            sort=sort,
            text=text,
            outcome=outcome,
            proposed_by_id=actor.id,
            proposed_at=now,
        )
    )
    join(session, case, actor)
    audit.record(session, actor, f"{sort}.proposed", case.id, now)


def close(
    session: Session,
    case: TriageCase,
    outcome: Outcome,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Close a case with its outcome."""
    act(session, case, Action.CLOSE, actor, now)
    case.outcome, case.outcome_reason = outcome, reason
    hits.note(session, case)


def decide(
    session: Session,
    case: TriageCase,
    proposal: Proposal,
    actor: Actor,
    now: datetime,
    *,
    agreed: bool,
) -> None:
    """Agree to what another officer proposed, and do it; or refuse it.

    Raises:
        OwnProposalError: the proposal is the actor's own, or needs a supervisor.
    """
    if proposal.proposed_by_id == actor.id:
        raise OwnProposalError("You proposed this. Another officer must agree.")
    if proposal.sort == "closure" and actor.role is not Role.SUPERVISOR:
        raise OwnProposalError("Closing a case of high priority needs a supervisor.")
    proposal.decided_by_id, proposal.decided_at, proposal.agreed = actor.id, now, agreed
    word = "agreed" if agreed else "refused"
    audit.record(session, actor, f"{proposal.sort}.{word}", case.id, now)
    if not agreed:
        return
    if proposal.sort == "question":
        act(session, case, Action.ASK, actor, now)
        submissions.ask(session, session.get_one(Submission, case.id), proposal.text, now)
        audit.record(session, actor, "question.asked", case.id, now)
    else:
        close(session, case, proposal.outcome or Outcome.NO_CONCERN, proposal.text, actor, now)


def mark_converted(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that a lead is made of a case; called in the transaction that makes it."""
    act(session, queries.get(session, case_id), Action.CONVERT, actor, now)


def break_glass(
    session: Session, case: TriageCase, reason: str, actor: Actor, now: datetime
) -> None:
    """Let an officer read a case for a typed reason, for a day; supervisors see it."""
    session.add(BreakGlass(case_id=case.id, account_id=actor.id, reason=reason, at=now))
    audit.record(session, actor, "case.glass_broken", case.id, now)


def note_reading(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
    """Record that a case was read, and raise an alarm when somebody reads very many."""
    note_readings(session, [case], actor, now)


def note_readings(
    session: Session, cases: Iterable[TriageCase], actor: Actor, now: datetime
) -> None:
    """Record each of some cases as read, with as many SELECTs for many as for one."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    query = select(ReadCount).where(ReadCount.account_id == actor.id, ReadCount.hour == hour)
    row, most = session.scalar(query), limit_of(session, actor, hour)
    for case in cases:
        audit.record(session, actor, "case.read", case.id, now)
        if row is None:
            row = ReadCount(account_id=actor.id, hour=hour, records=0)
            session.add(row)
        row.records += 1
        if not row.alarmed and row.records > most:
            row.alarmed = True
            audit.record(session, actor, "reading.alarm", actor.id, now, records=row.records)


def limit_of(session: Session, actor: Actor, hour: datetime) -> int:
    """Return how many records an hour are common for an officer, by the hours before this one."""
    query = (
        select(ReadCount.records)
        .where(
            ReadCount.account_id == actor.id,
            ReadCount.hour > hour - MONTH,
            ReadCount.hour < hour,
        )
        .order_by(ReadCount.records)
    )
    hours = session.scalars(query).all()
    if not hours:
        return MOST_AN_HOUR
    return min(MOST_AN_HOUR, max(TIMES_MEDIAN * hours[len(hours) // 2], LEAST_FOR_MEDIAN))
