"""Sources, links, merging and splitting of leads."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.leads import knowing, queries
from portal.leads import services as leads
from portal.leads.knowing import Sight
from portal.leads.linking import queries as linked
from portal.leads.linking import services
from portal.leads.linking.forms import NONE, LinkForm, MergeForm, OtherForm, SourceForm, SplitForm
from portal.leads.models import Lead
from portal.leads.rules import EDITABLE
from portal.leads.views.pages import bp
from portal.triage.desk.queries import by_reference
from portal.triage.forms import ButtonForm

SHORTENED = 120  # letters of a text in a list to choose from


def open_lead(session: Session, lead_id: UUID) -> tuple[Lead, Sight]:
    """Return a lead that the officer may work on, and what they see of it."""
    lead = queries.get(session, lead_id)
    return lead, knowing.hold_to_work(session, lead, current_actor(), utc_now())


def note(lead_id: UUID, page: str) -> None:
    """Record that a page of a lead was read."""
    with transaction() as session:
        open_lead(session, lead_id)
        audit.record(session, current_actor(), "lead.opened", lead_id, utc_now(), page=page)


def links_page(
    lead: Lead,
    sight: Sight,
    *,
    status: int = 200,
    link: LinkForm | None = None,
    merge: MergeForm | None = None,
    source: SourceForm | None = None,
) -> ResponseReturnValue:
    """Draw the page of what a lead rests on and belongs to."""
    session = get_session()
    return render_template(
        "leads/links.html",
        lead=lead,
        sight=sight,
        links=linked.links_of(session, lead.id),
        others=linked.leads_on(session, [case.id for case in sight.cases]),
        link=link or LinkForm(formdata=None),
        merge=merge or MergeForm(formdata=None, prefix="merge-"),
        source=source or SourceForm(formdata=None),
        editable=lead.status in EDITABLE,
    ), status


def other_of(form: OtherForm) -> Lead | None:
    """Return the lead that a form names; say on the form when there is none."""
    if not form.validate_on_submit():
        return None
    found = linked.by_reference(get_session(), form.other.data or "")
    if found is None:
        form.other.errors = [NONE]
    return found


@bp.get("/<uuid:lead_id>/links")
@requires(Permission.LEAD_WRITE)
def links(lead_id: UUID) -> ResponseReturnValue:
    """Show what a lead rests on and belongs to, and what can be done about it."""
    note(lead_id, "links")
    return links_page(*open_lead(get_session(), lead_id))


@bp.post("/<uuid:lead_id>/links")
@requires(Permission.LEAD_WRITE)
def link(lead_id: UUID) -> ResponseReturnValue:
    """Say how two leads belong together."""
    lead, sight = open_lead(get_session(), lead_id)
    form = LinkForm()
    other = other_of(form)
    if other is None or form.sort.data is None:
        return links_page(lead, sight, status=422, link=form)
    with transaction() as session:
        both = queries.get(session, lead_id), queries.get(session, other.id)
        note = form.note.data or ""
        services.link(session, *both, form.sort.data, note, current_actor(), utc_now())
    flash("Linked.")
    return redirect(url_for(".show", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/links/<uuid:link_id>/remove")
@requires(Permission.LEAD_WRITE)
def unlink(lead_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Take a link away."""
    if not ButtonForm().validate_on_submit():
        raise BadRequest
    with transaction() as session:
        lead, _ = open_lead(session, lead_id)
        services.unlink(session, lead, link_id, current_actor(), utc_now())
    flash("The link is taken away.")
    return redirect(url_for(".links", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/merge")
@requires(Permission.LEAD_WRITE)
def merge(lead_id: UUID) -> ResponseReturnValue:
    """Let a lead become part of another."""
    lead, sight = open_lead(get_session(), lead_id)
    form = MergeForm(prefix="merge-")
    other = other_of(form)
    if other is None:
        return links_page(lead, sight, status=422, merge=form)
    with transaction() as session:
        both = open_lead(session, lead_id)[0], open_lead(session, other.id)[0]
        services.merge(session, *both, current_actor(), utc_now())
    flash("Merged. The other lead points here.")
    return redirect(url_for(".show", lead_id=other.id))


@bp.post("/<uuid:lead_id>/sources")
@requires(Permission.LEAD_WRITE)
def add_source(lead_id: UUID) -> ResponseReturnValue:
    """Let a lead rest on one submission more."""
    form = SourceForm()
    if not form.validate_on_submit():
        return links_page(*open_lead(get_session(), lead_id), status=422, source=form)
    with transaction() as session:
        lead, _ = open_lead(session, lead_id)
        leads.hold_editable(lead)
        case_id = by_reference(session, form.reference.data or "")
        actor, now = current_actor(), utc_now()
        services.add_sources(session, lead, [case_id], actor, now)
        leads.note_change(session, lead, actor, now)
    flash("The submission was added.")
    return redirect(url_for(".links", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/sources/<uuid:submission_id>/remove")
@requires(Permission.LEAD_WRITE)
def take_source_away(lead_id: UUID, submission_id: UUID) -> ResponseReturnValue:
    """Let a lead rest no more on a submission on which another rests too."""
    if not ButtonForm().validate_on_submit():
        raise BadRequest
    with transaction() as session:
        lead, _ = open_lead(session, lead_id)
        services.take_source_away(session, lead, submission_id, current_actor(), utc_now())
    flash("This lead rests on it no more.")
    return redirect(url_for(".links", lead_id=lead_id))


@bp.route("/<uuid:lead_id>/split", methods=["GET", "POST"])
@requires(Permission.LEAD_WRITE)
def split(lead_id: UUID) -> ResponseReturnValue:
    """Make a new lead of some texts and sources of this one."""
    note(lead_id, "split")
    lead, sight = open_lead(get_session(), lead_id)
    form = SplitForm()
    texts = {one.id: shortened(one.text) for one in lead.texts if sight.sees(one)}
    sources = {case.id: f"{case.reference}: {case.summary}" for case in sight.open}
    form.offer(texts, sources)
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("leads/split.html", lead=lead, form=form), status
    with transaction() as session:
        again = open_lead(session, lead_id)[0]
        new = services.split(session, again, form.to_data(), current_actor(), utc_now())
    flash("The lead is split. The two are linked.")
    return redirect(url_for(".show", lead_id=new.id))


def shortened(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= SHORTENED else f"{text[: SHORTENED - 1]}…"
