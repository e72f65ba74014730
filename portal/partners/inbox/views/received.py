"""The inbox of a partner: what was handed to it, and what it says to that."""

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.partners import queries as partners
from portal.partners import services as giving
from portal.partners.formats import FORMATS
from portal.partners.forms import AcknowledgeForm
from portal.partners.inbox import queries, services
from portal.partners.inbox.forms import (
    AskForm,
    ButtonForm,
    FileForm,
    InboxForm,
    InterestForm,
    MoreForm,
)
from portal.partners.inbox.rules import ClosedError, clock
from portal.partners.models import HandOver
from portal.partners.rules import closed_words

bp = Blueprint("inbox", __name__)


@bp.get("/inbox/")
@requires(Permission.INBOX_READ)
def index() -> ResponseReturnValue:
    """List what was handed to the partner, newest first."""
    form, session, actor = InboxForm(), get_session(), current_actor()
    wanted = form.to_data()
    start = UUID(form.before.data) if form.valid_before() else None
    before = partners.received(session, start, actor) if start else None
    found = queries.inbox(session, actor, wanted, utc_now(), before)
    more = found[-1].given if len(found) == queries.PAGE else None
    return render_template("partners/inbox/index.html", form=form, items=found, more=more)


@bp.get("/inbox/<uuid:hand_over_id>")
@requires(Permission.INBOX_READ)
def show(hand_over_id: UUID) -> ResponseReturnValue:
    """Show a lead as it was handed over, and what was said of it; each reading is recorded.

    Of one that may no longer be read, only that there was one, and what the partner reported.
    """
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        given = partners.received(session, hand_over_id, actor)
        shown = reported(session, given)
        if shown["closed"]:
            services.note_closed(session, given, actor, now)
            return render_template("partners/inbox/closed.html", **shown)
        giving.note_reading(session, given, actor, now)
        shown |= around(session, given)
        services.note_seen(session, given, now)
    return render_template("partners/inbox/show.html", **shown)


def open_one(session: Session, hand_over_id: UUID) -> HandOver:
    """Return a hand-over of one's own that may still be read.

    Raises:
        NotFoundError: there is none for this partner.
        ClosedError: it may no longer be read; it says so without its content.
    """
    given = partners.received(session, hand_over_id, current_actor())
    if why := closed_words(given, utc_now()):
        raise ClosedError(f"This lead may no longer be read. {why}")
    return given


def reported(session: Session, given: HandOver) -> dict[str, Any]:
    """Return what may be shown of any hand-over: what its partner itself reported."""
    lead = json.loads(given.content)
    reports = queries.outcomes(session, given.id)
    return {
        "given": given,
        "lead": lead,
        "closed": closed_words(given, utc_now()),
        "outcomes": [one for one in reports if one.current],
        "older": [one for one in reports if not one.current],
        "files": queries.files(session, {one.series_id for one in reports}),
        "attaching": {one.id: FileForm(formdata=None, prefix=f"{one.id}-") for one in reports},
        "button": ButtonForm(formdata=None),
    }


def around(session: Session, given: HandOver) -> dict[str, Any]:
    """Return what the page of a hand-over shows beside that, while it may be read."""
    lead = json.loads(given.content)
    return {
        "names": {one["number"]: one["name"] for one in lead.get("subjects", ())},
        "until": given.expires_on,
        "clock": clock(given.expires_on, queries.today(utc_now())),
        "texts": giving.texts_in(lead),
        "formats": FORMATS,
        "messages": conversation(session, given),
        "requests": queries.requests(session, given.id),
        "interest": queries.interest(session, given.id),
        "form": AcknowledgeForm(formdata=None),
        "asking": AskForm(formdata=None),
        "interesting": InterestForm(formdata=None, prefix="interest-"),
    }


def conversation(session: Session, given: HandOver) -> list[dict[str, Any]]:
    """Return the thread as a partner reads it: its own people by name, the authority as one."""
    return [
        {
            "who": one.author.name or one.author.email if one.from_partner else "",
            "at": one.written_at,
            "text": one.text,
            "own": one.from_partner,
            "new": not one.from_partner and one.read_at is None,
            "waits": one.waits,
        }
        for one in queries.thread(session, given.id)
    ]


@bp.post("/inbox/<uuid:hand_over_id>/acknowledge")
@requires(Permission.INBOX_READ)
def acknowledge(hand_over_id: UUID) -> ResponseReturnValue:
    """Tell the authority that the lead has arrived."""
    form = AcknowledgeForm()
    if not form.validate_on_submit():
        flash("The message is too long. Nothing was sent.", "error")
        return redirect(url_for(".show", hand_over_id=hand_over_id))
    with transaction() as session:
        given = open_one(session, hand_over_id)
        giving.acknowledge(session, given, form.answer.data or "", current_actor(), utc_now())
    flash("The authority now knows that you have it.")
    return redirect(url_for(".show", hand_over_id=hand_over_id))


@bp.post("/inbox/<uuid:hand_over_id>/ask")
@requires(Permission.INBOX_READ)
def ask(hand_over_id: UUID) -> ResponseReturnValue:
    """Send the authority a question or a message."""
    form, actor = AskForm(), current_actor()
    if not form.validate_on_submit():
        given = open_one(get_session(), hand_over_id)
        shown = reported(get_session(), given) | around(get_session(), given) | {"asking": form}
        return render_template("partners/inbox/show.html", **shown), 422
    with transaction() as session:
        given = open_one(session, hand_over_id)
        services.ask(session, given, form.text.data or "", actor, utc_now())
    flash("Sent. You get an e-mail when the authority answers.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="thread"))


@bp.route("/inbox/<uuid:hand_over_id>/more", methods=["GET", "POST"])
@requires(Permission.INBOX_READ)
def more(hand_over_id: UUID) -> ResponseReturnValue:
    """Ask for more than the lead says: what, why, until when."""
    form, actor = MoreForm(), current_actor()
    given = open_one(get_session(), hand_over_id)
    if not form.validate_on_submit():
        lead, status = json.loads(given.content), 422 if form.errors else 200
        context = {"form": form, "given": given, "lead": lead}
        return render_template("partners/inbox/more.html", **context), status
    with transaction() as session:
        again = open_one(session, hand_over_id)
        services.want_more(session, again, form.to_data(), actor, utc_now())
    flash("Sent. The authority accepts or declines it; you get an e-mail.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="more"))


@bp.post("/inbox/<uuid:hand_over_id>/interest")
@requires(Permission.INBOX_READ)
def interest(hand_over_id: UUID) -> ResponseReturnValue:
    """Say that the partner has an interest of its own in this."""
    form, actor = InterestForm(prefix="interest-"), current_actor()
    if not form.validate_on_submit():
        flash("That is too long. Nothing was sent.", "error")
        return redirect(url_for(".show", hand_over_id=hand_over_id))
    with transaction() as session:
        given = open_one(session, hand_over_id)
        services.be_interested(session, given, form.text.data or "", actor, utc_now())
    flash("The authority knows that you are interested too.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="interest"))


@bp.post("/inbox/<uuid:hand_over_id>/interest/end")
@requires(Permission.INBOX_READ)
def no_interest(hand_over_id: UUID) -> ResponseReturnValue:
    """Take the interest back."""
    ButtonForm().validate()
    with transaction() as session:
        given = partners.received(session, hand_over_id, current_actor())
        services.lose_interest(session, given, current_actor(), utc_now())
    flash("Taken back.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="interest"))
