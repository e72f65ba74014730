"""The network of submissions and what they name, and its neighbours as JSON."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.ui import moment
from portal.pictures import services
from portal.pictures.data import Network
from portal.pictures.forms import NetworkForm
from portal.pictures.queries import network
from portal.pictures.rules.layout import layout_of
from portal.pictures.views.pages import bp


@bp.get("/<uuid:submission_id>/network")
@requires(Permission.CASE_READ)
def submission_network(submission_id: UUID) -> ResponseReturnValue:
    """Show what a submission names, and who else names that."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = services.open_case(session, submission_id, actor, now)
    if case is None:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    found, told = network.around_submission(get_session(), case, actor, now)
    with transaction() as session:
        services.note_shown(session, "network", submission_id, told, actor, now)
    centre = f"submission-{submission_id}"
    return render_template(
        "pictures/network.html",
        title=case.summary or case.reference,
        submission_id=submission_id,
        subject=None,
        **drawn(found, centre),
    )


@bp.get("/subjects/<uuid:subject_id>/network")
@requires(Permission.CASE_READ)
def subject_network(subject_id: UUID) -> ResponseReturnValue:
    """Show which submissions name a subject."""
    actor, now = current_actor(), utc_now()
    subject, found, told = network.around_subject(get_session(), subject_id, actor, now)
    with transaction() as session:
        services.note_shown(session, "network", subject_id, told, actor, now)
    return render_template(
        "pictures/network.html",
        title=subject.shown,
        submission_id=None,
        subject=subject,
        **drawn(found, subject.key),
    )


def drawn(found: Network, centre: str) -> dict[str, Any]:
    """Return what the page draws."""
    form = NetworkForm()
    labels = {node.key: node.label for node in found.nodes}
    form.begin.choices = form.end.choices = labels
    layout = layout_of(found, centre)
    looks = list({node.look.words: node.look for node in found.nodes}.values())
    shown = {"network": found, "layout": layout, "looks": looks, "labels": labels}
    return {**shown, "centre": centre, "form": form}


@bp.get("/<uuid:submission_id>/named.json")
@requires(Permission.CASE_READ)
def named(submission_id: UUID) -> ResponseReturnValue:
    """Give what a submission names; reading that is reading the submission."""
    with transaction() as session:
        case = services.open_case(session, submission_id, current_actor(), utc_now())
    if case is None:
        raise NotFoundError
    return jsonify(as_json(network.named_by(get_session(), submission_id)))


@bp.get("/subjects/<uuid:subject_id>/naming.json")
@requires(Permission.CASE_READ)
def naming(subject_id: UUID) -> ResponseReturnValue:
    """Give which submissions name a subject."""
    actor, now = current_actor(), utc_now()
    _, found, told = network.around_subject(get_session(), subject_id, actor, now)
    with transaction() as session:
        services.note_shown(session, "network", subject_id, told, actor, now)
    return jsonify(as_json(found))


def as_json(found: Network) -> dict[str, Any]:
    """Return a network as the script reads it."""
    nodes = [
        {
            **asdict(node),
            "received_at": node.received_at.isoformat() if node.received_at else None,
            "filed": moment(node.received_at),
            "shape": node.look.shape,
            "colour": node.look.colour,
            "what": node.look.words if node.sort in {"submission", "hidden"} else node.sort,
        }
        for node in found.nodes
    ]
    links = [{**asdict(link), "words": link.words} for link in found.links]
    return {"nodes": nodes, "links": links, "full": found.full}
