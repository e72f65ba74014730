"""Putting a receipt on paper, as it stands when it is asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit, files, jobs, pdf, signing
from portal.core.access import Actor
from portal.leads.data import Marking
from portal.partners import queries
from portal.partners.models import HandOver
from portal.partners.rules import closed_words


def ask(session: Session, given: HandOver, actor: Actor, now: datetime) -> None:
    """Have the receipt made anew."""
    given.receipt_stored_as, given.receipt_asked_at = None, now
    payload = {"hand_over": str(given.id), "asked_at": now.isoformat()}
    jobs.enqueue(session, "hand-over-receipt", payload, now)
    audit.record(session, actor, "hand_over.receipt_asked", given.id, now)


def print_receipt(session: Session, payload: Mapping[str, Any], _job_id: UUID) -> dict[str, Any]:
    """Render, sign and store the receipt; the row learns of it afterwards."""
    given = queries.given(session, UUID(payload["hand_over"]))
    now = datetime.fromisoformat(payload["asked_at"])
    paper = pdf.render_pdf(
        "papers/hand_over_receipt.html",
        title="Hand-over receipt",
        lang="en",
        now=now,
        reference=given.lead.reference,
        marking=Marking(given.lead.marking).value,
        **told(session, given, now),
    )
    made = signing.sign_pdf(paper, "Hand-over receipt", now)
    return {"stored_as": files.keep_bytes(made)}


def told(session: Session, given: HandOver, now: datetime) -> dict[str, Any]:
    """Return what the receipt says: hashes, people and times, no word of the lead's content."""
    versions = queries.versions_of(session, given.id)
    steps = queries.receipts_of(session, [given.id]).get(given.id, [])
    return {
        "partner": given.partner.name,
        "way": given.way.value,
        "expires_on": given.expires_on,
        "closed": closed_words(given, now),
        "versions": [
            {
                "number": one.number,
                "at": one.given_at,
                "by": one.given_by.name or one.given_by.email,
                "sha256": one.content_sha256,
            }
            for one in versions
        ],
        "steps": [
            {
                "number": one.number,
                "what": one.received.value,
                "part": one.part,
                "who": (one.account.name or one.account.email) if one.account else "",
                "at": one.at,
            }
            for one in steps
        ],
    }


@jobs.job("hand-over-receipt", outside=print_receipt)
def keep_receipt(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note where the receipt lies, unless a newer one was asked for."""
    given = session.get_one(HandOver, UUID(payload["hand_over"]))
    asked_at = datetime.fromisoformat(payload["asked_at"])
    if given.receipt_asked_at == asked_at:
        given.receipt_stored_as = payload["stored_as"]
    else:
        files.remove(payload["stored_as"])
