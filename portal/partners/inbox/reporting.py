"""What partners report of a lead: outcomes, their corrections, their files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core import audit, files, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.files import Incoming, Scan
from portal.leads import services as leads
from portal.leads.models import Lead
from portal.leads.rules import Action, Status
from portal.partners import services as partners
from portal.partners.inbox import services
from portal.partners.inbox.data import Reported, Result
from portal.partners.inbox.models import Outcome, OutcomeFile, Seizure
from portal.partners.inbox.rules import is_known
from portal.partners.models import HandOver
from portal.partners.rules import closed_words

RESCAN = "scan-outcome-file"
LEARN = "learn-from-outcomes"  # the work of portal.learning, done afterwards


class CorrectedError(DomainError):
    """A newer version took the place of the report."""


class ScannerAwayError(RuntimeError):
    """The scanner does not answer."""


def report(
    session: Session, given: HandOver, said: Reported, actor: Actor, now: datetime
) -> Outcome:
    """Keep what a partner reports, and move the lead along; it implies the acknowledgement.

    What came of a lead can be reported also once it may no longer be read.
    """
    services.take_in(session, given.lead_id, actor, now)
    if not closed_words(given, now):
        partners.acknowledge(session, given, given.answer, actor, now)
    new = uuid4()
    row = Outcome(id=new, series_id=new, number=1, **columns(given, said, actor, now))
    keep(session, row, said)
    audit.record(session, actor, "outcome.reported", row.id, now, hand_over=str(given.id))
    follow(session, given.lead_id, actor, now)
    return row


def correct(
    session: Session, given: HandOver, older: Outcome, said: Reported, actor: Actor, now: datetime
) -> Outcome:
    """Put a new version in the place of a report; the old one stays, and counts no more.

    Raises:
        CorrectedError: somebody else was faster.
    """
    services.take_in(session, given.lead_id, actor, now)
    mine = update(Outcome).where(Outcome.id == older.id, Outcome.current).values(current=False)
    if not session.execute(mine).rowcount:  # type: ignore[attr-defined]  # an update has it
        raise CorrectedError("Somebody of your office corrected this meanwhile. Look again.")
    row = Outcome(
        series_id=older.series_id, number=older.number + 1, **columns(given, said, actor, now)
    )
    keep(session, row, said)
    audit.record(session, actor, "outcome.corrected", row.id, now, older=str(older.id))
    follow(session, given.lead_id, actor, now)
    return row


def columns(given: HandOver, said: Reported, actor: Actor, now: datetime) -> dict[str, object]:
    """Return what a row of an outcome holds."""
    return {
        "hand_over_id": given.id,
        "lead_id": given.lead_id,
        "partner_id": given.partner_id,
        "result": said.result,
        "happened_on": said.happened_on,
        "place": said.place,
        "locode": said.locode,
        "country": said.country,
        "persons": said.persons,
        "text": said.text,
        "reported_at": now,
        "reported_by_id": actor.id,
    }


def keep(session: Session, row: Outcome, said: Reported) -> None:
    """Store an outcome with its seizures."""
    row.seizures = [
        Seizure(
            position=place,
            substance=one.substance,
            name=one.name,
            quantity=one.quantity,
            unit=one.unit,
            quantity_kg=one.quantity_kg,
            place=one.place,
            locode=one.locode,
            country=one.country,
            seized_on=one.seized_on,
        )
        for place, one in enumerate(said.seizures)
    ]
    session.add(row)
    session.flush()


def follow(session: Session, lead_id: UUID, actor: Actor, now: datetime) -> None:
    """Let the lead stand where the furthest partner is, and have the portal learn from it."""
    lead = session.get_one(Lead, lead_id)
    known = is_known(results_now(session, lead_id))
    if not known and lead.status is Status.OUTCOME_KNOWN:
        leads.advance(session, lead, Action.TAKE_BACK, actor, now)
    else:
        action = Action.REPORT_OUTCOME if known else Action.ACT
        leads.advance(session, lead, action, actor, now)
    jobs.enqueue(session, LEARN, {"lead": str(lead_id)}, now)


def results_now(session: Session, lead_id: UUID) -> Sequence[Result]:
    """Return the results that count for a lead."""
    query = select(Outcome.result).where(Outcome.lead_id == lead_id, Outcome.current)
    return session.scalars(query).all()


def attach(
    session: Session, row: Outcome, incoming: Incoming, actor: Actor, now: datetime
) -> OutcomeFile:
    """Put a file beside a report."""
    kept = OutcomeFile(
        series_id=row.series_id,
        name=incoming.name,
        media_type=incoming.media_type,
        size=incoming.size,
        sha256=incoming.sha256,
        stored_as=incoming.stored_as,
        scan=incoming.scan.value,
        uploaded_at=now,
    )
    session.add(kept)
    session.flush()
    if incoming.scan is Scan.WAITING:
        jobs.enqueue(session, RESCAN, {"file": str(kept.id)}, now)
    audit.record(session, actor, "file.attached", kept.id, now, sha256=incoming.sha256)
    return kept


def scanned(session: Session, payload: Mapping[str, Any], _job_id: UUID) -> dict[str, Any]:
    """Ask the scanner again about a file that is held.

    Raises:
        ScannerAwayError: it is still away; the job is tried again later.
    """
    kept = session.get_one(OutcomeFile, UUID(payload["file"]))
    verdict = files.scan(files.place(kept.stored_as))
    if verdict is Scan.WAITING:
        raise ScannerAwayError
    return {"scan": verdict.value}


@jobs.job(RESCAN, outside=scanned)
def keep_scan(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note what the scanner said."""
    session.get_one(OutcomeFile, UUID(payload["file"])).scan = payload["scan"]


def note_download(session: Session, kept: OutcomeFile, actor: Actor, now: datetime) -> None:
    """Record that somebody took a file."""
    audit.record(session, actor, "outcome.file_read", kept.id, now)
