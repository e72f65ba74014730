"""Whether a bulletin names somebody: a company that reports, or whom officers work on.

What officers work on is told in one way, whatever it is, so that who writes does not learn on
which list or in which case a name stands. Cases and leads are looked through by checks that the
application hands in (`app.extensions["portal.named"]`): this feature does not know them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bulletins.models import BulletinEdition
from portal.bulletins.rules import standing_in
from portal.core.text import search_key
from portal.organisations.models import Organisation, Sort
from portal.watchlists.models import WatchEntry, WatchList
from portal.watchlists.queries import live

Check = Callable[[Session, str], Sequence[str]]
COMPANY = "A company that uses the portal"
WORKED_ON = "Somebody or something that officers work on"


@dataclass(frozen=True, slots=True)
class Clash:
    """A name that stands in a bulletin."""

    words: str
    why: str

    @property
    def key(self) -> str:
        """Return what an answer to it is kept under."""
        return search_key(self.words)


def clashes(session: Session, edition: BulletinEdition, day: date) -> tuple[Clash, ...]:
    """Return each name in what companies read of an edition, and in its patterns."""
    patterns = [one.value for one in edition.shown_when.names if one.sort != "look-alike"]
    parts = [part for one in edition.said for part in (one.title, one.body)]
    text = "\n".join([*parts, *edition.shown_when.goods, *patterns])
    found = [Clash(name, COMPANY) for name in standing_in(text, company_names(session))]
    found.extend(Clash(name, WORKED_ON) for name in worked_on(session, text, day))
    return tuple({one.key: one for one in reversed(found)}.values())


def company_names(session: Session) -> Iterator[str]:
    """Yield every name of every company, trade names too."""
    query = select(Organisation.name, Organisation.trade_names)
    for name, others in session.execute(query.where(Organisation.sort == Sort.COMPANY)):
        yield name
        yield from others.splitlines()


def worked_on(session: Session, text: str, day: date) -> Iterator[str]:
    """Yield what stands in a text and is watched, or is in an open case or lead."""
    yield from standing_in(text, watched(session, day))
    checks: tuple[Check, ...] = current_app.extensions["portal.named"]
    for check in checks:
        yield from check(session, text)


def watched(session: Session, day: date) -> Iterator[str]:
    """Yield what stands on any watch list that is in force."""
    query = select(WatchEntry.shown).join(WatchList, WatchList.id == WatchEntry.list_id)
    yield from session.scalars(query.where(live(day)).execution_options(yield_per=1000))


def unanswered(found: Sequence[Clash], edition: BulletinEdition) -> tuple[Clash, ...]:
    """Return the names of which nobody said why they may stand."""
    return tuple(one for one in found if not edition.answers.get(one.key))
