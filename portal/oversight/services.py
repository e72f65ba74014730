"""Verifying the chain, and publishing its end outside the database."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.audit import Verdict
from portal.oversight.models import AuditCheck


def heads_file() -> Path:
    """Return the file of published ends; copy it to another machine or print it."""
    path: Path = current_app.config["DATA_DIR"] / "audit-heads.log"
    return path


def publish_head(session: Session, now: datetime) -> str | None:
    """Append the end of the chain to the file outside, and return the line."""
    end = audit.head(session)
    if end is None:
        return None
    line = f"{now:%Y-%m-%dT%H:%M:%SZ} {end[0]} {end[1]}"
    with heads_file().open("a", encoding="ascii") as out:
        out.write(line + "\n")
    return line


def published_heads() -> dict[int, str]:
    """Return the ends that were published, hash by place."""
    if not heads_file().exists():
        return {}
    rows = [line.split() for line in heads_file().read_text(encoding="ascii").splitlines()]
    return {int(place): mac for _, place, mac in rows}


def verify(session: Session) -> Verdict:
    """Verify the whole chain against itself and the published ends."""
    return audit.verify(session, published_heads())


def ask_for_check(session: Session, actor: Actor, now: datetime) -> None:
    """Have the chain verified in the background."""
    check = AuditCheck(asked_at=now, asked_by_id=actor.id)
    session.add(check)
    session.flush()
    jobs.enqueue(session, "audit-check", {"check": str(check.id)}, now)
    audit.record(session, actor, "audit.check_asked", check.id, now)


@jobs.job("audit-check")
def check_chain(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Verify the chain and keep what was found."""
    check = session.get_one(AuditCheck, UUID(payload["check"]))
    found = verify(session)
    check.entries, check.broken_at, check.reason = found.entries, found.broken_at, found.reason
    check.done_at = now


def grants(role: str) -> list[str]:
    """Return what lets a role run the portal without changing the audit trail."""
    return [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM "{role}"',
        f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM "{role}"',
    ]
