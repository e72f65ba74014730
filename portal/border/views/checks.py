"""The page of a border post: one thing typed or scanned, one short answer."""

import uuid
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts import throttle
from portal.accounts.data import MINUTE
from portal.border import queries, services
from portal.border.data import MEANING, SIGNS, WORDS, Result
from portal.border.forms import CheckForm
from portal.border.models import BorderCheck
from portal.core.access import Permission, current_actor, quiet, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.web import POLICY
from portal.submissions.models import Submission

bp = Blueprint("border", __name__)
CHECKS = 60  # of one officer in a minute; a queue kept while the line was down fits
HEADERS = {  # on this page alone: the camera, and the script that keeps its shell
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Content-Security-Policy": POLICY.replace("worker-src 'none'", "worker-src 'self'"),
}


@bp.get("/border/")
@requires(Permission.BORDER_CHECK)
def page() -> ResponseReturnValue:
    """Ask what to look for."""
    return draw(CheckForm(formdata=None), None)


@bp.post("/border/")
@requires(Permission.BORDER_CHECK)
def check() -> ResponseReturnValue:
    """Answer what was typed or scanned, and record it."""
    return answered()


@bp.post("/border/later")
@requires(Permission.BORDER_CHECK)
@quiet
def check_later() -> ResponseReturnValue:
    """Answer a check that the page kept while there was no line; sent by a script."""
    return answered()


def answered() -> ResponseReturnValue:
    """Check once under the page's key, and draw the answer."""
    form, actor, now = CheckForm(), current_actor(), utc_now()
    if not form.validate_on_submit():
        return draw(form, None, 422)
    with transaction() as session:
        throttle.limit(session, "border", str(actor.id), CHECKS, MINUTE, now)
        place = form.place.data or ""
        done = services.check(session, form.typed.data or "", place, form.sent(), actor, now)
    return draw(CheckForm(formdata=None, place=place), done)


@bp.get("/border/checks/<uuid:check_id>")
@requires(Permission.BORDER_CHECK)
def show(check_id: UUID) -> ResponseReturnValue:
    """Show an answer again, as it was given."""
    session = get_session()
    done = queries.own(session, check_id, current_actor())
    return draw(CheckForm(formdata=None), done)


def draw(form: CheckForm, done: BorderCheck | None, status: int = 200) -> Response:
    """Draw the form, the answer if there is one, and the last checks."""
    session, actor = get_session(), current_actor()
    form.key.data = uuid.uuid4().hex
    last = queries.last(session, actor)
    html = render_template(
        "border/page.html",
        form=form,
        who=actor.id,
        done=done,
        answers=drawn(done) if done else [],
        sighting=sighting_of(done) if done else None,
        last=[(one, SIGNS[one.result], WORDS[one.result]) for one in last],
        call=current_app.config["AUTHORITY_PHONE"],
    )
    answer = make_response(html, status)
    answer.headers.update(HEADERS)
    return answer


def drawn(done: BorderCheck) -> list[dict[str, object]]:
    """Return each answer with its words and its sign."""
    results = [Result(one["result"]) for one in done.answers]
    return [
        one | {"sign": SIGNS[result], "words": WORDS[result], "meaning": MEANING[result]}
        for one, result in zip(done.answers, results, strict=True)
    ]


def sighting_of(done: BorderCheck) -> Submission | None:
    """Return the sighting that the portal filed for the officer, once it has."""
    return services.sighting_of(get_session(), done)
