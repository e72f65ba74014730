"""Handing over between shifts."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.triage.desk import queries as desk
from portal.triage.desk import services
from portal.triage.desk.data import PAGE
from portal.triage.desk.forms import ShiftForm
from portal.triage.forms import ButtonForm
from portal.triage.knowing import readable_among
from portal.triage.views.pages import bp


def own_cases(session: Session) -> dict[str, str]:
    """Return the officer's open cases, the worst first, to choose from."""
    held = desk.held_by(session, current_actor().id, PAGE)
    return {str(one.id): f"{one.reference} · {one.summary or one.kind}" for one in held}


def page(form: ShiftForm, status: int = 200) -> ResponseReturnValue:
    """Draw the notes between shifts."""
    session = get_session()
    form.cases.choices = own_cases(session)
    notes = desk.notes(session)
    handed = {one.case_id: one.case for note in notes for one in note.cases}
    html = render_template(
        "triage/shifts.html",
        form=form,
        notes=notes,
        readable=readable_among(session, handed.values(), current_actor(), utc_now()),
        button=ButtonForm(formdata=None),
    )
    return html, status


@bp.get("/shifts")
@requires(Permission.CASE_READ)
def shifts() -> ResponseReturnValue:
    """Show what the shifts told each other, and a form to hand over."""
    return page(ShiftForm(formdata=None))


@bp.post("/shifts")
@requires(Permission.CASE_WORK)
def hand_over() -> ResponseReturnValue:
    """Tell the next shift what it must know, and hand cases over."""
    form = ShiftForm()
    form.cases.choices = own_cases(get_session())
    if not form.validate_on_submit():
        return page(form, 422)
    text, cases = form.text.data or "", form.cases.data or []
    with transaction() as session:
        services.hand_over(session, form.shift.data, text, cases, current_actor(), utc_now())
    flash("The next shift is told.")
    return redirect(url_for(".shifts"))


@bp.post("/shifts/<uuid:note_id>/read")
@requires(Permission.CASE_READ)
def acknowledge(note_id: UUID) -> ResponseReturnValue:
    """Say that a note was read."""
    ButtonForm().validate()
    with transaction() as session:
        services.acknowledge(session, desk.note(session, note_id), current_actor(), utc_now())
    flash("Noted that you read it.")
    return redirect(url_for(".shifts"))
