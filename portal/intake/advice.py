"""What the authority published on what a draft, a row of a sheet or a machine's record says.

It looks at the bulletins that address the company and at what its reporter typed, and at nothing
else: what is shown is the same whatever officers think.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from portal.bulletins import services as bulletins
from portal.bulletins.data import Shown, Typed
from portal.core.access import Actor
from portal.intake import queries
from portal.intake.models import Draft
from portal.submissions.data import Leg, Line, Party, PartyRole, SubmissionData
from portal.submissions.kind import Kind

OWN = frozenset({PartyRole.EXPORTER})  # roles that begin a route


def beside(session: Session, draft: Draft, actor: Actor, now: datetime) -> Sequence[Shown]:
    """Return the bulletins that a draft is about."""
    candidates = bulletins.with_signs(session, actor, now)
    if not candidates:
        return ()
    book = queries.Book(queries.kind_of(draft.kind), draft.answers)
    return bulletins.beside(session, candidates, typed_in(readable(book), book.kind), actor, now)


def on_record(
    session: Session, kind: Kind[Any], data: SubmissionData, actor: Actor, now: datetime
) -> Sequence[Shown]:
    """Return the bulletins that a whole record is about."""
    candidates = bulletins.with_signs(session, actor, now)
    if not candidates:
        return ()
    answers = {one.name: getattr(data, one.name) for one in fields(data)}
    return bulletins.beside(session, candidates, typed_in([answers], kind), actor, now)


def typed_in(pages: Iterable[Any], kind: Kind[Any]) -> Typed:
    """Return what bulletins look at of some answers."""
    parts = [part for answers in pages for part in walked(answers, kind)]
    lines = [part for part in parts if isinstance(part, Line)]
    parties = [part for part in parts if isinstance(part, Party)]
    legs = [part for part in parts if isinstance(part, Leg)]
    countries = [part for part in parts if isinstance(part, str)]
    origins = [leg.origin_country for leg in legs]
    origins += [party.country for party in parties if party.role in OWN and party.country]
    ends = [leg.destination_country for leg in legs]
    named = [party.country for party in parties if party.country]
    return Typed(
        substances=frozenset(line.substance for line in lines if line.substance),
        goods=tuple(name for line in lines for name in (line.name, line.trade_name) if name),
        origins=frozenset(origins or [current_app.config["COUNTRY"]]),
        countries=frozenset([*countries, *origins, *ends, *named]),
        names=tuple(name for party in parties for name in names_of(party)),
    )


def names_of(party: Party) -> Iterator[str]:
    """Yield each name of a party that is not the company itself."""
    if party.role not in OWN:
        told = (party.name, party.trading_name, party.original_script, *party.earlier_names)
        yield from (name for name in told if name)


def readable(book: queries.Book) -> Iterator[Any]:
    """Yield the answers of each page on which something stands and nothing is wrong."""
    for sheets in book.sheets.values():
        for sheet in sheets:
            if any(sheet.typed.values()) and not sheet.form.errors:
                yield sheet.form.to_data()


def walked(answers: Any, kind: Kind[Any]) -> Iterator[Any]:
    """Yield the lines, parties and legs of some answers, and the countries beside them."""
    if isinstance(answers, (Line, Party, Leg)):
        yield answers
    elif isinstance(answers, dict):
        shown = {one.name for one in fields(kind.data) if one.metadata.get("shown") == "country"}
        yield from (answers[name] for name in answers.keys() & shown if answers[name])
        yield from walked([answers[name] for name in answers.keys() - shown], kind)
    elif isinstance(answers, (tuple, list)):
        for one in answers:
            yield from walked(one, kind)
