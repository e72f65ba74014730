"""Finds what a lead's pictures show: a few look-ups, however many sources there are."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.entities.models import Entity, EntityMention
from portal.leads.drawing.data import EMPTY, Pictures
from portal.leads.models import Lead, LeadVersion
from portal.leads.particulars.data import Place
from portal.leads.particulars.queries import places
from portal.pictures.data import Link, Moment, Network, Node
from portal.pictures.queries.knowing import cases as cases_of
from portal.pictures.queries.subjects import subject_of
from portal.pictures.queries.timeline import MOST, day_of, events, hour_of
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.triage.models import TriageCase

MOST_MENTIONS = 400
MOST_NODES = 200


@cache
def keeper() -> TypeAdapter[Pictures]:
    """Return what turns pictures into JSON and back."""
    return TypeAdapter(Pictures)


def frozen(session: Session, lead: Lead) -> dict[str, Any]:
    """Return the pictures of a lead as they are kept when it is approved."""
    kept: dict[str, Any] = keeper().dump_python(drawn(session, lead), mode="json")
    return kept


def kept(version: LeadVersion) -> Pictures:
    """Return the pictures that a version keeps."""
    content = json.loads(version.content)
    return keeper().validate_python(content["pictures"]) if "pictures" in content else EMPTY


def approved(session: Session, lead_id: UUID) -> LeadVersion | None:
    """Return the newest version that was approved."""
    query = select(LeadVersion).where(LeadVersion.lead_id == lead_id, LeadVersion.approved)
    return session.scalar(query.order_by(LeadVersion.number.desc()).limit(1))


def drawn(session: Session, lead: Lead) -> Pictures:
    """Return the pictures of a lead as they are now: everything, for `rules.seen` to cut."""
    ids = [source.submission_id for source in lead.sources]
    cases = cases_of(session, ids)
    moments = moments_of(session, ids)
    return Pictures(
        network=network(session, cases),
        moments=moments[-MOST:],
        stops=way(session, lead, ids),
        cut=len(moments) > MOST,
    )


def network(session: Session, cases: Mapping[UUID, TriageCase]) -> Network:
    """Return the sources and what they name."""
    part, whole = aliased(Entity), aliased(Entity)
    query = (
        select(EntityMention, whole.id)
        .join(part, part.id == EntityMention.entity_id)
        .join(whole, whole.id == func.coalesce(part.joined_to_id, part.id))
        .where(EntityMention.submission_id.in_(cases), EntityMention.telling)
        .order_by(EntityMention.received_at, EntityMention.path, EntityMention.id)
        .limit(MOST_MENTIONS)
    )
    rows = session.execute(query).all() if cases else []
    room = MOST_NODES - len(cases)
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str], Link] = {}
    for mention, entity_id in rows:
        subject = subject_of(entity_id, mention)
        if subject.key not in nodes and len(nodes) == room:
            continue
        nodes.setdefault(subject.key, Node(subject.key, subject.shown, subject.sort))
        key = f"submission-{mention.submission_id}"
        links.setdefault((key, subject.key), Link(key, subject.key, mention.path))
    own = [case_node(case) for case in cases.values()]
    return Network((*own, *nodes.values()), tuple(links.values()), full=len(nodes) == room)


def case_node(case: TriageCase) -> Node:
    """Return a source as a part of the network."""
    return Node(
        f"submission-{case.id}",
        f"{case.summary} ({case.reference})",
        "submission",
        detail=f"{registered()[case.kind].title}, filed by {case.organisation_name}",
        received_at=case.received_at,
        short=case.summary or case.reference,
    )


def moments_of(session: Session, ids: Collection[UUID]) -> tuple[Moment, ...]:
    """Return what happened around the sources, in the order of its days."""
    query = select(Submission).where(Submission.id.in_(ids))
    found = {row.id: row for row in session.scalars(query)} if ids else {}
    told = [
        Moment(day_of(when), lane, words, found[key].reference, "", hour_of(when))
        for key, when, lane, words in events(session, found)
    ]
    told.sort(key=lambda one: (one.day, one.at.isoformat() if one.at else "", one.words))
    return tuple(told)


def way(session: Session, lead: Lead, ids: Collection[UUID]) -> tuple[Place, ...]:
    """Return the way that the author told; while there is none, that of the first source."""
    if lead.stops:
        return tuple(place_of(row) for row in lead.stops)
    told = places(session, ids)
    return tuple(one for one in told if one.submission_id == told[0].submission_id)


def place_of(row: Mapping[str, Any]) -> Place:
    """Return a place of a lead; what partners may read is for every officer."""
    names = ("part", "name", "country", "locode", "latitude", "longitude")
    source = row.get("submission")
    return Place(
        **{name: row[name] for name in names},
        kinds=tuple(row.get("kinds") or ()),
        submission_id=UUID(source) if source and not row["released"] else None,
    )
