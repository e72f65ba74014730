"""Anybody checks a paper: genuine or not, and nothing that is not on it."""

from datetime import timedelta

import click
from flask import Blueprint, g, render_template
from flask.cli import with_appcontext
from flask.typing import ResponseReturnValue

from portal.accounts import throttle
from portal.checking.forms import CodeForm, PaperForm
from portal.core import signing
from portal.core.access import public
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.references import read_code
from portal.registration import certificates
from portal.shipments.packages import facts_of
from portal.shipments.queries import release_by_code
from portal.shipments.services import still_valid
from portal.submissions import queries
from portal.submissions.kind import registered
from portal.submissions.services import record_of
from portal.uploads.queries import paper_of

bp = Blueprint("checking", __name__)
CHECKS = 30  # from one address in a minute
MINUTE = timedelta(minutes=1)
NOTHING = {"certificate": None, "sheet": None, "valid": True, "facts": None}
MOST_BYTES = 10 * 1024 * 1024


@bp.get("/check")
@public
def check() -> ResponseReturnValue:
    """Check a code."""
    form = CodeForm()
    result: dict[str, object] | None = None
    asked = form.validate() and bool(form.code.data)
    if asked:
        count()
        result = answer_to(read_code(form.code.data))
    return page(form, PaperForm(formdata=None), result)


def answer_to(code: str) -> dict[str, object]:
    """Return what stands on the paper that carries a code, and whether it holds."""
    session = get_session()
    if found := queries.by_check_code(session, code):
        kind = registered()[found.kind].title
        return {"genuine": True, "submission": found, "kind": kind, "valid": True, "facts": None}
    if release := release_by_code(session, code):
        shown = release.submission
        return {
            "genuine": True,
            "submission": shown,
            "kind": registered()[shown.kind].title,
            "valid": still_valid(shown),
            "valid_from": release.valid_from,
            "facts": tuple(facts_of(record_of(shown))),
        }
    if paper := certificates.by_code(session, code):
        valid = certificates.still_valid(session, paper, utc_now().date())
        return {"genuine": True, "submission": None, "valid": valid, "certificate": paper}
    if sheet := paper_of(session, code):
        kind = registered()[sheet.kind].title
        return {"genuine": True, "submission": None, "kind": kind, "valid": True, "sheet": sheet}
    return {"genuine": False, "submission": None}


@bp.post("/check")
@public
def check_paper() -> ResponseReturnValue:
    """Check the signature of the paper itself; the file is not kept."""
    form = PaperForm()
    if not form.validate_on_submit():
        return page(CodeForm(formdata=None), form, None), 422
    count()
    content = form.paper.data.stream.read(MOST_BYTES + 1)
    verdict = signing.verify_pdf(content) if len(content) <= MOST_BYTES else None
    genuine = verdict is not None and verdict.valid
    return page(CodeForm(formdata=None), form, {"genuine": genuine, "submission": None})


def count() -> None:
    """Count a check from an address, and refuse too many."""
    with transaction() as session:
        throttle.limit(session, "check", g.trace.address, CHECKS, MINUTE, utc_now())


def page(form: CodeForm, paper: PaperForm, result: dict[str, object] | None) -> str:
    """Draw the page with what was found."""
    return render_template(
        "checking/check.html",
        form=form,
        paper=paper,
        result=result and NOTHING | result,
        fingerprint=signing.fingerprint(),
    )


@bp.get("/check/certificate.pem")
@public
def certificate() -> ResponseReturnValue:
    """Hand out the certificate with which papers are signed."""
    headers = {
        "Content-Type": "application/x-pem-file; charset=us-ascii",
        "Content-Disposition": 'attachment; filename="certificate.pem"',
    }
    return signing.public_certificate_pem(), headers


@click.command("check-code")
@click.argument("code")
@with_appcontext
def check_code(code: str) -> None:
    """Say whether a check code is genuine."""
    found = answer_to(read_code(code))
    holds = bool(found["genuine"] and found["valid"])
    click.echo("genuine" if holds else "not valid")
    raise SystemExit(0 if holds else 1)
