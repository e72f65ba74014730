"""Where officers write, approve and withdraw bulletins, and see who read them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.bulletins import keeping, naming, queries
from portal.bulletins.forms import (
    BulletinForm,
    ButtonForm,
    PageForm,
    ReasonForm,
    TextForm,
    answers_for,
    filled,
)
from portal.bulletins.life import State
from portal.bulletins.models import Bulletin, BulletinEdition
from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.reference import queries as reference

bp = Blueprint("bulletin_desk", __name__, url_prefix="/bulletin-desk")


@bp.get("/")
@requires(Permission.BULLETIN_DESK)
def index() -> ResponseReturnValue:
    """List bulletins, those that wait for approval first."""
    session, form = get_session(), PageForm()
    last = UUID(form.after.data) if form.validate() and form.after.data else None
    found = queries.newest(session, queries.get(session, last) if last else None)
    return render_template(
        "bulletindesk/index.html",
        found=found,
        editions=queries.last_editions(session, found),
        waiting=queries.waiting(session),
        more=found[-1].id if len(found) == queries.PAGE else None,
        today=queries.today(utc_now()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BULLETIN_WRITE)
def new() -> ResponseReturnValue:
    """Begin a bulletin."""
    form = BulletinForm()
    if not form.validate_on_submit():
        return write(form, "Begin a bulletin", url_for(".index"))
    with transaction() as session:
        row = keeping.begin(session, form.told(), form.said(), current_actor(), utc_now())
    flash("Saved. Nobody outside reads it until a supervisor approves it.")
    return redirect(url_for(".show", bulletin_id=row.id))


def write(form: BulletinForm, title: str, back: str, text: str = "") -> ResponseReturnValue:
    """Draw the page of a whole bulletin."""
    page = render_template("bulletindesk/write.html", form=form, title=title, back=back, text=text)
    return page, 422 if form.errors else 200


def ask(
    form: Any, title: str, button: str, back: str, text: str = "", warning: str = ""
) -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template(
        "bulletindesk/form.html",
        form=form,
        title=title,
        button=button,
        back=back,
        text=text,
        warning=warning,
    )
    return page, 422 if form.errors else 200


@bp.get("/<uuid:bulletin_id>")
@requires(Permission.BULLETIN_DESK)
def show(bulletin_id: UUID) -> ResponseReturnValue:
    """Show a bulletin with its editions, whom it addresses, and who read it."""
    now = utc_now()
    with transaction() as session:
        row = queries.get(session, bulletin_id)
        audit.record(session, current_actor(), "bulletin.overseen", row.id, now)
    editions = queries.editions_of(session, bulletin_id)
    last, day = editions[0], queries.today(now)
    return render_template(
        "bulletindesk/show.html",
        row=row,
        editions=editions,
        last=last,
        today=day,
        names=names_of(session, last),
        own=str(current_actor().id) in {*last.writers, str(last.author_id)},
        receipts=receipts(session, row, editions, day),
        addressed=len(queries.addressees(session, last, day)),
        clashes=naming.clashes(session, last, day) if last.state is State.SUBMITTED else (),
        form=ButtonForm(),
    )


def names_of(session: Session, edition: BulletinEdition) -> dict[str, str]:
    """Return the names of the substances of an edition by their keys."""
    keys = {*edition.substances, *edition.shown_when.substances}
    return {key: row.name for key, row in reference.substances(session, keys).items()}


def receipts(session: Session, row: Bulletin, editions: Any, day: Any) -> dict[str, Any] | None:
    """Return who read what is published, and how many of how many."""
    published = next((one for one in editions if one.number == row.published), None)
    if published is None:
        return None
    firms = queries.addressees(session, published, day)
    people, companies = queries.count_read(session, row.id, published.number)
    addressed = {person for firm in firms for person in firm.people}
    return {
        "number": published.number,
        "people": len(addressed & people),
        "of_people": len(addressed),
        "companies": len({firm.id for firm in firms} & companies),
        "of_companies": len(firms),
        "unread": [firm.name for firm in firms if firm.id not in companies][: queries.PAGE],
        "rows": queries.readings_of(session, row.id, published.number),
    }


@bp.route("/<uuid:bulletin_id>/change", methods=["GET", "POST"])
@requires(Permission.BULLETIN_WRITE)
def change(bulletin_id: UUID) -> ResponseReturnValue:
    """Change a bulletin, or begin its next edition."""
    session, back = get_session(), url_for(".show", bulletin_id=bulletin_id)
    row, last = both(session, bulletin_id)
    form = BulletinForm(data=filled(last, names_of(session, last)))
    if not form.validate_on_submit():
        text = NEWER if last.state is State.APPROVED else ""
        return write(form, "Change the bulletin", back, text)
    with transaction() as session:
        row = queries.get(session, bulletin_id)
        keeping.change(session, row, form.told(), form.said(), current_actor(), utc_now())
    flash("Saved.")
    return redirect(back)


NEWER = (
    "Companies read the approved edition until a supervisor approves this one."
    " The text in other languages is changed on pages of its own."
)


def both(session: Session, bulletin_id: UUID) -> tuple[Bulletin, BulletinEdition]:
    """Return a bulletin and its newest edition."""
    row = queries.get(session, bulletin_id)
    return row, queries.editions_of(session, bulletin_id)[0]


@bp.route("/<uuid:bulletin_id>/languages", methods=["GET", "POST"])
@requires(Permission.BULLETIN_WRITE)
def languages(bulletin_id: UUID) -> ResponseReturnValue:
    """Write a bulletin in one more language, or one of them anew."""
    back, form = url_for(".show", bulletin_id=bulletin_id), TextForm()
    queries.get(get_session(), bulletin_id)
    if not form.validate_on_submit():
        return ask(form, "Write it in a language", "Save it", back, LANGUAGE)
    with transaction() as session:
        row = queries.get(session, bulletin_id)
        keeping.write(session, row, form.said(), current_actor(), utc_now())
    flash("Saved.")
    return redirect(back)


LANGUAGE = (
    "A reader sees the bulletin in the language of their pages if it was written in it, else in"
    " English; the others stand below. A text in the same language is replaced."
)


@bp.post("/<uuid:bulletin_id>/languages/<string:language>/remove")
@requires(Permission.BULLETIN_WRITE)
def unwrite(bulletin_id: UUID, language: str) -> ResponseReturnValue:
    """Take a language off a bulletin."""
    with transaction() as session:
        row = queries.get(session, bulletin_id)
        keeping.unwrite(session, row, language, current_actor(), utc_now())
    flash("Removed.")
    return redirect(url_for(".show", bulletin_id=bulletin_id))


@bp.route("/<uuid:bulletin_id>/submit", methods=["GET", "POST"])
@requires(Permission.BULLETIN_WRITE)
def submit(bulletin_id: UUID) -> ResponseReturnValue:
    """Ask for approval; of each name in the text a reason is asked."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        row, last = both(session, bulletin_id)
        found = naming.clashes(session, last, queries.today(now))
        audit.record(session, actor, "bulletin.names_checked", row.id, now, found=len(found))
    form = answers_for(found, last.answers)
    if not form.validate_on_submit():
        back = url_for(".show", bulletin_id=bulletin_id)
        warning = NAMED if found else ""
        return ask(form, "Submit for approval", "Submit", back, "" if found else CLEAN, warning)
    with transaction() as session:
        row, last = both(session, bulletin_id)
        keeping.submit(session, last, form.reasons(found), actor, now)
    flash("A supervisor is asked to approve it.")
    return redirect(url_for(".show", bulletin_id=bulletin_id))


