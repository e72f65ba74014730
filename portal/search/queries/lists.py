"""What the filters of a search offer, and what typed words name."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.core.references import read_code
from portal.organisations.models import Organisation
from portal.reference import queries as reference
from portal.reference.models import Substance
from portal.reference.rules.search import JOINED, hs_digits
from portal.search.data import Asked, Synonym

MOST_COMPANIES = 20
MOST_ASKED = 6  # words that are looked up as substances
LEAST = 3  # letters of such a word
MOST_NAMED = 3  # substances that one names


def substances(session: Session) -> dict[str, str]:
    """Return name by key of every current substance."""
    found = {row.key: row.name for row in reference.rows(session, Substance)}
    return dict(sorted(found.items(), key=lambda pair: pair[1].lower()))


def companies(session: Session, typed: str) -> Sequence[UUID]:
    """Return the companies of a name or a reference."""
    query = select(Organisation.id).where(
        or_(
            func.lower(Organisation.name) == typed.lower(),
            Organisation.reference == typed.upper(),
            Organisation.reference == read_code(typed),
        )
    )
    return session.scalars(query.limit(MOST_COMPANIES)).all()


def synonyms(session: Session, asked: Asked) -> tuple[Synonym, ...]:
    """Return the substances that the search, or a word of it, names by whatever name."""
    words = [term.text for term in asked.terms if not term.begins and len(term.text) >= LEAST]
    typed = dict.fromkeys([asked.text, *words[:MOST_ASKED]])
    index = reference.index_of(session, Substance, reference.substance_entries)
    every = {one: index.matches(one) or index.matches(hs_digits(one) or "") for one in typed}
    exact = {
        one: [match.entry.key for match in some[:MOST_NAMED] if match.score >= JOINED]
        for one, some in every.items()
    }
    keys = {key for some in exact.values() for key in some}
    named = reference.substances(session, keys or {""})  # by one SELECT, also for none
    found = [Synonym(one, key, named[key].name) for one, some in exact.items() for key in some]
    return tuple(dict.fromkeys(found))
