"""What the authority published on the rows of a sheet: looked for while they are checked.

By the same rules as beside a draft, row by row, so that two rows never make one sign together. It
looks at the bulletins that address the company and at what stands in the rows, and at nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.bulletins import services as bulletins
from portal.bulletins.data import Met, Shown, Typed
from portal.bulletins.rules import grounds
from portal.core.access import Actor
from portal.intake.advice import typed_in
from portal.submissions.kind import Kind, registered
from portal.uploads.checking import Judged
from portal.uploads.data import State
from portal.uploads.models import Upload

SHOWN_IN = frozenset({State.CHECKED, State.FILING, State.FILED})
MOST_SEEN = 50_000  # rows that are remembered, so that the like are looked at once


@dataclass
class Looking:
    """The bulletins of which nothing was met yet, and the rows that were looked at."""

    kind: Kind[Any]
    candidates: list[Any]
    seen: set[Typed] = field(default_factory=set)

    def at(self, rows: Iterable[Judged]) -> list[Met]:
        """Return which bulletins some rows are about; each is met once."""
        found: list[Met] = []
        for one in rows:
            if not self.candidates:
                break
            typed = typed_in([*one.parts.values(), one.items], self.kind)
            if typed in self.seen:
                continue
            if len(self.seen) < MOST_SEEN:
                self.seen.add(typed)
            found.extend(self.met_by(typed))
        return found

    def met_by(self, typed: Typed) -> list[Met]:
        """Return which bulletins one row is about, and look for them no more."""
        found = [
            Met(bulletin.id, edition.number, why)
            for bulletin, edition in self.candidates
            if (why := grounds(edition.shown_when, typed))
        ]
        met = {one.bulletin_id for one in found}
        self.candidates = [one for one in self.candidates if one[0].id not in met]
        return found


def looking(session: Session, upload: Upload, author: Account, now: datetime) -> Looking:
    """Return what looks at the rows of an upload, from where it stands."""
    known = {one.bulletin_id for one in kept(upload)}
    candidates = bulletins.with_signs(session, author, now)
    return Looking(registered()[upload.kind], [one for one in candidates if one[0].id not in known])


def kept(upload: Upload) -> list[Met]:
    """Return what was met in the rows that are checked."""
    return [Met.from_json(one) for one in upload.met]


def beside(session: Session, upload: Upload, actor: Actor, now: datetime) -> Sequence[Shown]:
    """Return the bulletins that a checked sheet is about and that hold still."""
    if upload.state not in SHOWN_IN:
        return ()
    return bulletins.still_shown(session, kept(upload), actor, now)