CLEAN = "No name of a company, of a case, a lead or a watch list was found in it."
NAMED = (
    "What stands below is in the text. A bulletin must not let anybody guess whom officers look"
    " at: write it without, or say why it may stand. The supervisor reads your reasons."
)


@bp.route("/<uuid:bulletin_id>/approve", methods=["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE, confirmed=True)
def approve(bulletin_id: UUID) -> ResponseReturnValue:
    """Let companies read it."""
    form, (_, last) = ButtonForm(), both(get_session(), bulletin_id)
    if last.state is not State.SUBMITTED:
        raise NotFoundError
    if not form.validate_on_submit():
        firms = len(queries.addressees(get_session(), last, queries.today(utc_now())))
        text = f"“{last.title}” will be read by {firms:,} companies, from the day it says."
        back = url_for(".show", bulletin_id=bulletin_id)
        return ask(form, "Approve and publish", "Approve and publish", back, text)
    with transaction() as session:
        row, last = both(session, bulletin_id)
        keeping.approve(session, row, last, current_actor(), utc_now())
    flash("Approved. The companies addressed are told by mail that there is something to read.")
    return redirect(url_for(".show", bulletin_id=bulletin_id))


@bp.route("/<uuid:bulletin_id>/send-back", methods=["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE)
def send_back(bulletin_id: UUID) -> ResponseReturnValue:
    """Give it back to who wrote it."""
    form, back = ReasonForm(), url_for(".show", bulletin_id=bulletin_id)
    if both(get_session(), bulletin_id)[1].state is not State.SUBMITTED:
        raise NotFoundError
    if not form.validate_on_submit():
        return ask(form, "Send it back", "Send it back", back)
    with transaction() as session:
        _, last = both(session, bulletin_id)
        keeping.send_back(session, last, form.reason.data or "", current_actor(), utc_now())
    flash("Sent back.")
    return redirect(back)


@bp.route("/<uuid:bulletin_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.BULLETIN_APPROVE)
def withdraw(bulletin_id: UUID) -> ResponseReturnValue:
    """Take it back."""
    form, back = ReasonForm(), url_for(".show", bulletin_id=bulletin_id)
    queries.get(get_session(), bulletin_id)
    if not form.validate_on_submit():
        return ask(form, "Withdraw the bulletin", "Withdraw it", back)
    with transaction() as session:
        row = queries.get(session, bulletin_id)
        keeping.withdraw(session, row, form.reason.data or "", current_actor(), utc_now())
    flash("Withdrawn. Companies see that it no longer holds.")
    return redirect(back)
