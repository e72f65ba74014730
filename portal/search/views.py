"""The page of the search."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Actor, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.search import services
from portal.search.data import Asked, Match, Sort, Wanted
from portal.search.forms import SearchForm
from portal.search.queries import lists, names, texts
from portal.search.rules.explaining import matches
from portal.search.rules.reading import read
from portal.submissions.kind import registered
from portal.texts.data import Part, What

bp = Blueprint("search", __name__, url_prefix="/search")


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with its explanation."""

    hit: texts.Hit
    matches: tuple[Match, ...]


@bp.get("/")
@requires(Permission.CASE_READ)
def page() -> ResponseReturnValue:
    """Search everything that the officer may see, and explain what was found."""
    actor, now, session = current_actor(), utc_now(), get_session()
    form = SearchForm()
    titles = {slug: kind.title for slug, kind in registered().items()}
    form.offer(titles, lists.substances(session))
    form.validate()
    typed = form.q.data or ""
    asked = read(typed) if not form.errors else Asked()
    if form.q.raw_data and not form.errors and asked.fault:
        form.refuse("q", asked.fault)
    firms = companies(session, form)
    if form.errors or not asked.terms:
        status = 422 if form.errors else 200
        return render_template("search/page.html", form=form, titles=titles, found=None), status
    services.refuse_if_many(session, actor, now)
    found = results(session, asked, form.to_data(firms), actor, now)
    with transaction() as writing:
        services.note_search(writing, typed, form.to_data(firms), found["cases"], actor, now)
    return render_template("search/page.html", form=form, titles=titles, found=found)


def companies(session: Session, form: SearchForm) -> tuple[UUID, ...]:
    """Return the companies that the filter names; say so when there is none."""
    typed = form.company.data or ""
    if not typed or form.errors:
        return ()
    known = tuple(lists.companies(session, typed))
    if not known:
        form.refuse("company", "No company has this name or reference. Enter the whole of it.")
    return known


def results(
    session: Session, asked: Asked, wanted: Wanted, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Return what a page of results shows, in plain values: nothing is read afterwards."""
    synonyms = lists.synonyms(session, asked)
    first = not wanted.after
    found = texts.Found()
    if wanted.sort is not Sort.ENTITIES:
        found = texts.find(session, asked, synonyms, wanted, actor, now)
    known = []
    if first and not wanted.narrow and wanted.sort in {Sort.ALL, Sort.ENTITIES}:
        known = names.like(session, asked, actor, now)
    shown = [
        Shown(hit, matches([Part.from_json(one) for one in hit.row.parts], asked, synonyms))
        for hit in found.hits
    ]
    return {
        "groups": grouped(shown),
        "entities": known,
        "others": texts.others(session, asked, wanted, actor, now) if first else (),
        "more": found.more,
        "cut": found.cut,
        "cases": cases_of(shown, known),
    }


def cases_of(shown: list[Shown], known: list[names.Known]) -> list[UUID]:
    """Return the cases of which the page shows words, each once."""
    cases = [one.hit.case.id for one in shown if one.hit.case]
    cases.extend(case.id for one in known for case in one.cases)
    return list(dict.fromkeys(cases))


def grouped(shown: list[Shown]) -> dict[str, list[list[Shown]]]:
    """Return results by what they are; the texts of one submission stand together."""
    groups: dict[str, dict[Any, list[Shown]]] = {"submissions": {}, "notes": {}, "leads": {}}
    for one in shown:
        what = one.hit.row.what
        if what in {What.RECORD, What.LATER}:
            groups["submissions"].setdefault(one.hit.row.owner_id, []).append(one)
        else:
            group = "leads" if what is What.LEAD else "notes"
            groups[group].setdefault(one.hit.row.thing_id, []).append(one)
    return {name: list(found.values()) for name, found in groups.items()}
