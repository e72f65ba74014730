"""The dashboard and the yearly tables, and taking them away."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.pdf import render_pdf
from portal.core.sheets import csv_bytes, xlsx_bytes
from portal.statistics import counting, queries, services, yearly
from portal.statistics.forms import ExportForm, FilterForm, YearExportForm, YearForm
from portal.statistics.rules import lines_of

bp = Blueprint("statistics", __name__, url_prefix="/statistics")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(now: datetime) -> FilterForm:
    """Return what is asked for.

    Raises:
        NotFoundError: the address asks for what there is not.
    """
    form, session, today = FilterForm(), get_session(), counting.today(now)
    begun = counting.first_day(session) or today
    form.offer(begun, today, dict(queries.substance_names(session)))
    if not form.validate():
        raise NotFoundError
    return form


@bp.get("/")
@requires(Permission.STATISTICS_READ)
def index() -> ResponseReturnValue:
    """Show the dashboard."""
    actor, now = current_actor(), utc_now()
    form = asked(now)
    found = services.dashboard(get_session(), form.wanted(), actor, now)
    with transaction() as session:
        audit.record(session, actor, "statistics.read", None, now, **form.asked())
    return render_template(
        "statistics/index.html",
        form=form,
        found=found,
        lines={one.key: lines_of(one.cells) for one in found.tables if one.line},
        hidden="" if services.may_know_all(actor) else services.HIDDEN_NOTE,
        asked=form.asked(),
        now=now,
    )


@bp.route("/export", methods=["GET", "POST"])
@requires(Permission.STATISTICS_READ, confirmed=True)
def export() -> ResponseReturnValue:
    """Ask why, and give everything on the dashboard as a sheet."""
    actor, now, form = current_actor(), utc_now(), ExportForm()
    what = asked(now)
    if not form.validate_on_submit():
        page = render_template("statistics/export.html", form=form, asked=what.asked(), year=None)
        return page, 422 if form.errors else 200
    rows = services.as_rows(services.dashboard(get_session(), what.wanted(), actor, now))
    with transaction() as session:
        reason = form.reason.data or ""
        services.note_export(session, "dashboard", what.asked(), len(rows), reason, actor, now)
    return sheet(rows, form.format.data, f"statistics-{now:%Y-%m-%d}")


def sheet(rows: Any, ending: str, name: str) -> Response:
    """Answer with a table as a file."""
    if ending == "csv":
        return attached(csv_bytes(rows), "text/csv; charset=utf-8", f"{name}.csv")
    return attached(xlsx_bytes(rows), XLSX, f"{name}.xlsx")


def attached(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=None, content_type=media_type, headers=headers)


def asked_year(now: datetime) -> YearForm:
    """Return which year is asked for.

    Raises:
        NotFoundError: the address asks for another.
    """
    form = YearForm()
    form.offer(counting.today(now))
    if not form.validate():
        raise NotFoundError
    return form


@bp.get("/form-d")
@requires(Permission.STATISTICS_READ)
def form_d() -> ResponseReturnValue:
    """Show the yearly tables."""
    actor, now = current_actor(), utc_now()
    form = asked_year(now)
    found = services.of_year(get_session(), form.wanted(), actor)
    with transaction() as session:
        audit.record(session, actor, "statistics.year_read", None, now, year=found.year)
    return render_template("statistics/year.html", form=form, found=found, shape=yearly.SHAPE)


@bp.route("/form-d/export", methods=["GET", "POST"])
@requires(Permission.STATISTICS_READ, confirmed=True)
def form_d_export() -> ResponseReturnValue:
    """Ask why, and give the yearly tables as a paper or sheet."""
    actor, now, form = current_actor(), utc_now(), YearExportForm()
    year = asked_year(now).wanted()
    if not form.validate_on_submit():
        page = render_template("statistics/export.html", form=form, asked={"year": year}, year=year)
        return page, 422 if form.errors else 200
    found, kind = services.of_year(get_session(), year, actor), form.format.data
    rows, reason = yearly.as_rows(found.sheets), form.reason.data or ""
    with transaction() as session:
        services.note_export(session, "form-d", {"year": year}, len(rows), reason, actor, now)
    if kind != "pdf":
        return sheet(rows, kind, f"form-d-{year}")
    title = f"Yearly tables on precursors, {found.country}, {year}"
    paper = render_pdf(
        "papers/statistics.html", title=title, now=now, lang="en", found=found, shape=yearly.SHAPE
    )
    return attached(paper, "application/pdf", f"form-d-{year}.pdf")
