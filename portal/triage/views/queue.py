"""The queue with its facets, what is new in it, and the ways from one case to the next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Permission, current_actor, quiet, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.forms import SHORT, label_of
from portal.core.languages import gettext
from portal.organisations.models import Organisation
from portal.submissions.kind import registered
from portal.triage import deeds, knowing, queries
from portal.triage.desk import clocks, known, queue, services
from portal.triage.desk import queries as desk
from portal.triage.desk.data import Clock, Wanted, Whose
from portal.triage.desk.forms import BulkForm, FindForm, LiveForm, QueueForm, TypedForm, ViewForm
from portal.triage.forms import ButtonForm
from portal.triage.models import TriageCase
from portal.triage.views.pages import bp, officer_choices
from portal.triage.weights import ABOUT
from portal.watchlists import queries as watchlists

MOST_NAMED = 8  # companies that are offered
MOST_SAID = 4  # that are named where a text means several
SEVERAL = "Several companies are called so; type a whole name or a reference: %(names)s"
MORE = ("substance", "country", "company", "within", "clock", "stoppable", "flagged")


@bp.get("/", endpoint="queue")
@requires(Permission.CASE_READ)
def queue_page() -> ResponseReturnValue:
    """Show the queue, the worst first with the reason in a line, and one case beside it."""
    form, actor, now = QueueForm(), current_actor(), utc_now()
    session = get_session()
    setting = desk.setting(session, actor)
    if not form.asked() and setting.default_view_id:
        view = desk.view(session, setting.default_view_id, actor)
        return redirect(url_for(".queue", view=view.id, **view.wanted))
    keys = setting.keys  # before reading the case beside it forgets what was read
    beside, officers = opened(form.opened()), officer_choices(session)
    offer(form, session, officers)
    form.validate()
    wanted = replace(form.to_data(), company=company_of(session, form))
    page = queue.page(session, wanted, actor, now)
    return render_template(
        "triage/queue.html",
        form=form,
        page=page,
        wanted=wanted,
        beside=beside,
        now=now,
        keys=keys,
        **around(session, form, wanted, page, officers),
    )


def offer(form: QueueForm, session: Session, officers: dict[str, str]) -> None:
    """Give the filter its choices, with counts where counting is cheap."""
    kinds = {slug: kind.title for slug, kind in registered().items()}
    number = desk.counted(session, kinds, current_actor(), utc_now())
    kinds = {slug: f"{title} ({number[f'kind {slug}']})" for slug, title in kinds.items()}
    form.kind.choices = {"": "All kinds", **kinds}
    people = {key: name for key, name in officers.items() if key}
    counted = {
        w.value: f"{label_of(w)} ({number[f'whose {w}']})" for w in (Whose.MINE, Whose.NOBODY)
    }
    form.whose.choices = {Whose.ANYBODY.value: "Anybody's", **counted, **people}
    form.substance.choices = {"": "All substances", **desk.substance_names(session)}
    form.country.choices = {**form.country.choices, "": "Any country"}
    clocks = {c.value: f"{label_of(c)} ({number[f'clock {c}']})" for c in Clock}
    form.clock.choices = {"": "At any time", **clocks}
    form.stoppable.label.text = f"Can still be stopped ({number['stoppable']})"
    form.flagged.label.text = f"Flagged ({number['flagged']})"


def company_of(session: Session, form: QueueForm) -> UUID | None:
    """Return the company that is asked for; say beside the field why none is."""
    text = form.read("company", "").strip()
    found = desk.companies(session, text, MOST_NAMED) if text else ()
    if len(found) == 1:
        form.company.data = found[0].name
        return found[0].id
    if found:
        form.company.errors = (gettext(SEVERAL, names=listed(found)),)
    elif text:
        form.company.errors = ("No company is called so.",)
    return None


def listed(companies: Sequence[Organisation]) -> str:
    """Return several companies as a sentence names them; of many the first."""
    named = [f"{one.name} ({one.reference})" for one in companies[:MOST_SAID]]
    return ", ".join(named) + (", …" if len(companies) > MOST_SAID else "")


def around(
    session: Session, form: QueueForm, wanted: Wanted, page: queue.Page, officers: dict[str, str]
) -> dict[str, Any]:
    """Return what stands around the cases of the queue."""
    actor, now = current_actor(), utc_now()
    counted = queries.counts(session)
    asked, views = wanted.address(), desk.views(session, actor)
    own = next((v for v in views if v.id == form.viewed() and v.owner_id == actor.id), None)
    return {
        "titles": {slug: kind.title for slug, kind in registered().items()},
        "counts": counted,
        "open_count": queue.open_count(counted),
        "address": asked,
        "base": {k: v for k, v in asked.items() if k not in {"after", "before"}},
        "more_filters": bool(form.company.errors) or any(name in asked for name in MORE),
        "views": views,
        "viewed": form.viewed(),
        "unread": desk.unread_note(session, actor, now),
        "bulk": bulk_form(officers),
        "save": ViewForm(formdata=None, obj=own),
        "find": FindForm(),
    } | beside_each(session, page.cases)


def beside_each(session: Session, cases: Sequence[TriageCase]) -> dict[str, Any]:
    """Return what each row of the queue says that the case itself does not hold."""
    actor, now, ids = current_actor(), utc_now(), [case.id for case in cases]
    return {
        "others": desk.others_at(session, ids, actor, now),
        "failing": queries.failing(session, ids),
        "watched": watchlists.marked(session, ids, actor),
        "clocks": {case.id: clocks.clock_of(case, now) for case in cases},
    }


def bulk_form(officers: dict[str, str]) -> BulkForm:
    """Return the empty form for several cases, with those to whom they can be given."""
    form = BulkForm(formdata=None)
    form.officer.choices = officers
    return form


def opened(case_id: UUID | None) -> dict[str, Any] | None:
    """Return what is known of the case that is shown beside the queue; the reading is recorded."""
    if case_id is None:
        return None
    actor, now = current_actor(), utc_now()
    try:
        with transaction() as session:
            case = queries.get(session, case_id)
            if not knowing.may_read(session, case, actor, now):
                return {"case": case, "allowed": False}
            deeds.note_reading(session, case, actor, now)
            services.be_at(session, case.id, actor, now)
    except NotFoundError:
        return None
    return {"case": case, "allowed": True} | facts(get_session(), case)


def facts(session: Session, case: TriageCase) -> dict[str, Any]:
    """Return what the panel says of a case."""
    now = utc_now()
    return {
        "clock": clocks.clock_of(case, now),
        "others": desk.others_at(session, [case.id], current_actor(), now).get(case.id, []),
        "findings": queries.findings_of(session, case.id),
        "about": ABOUT,
        "related": known.related(session, case.id, current_actor(), now, 8),
        "notes": queries.notes_of(session, case.id)[-3:],
    }


@bp.get("/live")
@requires(Permission.CASE_READ)
@quiet
def live() -> ResponseReturnValue:
    """Say how many cases came in since a page was opened, and how many there are."""
    form, session, now = LiveForm(), get_session(), utc_now()
    form.kind.choices = dict.fromkeys(["", *registered()], "")
    form.whose.validate_choice = form.substance.validate_choice = False
    form.validate()
    number = queue.newer(session, form.to_data(), form.moment(now), current_actor(), now)
    counted = queries.counts(session)
    return {
        "new": desk.in_words(number),
        "open": queue.open_count(counted),
        "counts": {status.value: cases for status, cases in counted.items()},
    }


@bp.get("/companies.json")
@requires(Permission.CASE_READ)
@quiet
def suggest_companies() -> ResponseReturnValue:
    """Offer reporting companies while somebody types."""
    text = (TypedForm().q.data or "").strip()[:SHORT]
    found = desk.companies(get_session(), text, MOST_NAMED) if text else ()
    return jsonify([{"value": c.name, "label": c.name, "hint": c.reference} for c in found])


@bp.get("/find")
@requires(Permission.CASE_READ)
def find() -> ResponseReturnValue:
    """Go to the case of a reference; say so where no submission has it."""
    asked = FindForm().reference.data or ""
    try:
        case_id = desk.by_reference(get_session(), asked)
    except NotFoundError:
        flash(f"No submission has the reference “{asked.strip()[:SHORT]}”. Search finds parts.")
        return redirect(url_for(".queue"))
    return redirect(url_for(".review", submission_id=case_id))


@bp.post("/next")
@requires(Permission.CASE_WORK)
def take_next() -> ResponseReturnValue:
    """Give the officer the worst case that nobody has, and show it."""
    ButtonForm().validate()
    with transaction() as session:
        case = services.take_next(session, current_actor(), utc_now())
    if case is None:
        flash("Nobody's cases are all taken. There is nothing to take.")
        return redirect(url_for(".queue"))
    flash("The case is yours.")
    return redirect(url_for(".review", submission_id=case.id))


@bp.get("/<uuid:submission_id>/following")
@requires(Permission.CASE_READ)
def following(submission_id: UUID) -> ResponseReturnValue:
    """Go to the next worst case that is the officer's or nobody's."""
    session = get_session()
    case = queries.get(session, submission_id)
    next_id = queue.following(session, case, current_actor())
    if next_id is None:
        flash("That was the last case that is yours or nobody's.")
        return redirect(url_for(".queue"))
    return redirect(url_for(".review", submission_id=next_id))


@bp.post("/<uuid:submission_id>/here")
@requires(Permission.CASE_READ)
@quiet
def here(submission_id: UUID) -> ResponseReturnValue:
    """Note that the officer still has a case open, and say who else has."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = queries.get(session, submission_id)
        if not knowing.may_read(session, case, actor, now):
            raise NotFoundError
        services.be_at(session, case.id, actor, now)
        others = desk.others_at(session, [case.id], actor, now).get(case.id, [])
    return {"others": [one.name or one.email for one in others], "version": case.version}
