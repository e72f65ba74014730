"""Filing a country into a fresh portal, and watching the queue while it fills."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from evaluate.measuring import Track, rank_share
from portal.app import create_app
from portal.core import db
from portal.core.clock import utc_now
from portal.reference.services import load
from portal.simulation import services
from portal.simulation.data import Filing
from portal.simulation.services import Filed
from portal.triage import priority
from portal.triage.models import TriageCase

NOW = datetime(2026, 11, 1, tzinfo=UTC)  # of every evaluated country


@contextmanager
def portal(folder: Path, url: str | None = None) -> Iterator[Flask]:
    """Give the portal with an empty database of its own, and the reference data."""
    app = create_app(
        {
            "PORTAL_ENV": "test",
            "PORTAL_DEMO": "1",
            "PORTAL_SECRET_KEY": "a secret of the evaluation, nobody else's",
            "PORTAL_DATABASE_URL": url or f"sqlite:///{folder}/portal.db",
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    engine = app.extensions["portal.engine"]
    with engine.connect() as connection:
        config = Config(toml_file="pyproject.toml")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with app.app_context():
        with db.transaction() as session:
            load(session, Path("data"), utc_now())
        yield app
    engine.dispose()


@dataclass(slots=True)
class Watch:
    """What is noted while a country is filed."""

    tracks: dict[str, Track] = field(default_factory=dict)
    members: dict[str, list[UUID]] = field(default_factory=dict)  # filed so far, by scheme
    planted: set[UUID] = field(default_factory=set)
    alarms: set[UUID] = field(default_factory=set)  # legal, and high when received
    legal: int = 0
    truth: dict[tuple[UUID, str], str] = field(default_factory=dict)  # who a mention is

    def before(self, session: Session, filing: Filing) -> None:
        """Note where a scheme stands just before its last submission arrives."""
        if filing.scheme and filing.last:
            track = self.tracks[filing.scheme]
            track.before_last = best(session, self.members[filing.scheme])

    def after(self, session: Session, one: Filed) -> None:
        """Note how high a submission stands now that it was screened."""
        filing = one.filing
        self.truth.update({(one.id, path): real for path, real in filing.who.items()})
        if filing.scheme is None:
            self.legal += 1
            if points(session, one.id) >= priority.HIGH:
                self.alarms.add(one.id)
            return
        track = self.tracks.setdefault(filing.scheme, Track(filing.scheme, filing.sort or ""))
        mine = self.members.setdefault(filing.scheme, [])
        mine.append(one.id)
        self.planted.add(one.id)
        track.members = len(mine)
        track.best_priority = max(points(session, member) for member in mine)
        if not filing.last:
            track.shares.append(best(session, mine))

    def close(self, session: Session) -> None:
        """Note the legal submissions that stand high at the end."""
        high = select(TriageCase.id).where(TriageCase.priority >= priority.HIGH)
        self.alarms |= set(session.scalars(high)) - self.planted


def points(session: Session, case_id: UUID) -> int:
    """Return the priority of a case as it is now."""
    return session.scalars(select(TriageCase.priority).where(TriageCase.id == case_id)).one()


def best(session: Session, members: list[UUID]) -> float:
    """Return the best place of some cases in the queue of open cases, as a share of it."""
    queue = session.scalar(select(func.count()).select_from(TriageCase).where(TriageCase.open)) or 0
    first = session.execute(
        select(TriageCase.priority, TriageCase.received_at, TriageCase.id)
        .where(TriageCase.id.in_(members), TriageCase.open)
        .order_by(TriageCase.priority.desc(), TriageCase.received_at.desc(), TriageCase.id.desc())
        .limit(1)
    ).first()
    if first is None:
        return 1.0
    newer = or_(
        TriageCase.received_at > first.received_at,
        and_(TriageCase.received_at == first.received_at, TriageCase.id > first.id),
    )
    above = select(func.count()).where(
        TriageCase.open,
        or_(
            TriageCase.priority > first.priority,
            and_(TriageCase.priority == first.priority, newer),
        ),
    )
    return rank_share(session.scalar(above) or 0, queue)


def run(seed: int, size: int) -> Watch:
    """File a country inside an app context, and return what was noted."""
    watch = Watch()
    for _ in services.filed(seed, size, NOW, watch.before, watch.after):
        pass
    watch.close(db.get_session())
    return watch
