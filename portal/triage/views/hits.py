"""What watch lists tell their readers: the page of hits, one hit, and “watch this” of a case.

Nobody else sees any of it: a hit changes neither priority nor order nor words of a case.
"""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.entities.data import Trace
from portal.entities.rules.profiles import traces_of
from portal.submissions.kind import registered
from portal.submissions.present import mentions
from portal.triage import deeds, knowing, queries, watching
from portal.triage.forms import DecideForm, HitsForm, WatchCaseForm
from portal.triage.views.pages import bp
from portal.watchlists import keeping
from portal.watchlists import queries as lists
from portal.watchlists import services as watchlists
from portal.watchlists.data import WATCHED
from portal.watchlists.rules import of_entity


@bp.get("/hits")
@requires(Permission.WATCHLIST_USE)
def hits() -> ResponseReturnValue:
    """List the hits of the lists that one reads, the newest first; each look is recorded."""
    form, actor, now = HitsForm(), current_actor(), utc_now()
    state, last = form.wanted()
    with transaction() as session:
        after = lists.hit(session, last, actor) if last else None
        found = lists.hits(session, actor, state, after)
        watchlists.note_looking(session, found, "list", actor, now)
        watchlists.looked(session, actor, now)
    cases = watching.cases_of(session, {hit.submission_id for hit in found})
    context: dict[str, Any] = {
        "cases": cases,
        "readable": knowing.readable_among(session, cases.values(), actor, now),
        "failures": lists.failures(session),
        "more": found[-1].id if len(found) == lists.HITS else None,
        "sorts": WATCHED,
    }
    return render_template("triage/hits.html", found=found, form=form, **context)


@bp.route("/hits/<uuid:hit_id>", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def hit(hit_id: UUID) -> ResponseReturnValue:
    """Show a hit beside what the company wrote, if one may read the case; say what it is."""
    form, actor, now = DecideForm(), current_actor(), utc_now()
    decided = form.validate_on_submit()
    with transaction() as session:
        found = lists.hit(session, hit_id, actor)
        case = queries.get(session, found.submission_id)
        allowed = knowing.may_read(session, case, actor, now)
        watchlists.note_looking(session, [found], "hit", actor, now)
        if allowed:
            deeds.note_reading(session, case, actor, now)
        if decided:
            note = form.note.data or ""
            watchlists.decide(session, found, form.state.data, note, actor, now)
    if decided:
        flash("It is written down.")
        return redirect(url_for(".hits"))
    context = {"hit": found, "case": case, "allowed": allowed, "sorts": WATCHED}
    return render_template("triage/hit.html", form=form, **context), 422 if form.errors else 200


@bp.route("/<uuid:submission_id>/watch", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def watch(submission_id: UUID) -> ResponseReturnValue:
    """Put what a case names onto a watch list: “watch this”."""
    actor, now, form = current_actor(), utc_now(), WatchCaseForm()
    with transaction() as session:
        case = queries.get(session, submission_id)
        if not knowing.may_read(session, case, actor, now):
            return redirect(url_for(".glass", submission_id=submission_id))
        deeds.note_reading(session, case, actor, now)
    traces = traces_in(submission_id)
    form.offer(traces, lists.choices(get_session(), actor, now))
    if not form.validate_on_submit():
        page = render_template("triage/watch.html", form=form, case=case)
        return page, 422 if form.errors else 200
    chosen = [traces[place] for place in form.places()]
    found = [of_entity(one.sort, one.shown, one.value, one.profile) for one in chosen]
    with transaction() as session:
        row = lists.get(session, form.list_id(), actor)
        done = keeping.add(session, row, found, form.about(), actor, now)
    left = len(found) - len(done)
    flash(f"{len(done)} watched." + (f" {left} stood on the list already." if left else ""))
    return redirect(url_for(".review", submission_id=submission_id))


def traces_in(submission_id: UUID) -> list[Trace]:
    """Return what a submission names that can be watched, each once.

    Raises:
        DomainError: it names nothing.
    """
    submission = queries.submission_of(get_session(), submission_id)
    data = registered()[submission.kind].load(submission.content)
    found: dict[tuple[object, ...], Trace] = {}
    for one in traces_of(data, mentions(data)):
        if one.sort in WATCHED:
            found.setdefault((one.sort, one.value, one.shown), one)
    if not found:
        raise DomainError("This case names nobody and nothing that can be watched.")
    return list(found.values())
