"""Reading what a lead said at two moments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.leads.knowing import Sight
from portal.leads.models import LeadVersion

MOST = 200


def numbers(session: Session, lead_id: UUID) -> Sequence[int]:
    """Return the numbers of a lead's versions, the newest first."""
    query = select(LeadVersion.number).where(LeadVersion.lead_id == lead_id)
    return session.scalars(query.order_by(LeadVersion.number.desc()).limit(MOST)).all()


def pair(
    session: Session, lead_id: UUID, older: int, newer: int
) -> tuple[LeadVersion, LeadVersion]:
    """Return two versions with who wrote them."""
    query = select(LeadVersion).where(
        LeadVersion.lead_id == lead_id, LeadVersion.number.in_({older, newer})
    )
    found = {row.number: row for row in session.scalars(query.options(written()))}
    return found[older], found[newer]


def written() -> Any:
    """Return the option that reads who wrote a version."""
    return joinedload(LeadVersion.written_by)


def hidden_or(row: dict[str, Any], sight: Sight) -> dict[str, Any]:
    """Return a row of a kept version; of one that is not for its reader, nothing but that it is."""
    source = row.get("submission")
    if not source or row.get("released") or sight.sees_from(UUID(source)):
        return row
    return {
        "remark": "from another officer’s submission",
        "text": "",
        "grading": row.get("grading"),
    }
