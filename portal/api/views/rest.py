"""The interface under /api/v1: the same rules and services as the pages, in JSON."""

from uuid import UUID

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from portal.api import filing, guard, problems, repeating, showing
from portal.api.data import ROOT, Fault, Scope
from portal.api.document import document
from portal.api.guard import caller, keyed
from portal.api.problems import RefusedError, as_written, in_json
from portal.core import audit, files, jobs
from portal.core.access import public
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.intake import advice
from portal.intake import services as intake
from portal.intake.pages import law
from portal.intake.queries import offered
from portal.organisations.models import Sort
from portal.reference import queries as reference
from portal.submissions import queries, services
from portal.submissions.kind import filed_by, offered_to

MOST_FOUND = 50  # substances
bp = Blueprint("api", __name__, url_prefix=ROOT)
bp.after_request(guard.say_what_is_left)
problems.register(bp)


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """Describe the interface to machines."""
    return in_json(document(filed_by(Sort.COMPANY), current_app.config["AUTHORITY_NAME"]))


@bp.get("/kinds")
@keyed(Scope.REFERENCE)
def kinds() -> ResponseReturnValue:
    """List the kinds of submission."""
    return in_json({"kinds": [showing.kind(one) for one in offered_to(caller()).values()]})


@bp.post("/submissions/<string:slug>")
@keyed(Scope.WRITE)
def create(slug: str) -> ResponseReturnValue:
    """File a submission, or only check it."""
    kind, who, now, rules = offered(slug, caller()), caller(), utc_now(), law()
    value, only_check = guard.body(), guard.flag("dry_run")
    name, mark = guard.idempotency_key(), guard.fingerprint()
    before = None if only_check else repeating.known(get_session(), who, name, mark)
    if before is not None:
        return as_written(before.body, before.status, before.headers)
    data = filing.checked(get_session(), kind, value, rules, who)
    told = showing.published(advice.on_record(get_session(), kind, data, who, now))
    if only_check:
        return in_json({"valid": True, **told})
    with transaction() as session:

        def deed() -> repeating.Given:
            made = intake.receive(session, kind, data, who, rules, now)
            filing.note(session, who, "submissions.create", made.id, now)
            return repeating.given(201, showing.summary(made) | told, showing.address(made))

        answer = repeating.once(session, who, name, mark, now, deed)
    return as_written(answer.body, answer.status, answer.headers)


@bp.get("/submissions")
@keyed(Scope.READ)
def index() -> ResponseReturnValue:
    """List what was filed, newest first, a page at a time."""
    before, text = guard.cursor(), guard.search()
    try:
        found = queries.own(get_session(), caller(), queries.Wanted(text=text, before_id=before))
    except NotFoundError:
        fault = Fault("Send the value of next of the page before", None, "cursor")
        raise RefusedError(422, guard.WRONG_PARAMETER, [fault]) from None
    more = str(found[-1].id) if len(found) == queries.PAGE else None
    return in_json({"submissions": [showing.summary(one) for one in found], "next": more})


@bp.get("/submissions/<uuid:submission_id>")
@keyed(Scope.READ)
def show(submission_id: UUID) -> ResponseReturnValue:
    """Show one submission as it was filed; each reading is recorded."""
    now = utc_now()
    with transaction() as session:
        found = queries.get(session, submission_id, caller())
        audit.record(session, caller(), "submission.read", submission_id, now)
        filing.note(session, caller(), "submissions.read", submission_id, now)
    return in_json(showing.whole(session, found, now))


@bp.post("/submissions/<uuid:submission_id>/questions/<uuid:question_id>/answer")
@keyed(Scope.WRITE)
def answer(submission_id: UUID, question_id: UUID) -> ResponseReturnValue:
    """Answer a question of the authority."""
    who, now = caller(), utc_now()
    value, name, mark = guard.body(), guard.idempotency_key(), guard.fingerprint()
    with transaction() as session:
        found = queries.get(session, submission_id, who)
        asked = {one.id: one for one in queries.questions_of(session, submission_id)}
        if question_id not in asked:
            raise NotFoundError

        def deed() -> repeating.Given:
            filing.answer(session, found, asked[question_id], value, who, now)
            said = showing.summary(found) | {"question": showing.question(asked[question_id])}
            return repeating.given(200, said)

        done = repeating.once(session, who, name, mark, now, deed)
    return as_written(done.body, done.status, done.headers)


@bp.get("/submissions/<uuid:submission_id>/acknowledgement.pdf")
@keyed(Scope.READ)
def acknowledgement(submission_id: UUID) -> ResponseReturnValue:
    """Hand out the signed paper, or say when to come back for it."""
    now = utc_now()
    with transaction() as session:
        found = queries.get(session, submission_id, caller())
        audit.record(session, caller(), "acknowledgement.read", submission_id, now)
        filing.note(session, caller(), "acknowledgements.read", submission_id, now)
        paper = services.acknowledgement_of(session, submission_id)
        if paper is None and found.listed_in:  # its sheet has one paper; this one on demand
            jobs.enqueue(session, "acknowledgement", {"submission": str(submission_id)}, now)
    if paper is None:
        return in_json({"status": "being prepared"}, 202, {"Retry-After": "2"})
    return files.send(paper.stored_as, f"{found.reference}.pdf", "application/pdf")


@bp.get("/substances")
@keyed(Scope.REFERENCE)
def substances() -> ResponseReturnValue:
    """Find substances by name, trade or street name, CAS number or HS code."""
    hits = reference.find_substances(get_session(), guard.search(), MOST_FOUND)
    return in_json({"substances": [showing.substance(hit) for hit in hits]})
