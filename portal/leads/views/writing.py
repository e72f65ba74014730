"""Writing at a lead: what is typed is kept at once, and saved when it is right."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.leads import knowing, queries
from portal.leads import services as leads
from portal.leads.forms import PageForm, id_of
from portal.leads.models import LeadDraft
from portal.leads.views.desk import Desk, Page
from portal.leads.views.facts_page import FACTS_PAGE
from portal.leads.views.pages import bp
from portal.leads.views.subjects_page import SUBJECTS_PAGE
from portal.leads.views.text_page import TEXT_PAGE
from portal.leads.writing import queries as drafts
from portal.leads.writing import rules, services
from portal.leads.writing.forms import OpenForm, sent_by, typed_in
from portal.leads.writing.merging import Clash, merged
from portal.pictures import services as pictures
from portal.triage import deeds

PAGES: Mapping[str, Page] = {
    rules.TEXT: TEXT_PAGE,
    rules.SUBJECTS: SUBJECTS_PAGE,
    rules.FACTS: FACTS_PAGE,
}


def page_of(part: str) -> Page:
    """Return a page by its name in the address.

    Raises:
        NotFoundError: there is none.
    """
    if part not in PAGES:
        raise NotFoundError
    return PAGES[part]


def desk_of(session: Session, lead_id: UUID, opened: UUID | None = None) -> Desk:
    """Put a lead on the desk of who asks, if they may change it.

    Raises:
        NotYoursError: others work on it.
        MoveRefusedError: it was submitted or approved.
    """
    actor, now = current_actor(), utc_now()
    lead = queries.get(session, lead_id)
    sight = knowing.hold_to_work(session, lead, actor, now)
    leads.hold_editable(lead)
    return Desk(session=session, lead=lead, sight=sight, actor=actor, now=now, opened=opened)


@bp.route("/<uuid:lead_id>/edit", methods=["GET", "POST"])
@bp.route("/<uuid:lead_id>/edit/<string:part>", methods=["GET", "POST"])
@requires(Permission.LEAD_WRITE)
def edit(lead_id: UUID, part: str = rules.TEXT) -> ResponseReturnValue:
    """Write at a lead; pages that were not saved are as they were left."""
    page = page_of(part)
    form = page.form()
    if form.is_submitted():
        return received(desk_of(get_session(), lead_id, id_of(form.opened.data)), part, form)
    desk = noted(lead_id, part, OpenForm().source())
    draft = drafts.draft(desk.session, lead_id, part, desk.actor)
    form = filled(page, desk, draft)
    return drawn(desk, part, form, draft), 200


def filled(page: Page, desk: Desk, draft: LeadDraft | None) -> PageForm:
    """Return a page as it was typed last, or as the lead holds it."""
    if draft is not None:
        form = page.form(formdata=MultiDict(draft.typed))
        form.base.data = draft.base
        return form
    form = page.form(formdata=None, data=page.values(desk.lead))
    form.base.data = page.state(desk.lead)
    return form


def drawn(desk: Desk, part: str, form: PageForm, draft: LeadDraft | None) -> str:
    """Draw a page; what it shows of sources counts as read."""
    page = page_of(part)
    more = page.prepare(desk, form)
    source = more.get("source")
    form.opened.data = str(source.submission_id) if source else ""
    stale = draft is not None and draft.base != page.state(desk.lead)
    shown = {"lead": desk.lead, "sight": desk.sight, "form": form, "draft": draft, "stale": stale}
    return render_template(page.template, pages=PAGES, part=part, **shown, **more)


def noted(lead_id: UUID, part: str, opened: UUID | None) -> Desk:
    """Put a lead on the desk once it is written down which sources the page tells of."""
    with transaction() as session:
        desk = desk_of(session, lead_id, opened)
        audit.record(session, desk.actor, "lead.opened", lead_id, desk.now, page=part)
        case = drafts.open_case(desk.sight, opened)
        if part == rules.TEXT and case is not None:
            deeds.note_reading(session, case, desk.actor, desk.now)
        elif part != rules.TEXT:
            read = desk.sight.readable
            pictures.note_shown(session, f"lead {part}", lead_id, read, desk.actor, desk.now)
    return desk_of(get_session(), lead_id, opened)


def received(desk: Desk, part: str, form: PageForm) -> ResponseReturnValue:
    """Keep what was typed; then do what the button asks for."""
    page, lead_id, press = page_of(part), desk.lead.id, rules.press_of(form.press.data or "")
    if press.deed == "discard":
        with transaction() as session:
            services.drop(session, lead_id, part, desk.actor)
        return redirect(url_for(".edit", lead_id=lead_id, part=part))
    keep(desk, part, typed_in(form), form.based_on())
    if press.deed != "save":
        done = page.press(desk, typed_in(form), press, form)
        keep(desk, part, done.typed, form.based_on())
        way: dict[str, Any] = {"open": done.opened} if done.opened else {}
        back = url_for(".edit", lead_id=lead_id, part=part, _anchor=done.anchor or None, **way)
        return redirect(back)
    desk = noted(lead_id, part, desk.opened)
    page.prepare(desk, form)
    if not form.validate():
        return drawn(desk, part, form, None), 422
    if page.state(desk.lead) != form.based_on():
        return joined(desk, part, typed_in(form), form.based_on())
    save(desk, part, form)
    flash("Saved.")
    return redirect(url_for(".show", lead_id=lead_id))


def joined(desk: Desk, part: str, typed: rules.Typed, base: str) -> ResponseReturnValue:
    """Save what was typed together with what somebody else saved, if nobody has to choose."""
    page, lead_id = page_of(part), desk.lead.id
    both, clashes = together(desk, part, typed, base, {})
    if clashes:
        return redirect(url_for(".met", lead_id=lead_id, part=part))
    form = page.form(formdata=MultiDict(both), meta={"csrf": False})
    form.base.data = page.state(desk.lead)
    keep(desk, part, both, form.based_on())
    page.prepare(desk, form)
    if not form.validate():
        flash("Somebody saved meanwhile. Theirs and yours do not fit together yet.", "error")
        return redirect(url_for(".edit", lead_id=lead_id, part=part))
    save(desk, part, form)
    flash("Saved, together with what somebody else saved meanwhile.")
    return redirect(url_for(".show", lead_id=lead_id))


def together(
    desk: Desk, part: str, typed: rules.Typed, base: str, chosen: Mapping[str, str]
) -> tuple[rules.Typed, tuple[Clash, ...]]:
    """Put what was typed and what was saved together; return also what both changed."""
    known = drafts.before(desk.session, desk.lead.id, part, base)
    return merged(known.typed if known else None, typed, saved(desk, part), chosen)


def saved(desk: Desk, part: str) -> rules.Typed:
    """Return a page as a browser would send what is saved."""
    page = page_of(part)
    return sent_by(page.form(formdata=None, data=page.values(desk.lead)))


def keep(desk: Desk, part: str, typed: rules.Typed, base: str) -> None:
    """Keep what was typed, so that nothing of it is lost whatever follows."""
    with transaction() as session:
        lead = queries.get(session, desk.lead.id)
        services.keep(session, lead, part, typed, base, desk.actor, desk.now)


def save(desk: Desk, part: str, form: PageForm) -> None:
    """Save a page, and forget that it was typed."""
    with transaction() as session:
        lead = queries.get(session, desk.lead.id)
        services.hold_to(page_of(part).state(lead), form.based_on())
        typed = saved(replace(desk, session=session, lead=lead), part)
        services.remember(session, lead, part, form.based_on(), typed, desk.now)
        page_of(part).save(replace(desk, session=session, lead=lead), form)
        services.drop(session, lead.id, part, desk.actor)
