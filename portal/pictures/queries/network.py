"""The network around a submission or a subject: bounded, and held to what the officer may know."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.pictures.data import Link, Network, Node, Subject
from portal.pictures.queries import knowing, subjects
from portal.pictures.queries.subjects import Named
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.triage.knowing import readable_among
from portal.triage.models import TriageCase

AT_FIRST = 8  # submissions of each subject, the newest
ON_ASKING = 40  # when a single subject is expanded
MOST = 200  # nodes of a picture


def around_submission(
    session: Session, case: TriageCase, actor: Actor, now: datetime
) -> tuple[Network, set[UUID]]:
    """Return a submission, what it names, and who else names that; with the cases it tells of."""
    own = subjects.named_in(session, case.id)
    found = subjects.naming(session, [one.subject.id for one in own], AT_FIRST + 1)
    return build(session, own, found, actor, now)


def around_subject(
    session: Session, subject_id: UUID, actor: Actor, now: datetime
) -> tuple[Subject, Network, set[UUID]]:
    """Return a subject and who names it; with the cases it tells of.

    It is called as the newest submission calls it that the officer may read.

    Raises:
        NotFoundError: the officer may read none of the submissions that name it.
    """
    found = subjects.naming(session, [subjects.whole(session, subject_id)], ON_ASKING + 1)
    cases = knowing.cases(session, {one.submission_id for one in found})
    known = readable_among(session, cases.values(), actor, now)
    subject = next((one.subject for one in found if one.submission_id in known), None)
    if subject is None:
        raise NotFoundError
    called = [replace(one, subject=subject) for one in found]
    network, told = build(session, (), called, actor, now, each=ON_ASKING)
    return subject, network, told


def named_by(session: Session, submission_id: UUID) -> Network:
    """Return a submission's own subjects, for one that is expanded."""
    own = subjects.named_in(session, submission_id)
    nodes = tuple(subject_node(one.subject, more=True) for one in own)
    return Network(nodes, links_of(own))


def build(
    session: Session,
    own: Sequence[Named],
    found: Sequence[Named],
    actor: Actor,
    now: datetime,
    each: int = AT_FIRST,
) -> tuple[Network, set[UUID]]:
    """Return nodes and links of mentions; submissions that were corrected since are left out."""
    kept, crowded = bounded(own, found, each)
    ids = list(dict.fromkeys(one.submission_id for one in (*own, *kept)))
    cases = knowing.cases(session, ids)
    known = readable_among(session, cases.values(), actor, now)
    named: dict[str, Subject] = {}
    for one in (*own, *kept):  # called as the first calls it, which the officer reads
        named.setdefault(one.subject.key, one.subject)
    room = MOST - len(named)
    shown = [id_ for id_ in ids if id_ in cases][:room]
    nodes = (
        *(submission_node(cases[id_], known=id_ in known) for id_ in shown),
        *(subject_node(subject, more=subject.key in crowded) for subject in named.values()),
    )
    links = [
        link if one.submission_id in known else replace(link, path="")
        for one in (*own, *kept)
        for link in links_of([one])
        if one.submission_id in set(shown)
    ]
    return Network(nodes, tuple(links), full=len(ids) > room), known & set(shown)


def bounded(
    own: Sequence[Named], found: Sequence[Named], each: int
) -> tuple[list[Named], set[str]]:
    """Return at most so many mentions of each subject, and which subjects have more."""
    before = {(one.submission_id, one.subject.key) for one in own}
    kept: list[Named] = []
    counted: dict[str, int] = {}
    for one in found:
        counted[one.subject.key] = counted.get(one.subject.key, 0) + 1
        fresh = (one.submission_id, one.subject.key) not in before
        if fresh and counted[one.subject.key] <= each:
            kept.append(one)
    return kept, {key for key, number in counted.items() if number > each}


def links_of(found: Collection[Named]) -> tuple[Link, ...]:
    """Return mentions as links."""
    return tuple(
        Link(f"submission-{one.submission_id}", one.subject.key, one.path) for one in found
    )


def submission_node(case: TriageCase, *, known: bool) -> Node:
    """Return a submission as a node; of one that the officer may not read, the reference alone."""
    key = f"submission-{case.id}"
    if not known:
        glass = url_for("triage.glass", submission_id=case.id)
        return Node(key, case.reference, "hidden", address=glass)
    title = registered()[case.kind].title
    return Node(
        key,
        f"{case.summary} ({case.reference})",
        "submission",
        detail=f"{title}, filed by {case.organisation_name}, {case.status}",
        received_at=case.received_at,
        address=url_for("triage.review", submission_id=case.id),
        expand=url_for("pictures.named", submission_id=case.id),
        short=case.summary or case.reference,
    )


def subject_node(subject: Subject, *, more: bool) -> Node:
    """Return a subject as a node."""
    return Node(
        subject.key,
        subject.shown,
        subject.sort,
        address=url_for("pictures.subject_network", subject_id=subject.id),
        expand=url_for("pictures.naming", subject_id=subject.id),
        more=more,
    )


def newest(session: Session, ids: Collection[UUID]) -> Submission:
    """Return the newest of some submissions."""
    query = select(Submission).where(Submission.id.in_(ids))
    return session.scalars(query.order_by(Submission.received_at.desc()).limit(1)).one()
