"""What another number of companies would mean for the leads that are not approved yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import jobs
from portal.leads.models import Lead
from portal.leads.rules import EDITABLE, Status
from portal.leads.sanitising import services
from portal.leads.sanitising.models import SharingVersion

MOST_PREVIEWED = 200  # leads, the newest


@jobs.job("preview-sharing")
def preview(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Count the open marks under the number in force and under a proposed one; nothing changes."""
    row = session.get_one(SharingVersion, UUID(payload["version"]))
    waiting = select(Lead).where(Lead.status.in_({*EDITABLE, Status.SUBMITTED}))
    newest = waiting.order_by(Lead.created_at.desc(), Lead.id).limit(MOST_PREVIEWED)
    numbers = (row.companies_before, row.companies)
    marks = [
        [len(services.open_marks(session, lead, asked)) for asked in numbers]
        for lead in session.scalars(newest)
    ]
    row.preview = {
        "leads": len(marks),
        "more": sum(then > now for now, then in marks),
        "fewer": sum(then < now for now, then in marks),
        "marks_now": sum(now for now, _ in marks),
        "marks_then": sum(then for _, then in marks),
    }
