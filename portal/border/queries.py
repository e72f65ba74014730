"""Finding consignments by what stands on them, and reading checks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.border.data import Asked, Consignment, Sought, Viewer
from portal.border.models import BorderCheck, CheckedCase
from portal.border.rules import route_of
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.languages import decimal
from portal.core.text import compact_key
from portal.organisations.models import Organisation, PartnerProfile
from portal.partners.registry.models import PartnerAgreement, PartnerPost
from portal.registration import certificates
from portal.shipments.queries import release_by_code, release_of
from portal.submissions import queries as submissions
from portal.submissions.kind import registered
from portal.submissions.models import Submission, SubmissionMention
from portal.submissions.rules import Outer, Step, is_notice
from portal.uploads.data import PREFIX
from portal.uploads.models import Upload
from portal.uploads.queries import paper_of

PAGE = 50
LAST = 10  # of an officer's own, beside the form
MOST_FOUND = 20  # notices that name a container; the newest
MOST_SHOWN = 3
MOST_VERSIONS = 10  # of one notice
DAY = timedelta(days=1)
OVER = (Outer.COMPLETE, Outer.CANCELLED, Outer.WITHDRAWN)
Found = tuple[Submission, str]  # and the answer by which it was found


def viewer_of(session: Session, actor: Actor, today: date) -> Viewer:
    """Return what the need to know of an officer's partner rests on."""
    partner = session.get_one(Organisation, actor.organisation_id)
    query = select(PartnerProfile).where(PartnerProfile.organisation_id == partner.id)
    profile = session.scalar(query)
    posts = select(PartnerPost.locode).where(
        PartnerPost.partner_id == partner.id, PartnerPost.ended_at.is_(None)
    )
    return Viewer(
        countries=frozenset({partner.country, *(profile.countries if profile else ())}),
        posts=tuple(session.scalars(posts.order_by(PartnerPost.added_at, PartnerPost.locode))),
        agreed=agreement_holds(session, partner, today),
    )


def agreement_holds(session: Session, partner: Organisation, today: date) -> bool:
    """Tell whether an agreement with a partner, which two people know of, is in force."""
    bond = PartnerAgreement
    query = select(bond.id).where(
        bond.partner_id == partner.id,
        bond.agreed_at.is_not(None),
        bond.ended_at.is_(None),
        or_(bond.valid_from.is_(None), bond.valid_from <= today),
        or_(bond.valid_until.is_(None), bond.valid_until >= today),
    )
    return session.scalar(query.limit(1)) is not None


def find(session: Session, asked: Asked) -> list[Found]:
    """Return the notices that are meant, in the version that counts: those under way first."""
    found = {
        Sought.REFERENCE: by_reference,
        Sought.CODE: by_code,
        Sought.CONTAINER: by_container,
        Sought.NOTHING: by_nothing,
    }[asked.sought](session, asked.value)
    newest: dict[UUID, Found] = {}
    for submission, path in found:
        counting = version_of(session, submission)
        newest.setdefault(counting.id, (counting, path))
    under_way = [one for one in newest.values() if one[0].state not in OVER]
    return under_way[:MOST_SHOWN] or list(newest.values())[:1]


def by_nothing(_session: Session, _value: str) -> list[Found]:
    """Return nothing: what was typed cannot be read."""
    return []


def by_reference(session: Session, value: str) -> list[Found]:
    """Return the notice of a reference, with or without its two letters."""
    notices = [kind for kind in registered().values() if is_notice(kind.slug)]
    whole = [value] if value[2:3] == "-" else [f"{kind.prefix}-{value}" for kind in notices]
    query = select(Submission).where(
        Submission.reference.in_(whole), Submission.kind.in_([kind.slug for kind in notices])
    )
    return [(one, "dispatch_on") for one in session.scalars(query)]


def by_code(session: Session, value: str) -> list[Found]:
    """Return the notice whose acknowledgement or paper for customs carries a code."""
    found = submissions.by_check_code(session, value)
    if found is None and (release := release_by_code(session, value)):
        found = release.submission
    return [(found, "dispatch_on")] if found is not None and is_notice(found.kind) else []


def by_container(session: Session, value: str) -> list[Found]:
    """Return the notices that name a container, the newest first; bounded."""
    mention = SubmissionMention
    named = (
        select(mention.submission_id, mention.path)
        .where(mention.sort == "container", mention.value == compact_key(value))
        .order_by(mention.received_at.desc())
        .limit(MOST_FOUND)
    )
    paths = {row[0]: row[1] for row in session.execute(named)}
    query = select(Submission).where(Submission.id.in_(paths))
    order = (Submission.received_at.desc(), Submission.id)
    found = session.scalars(query.order_by(*order))
    return [(one, paths[one.id]) for one in found if is_notice(one.kind)]


def version_of(session: Session, submission: Submission) -> Submission:
    """Return the version of a notice that counts."""
    for _ in range(MOST_VERSIONS):
        if submission.state is not Outer.CORRECTED:
            break
        submission = submissions.newer_version(session, submission.id) or submission
    return submission


def sheet_of(session: Session, asked: Asked) -> Upload | None:
    """Return the sheet whose paper carries a code or reference, whatever was filed with it."""
    if asked.sought not in {Sought.REFERENCE, Sought.CODE}:
        return None
    bare = asked.sought is Sought.REFERENCE and asked.value[2:3] != "-"
    return paper_of(session, f"{PREFIX}-{asked.value}" if bare else asked.value)


def is_other_paper(session: Session, asked: Asked) -> bool:
    """Tell whether a code or reference is of another paper of ours, which is no sighting."""
    if sheet_of(session, asked) is not None:
        return True
    if asked.sought is Sought.REFERENCE:
        ours = select(Submission.id).where(Submission.reference == asked.value)
        return session.scalar(ours) is not None
    if asked.sought is not Sought.CODE:
        return False
    paper = submissions.by_check_code(session, asked.value)
    return paper is not None or certificates.by_code(session, asked.value) is not None


def consignment_of(session: Session, submission: Submission) -> Consignment:
    """Return what may be known of a notice at a border."""
    kind = registered()[submission.kind]
    data: Any = kind.load(submission.content)
    release = release_of(session, submission.id)
    words = [e.step for e in submissions.events_of(session, submission.id)]
    given = [step for step in words if step in {Step.RELEASE, Step.STOP}]
    ends = [end for leg in data.legs for end in (leg.origin_country, leg.destination_country)]
    points = {data.exit_point, data.entry_point}
    stops = {stop for leg in data.legs for stop in (leg.origin, leg.destination, leg.free_zone)}
    return Consignment(
        state=submission.state,
        released=bool(given) and given[-1] is Step.RELEASE,
        valid_from=release.valid_from if release else None,
        expires_on=first_end(data.authorisations),
        title=kind.title,
        goods=tuple((line.name, f"{decimal(line.quantity)} {line.unit}") for line in data.lines),
        route=route_of(ends),
        places=frozenset(stop for stop in stops | points if stop),
    )


def first_end(papers: Iterable[Any]) -> date | None:
    """Return the day on which the first permit ends; a customer's declaration is none."""
    permits = [one for one in papers if one.sort.endswith("authorisation")]
    return min((one.expires_on for one in permits if one.expires_on), default=None)


def by_key(session: Session, key: str, actor: Actor) -> BorderCheck | None:
    """Return the actor's check that was sent under a key."""
    query = select(BorderCheck).where(BorderCheck.key == key, BorderCheck.account_id == actor.id)
    return session.scalar(query)


def own(session: Session, check_id: UUID, actor: Actor) -> BorderCheck:
    """Return one of the actor's own checks.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    query = select(BorderCheck).where(BorderCheck.id == check_id)
    found = session.scalar(query.where(BorderCheck.account_id == actor.id))
    if found is None:
        raise NotFoundError
    return found


def last(session: Session, actor: Actor, most: int = LAST) -> Sequence[BorderCheck]:
    """Return the actor's own checks, the newest first."""
    query = select(BorderCheck).where(BorderCheck.account_id == actor.id)
    order = (BorderCheck.arrived_at.desc(), BorderCheck.id.desc())
    return session.scalars(query.order_by(*order).limit(most)).all()


def newest(session: Session, before: BorderCheck | None = None) -> Sequence[BorderCheck]:
    """Return the checks of all partners, newest first; from after one of them to turn the page."""
    query = select(BorderCheck)
    if before is not None:
        same = BorderCheck.arrived_at == before.arrived_at
        earlier = BorderCheck.arrived_at < before.arrived_at
        query = query.where(earlier | (same & (BorderCheck.id < before.id)))
    people = joinedload(BorderCheck.account), joinedload(BorderCheck.partner)
    order = (BorderCheck.arrived_at.desc(), BorderCheck.id.desc())
    return session.scalars(query.options(*people).order_by(*order).limit(PAGE)).all()


def met_by(session: Session, checks: Sequence[BorderCheck]) -> dict[UUID, list[CheckedCase]]:
    """Return the consignments that each of some checks met."""
    query = select(CheckedCase).where(CheckedCase.check_id.in_([one.id for one in checks]))
    found: dict[UUID, list[CheckedCase]] = {}
    for one in session.scalars(query):
        found.setdefault(one.check_id, []).append(one)
    return found


def of_case(session: Session, submission_id: UUID) -> Sequence[tuple[BorderCheck, CheckedCase]]:
    """Return the checks that met a consignment or led to a sighting, newest first."""
    people = joinedload(BorderCheck.account), joinedload(BorderCheck.partner)
    query = (
        select(BorderCheck, CheckedCase)
        .outerjoin(CheckedCase, CheckedCase.check_id == BorderCheck.id)
        .where(
            (CheckedCase.submission_id == submission_id)
            | (BorderCheck.sighting_id == submission_id)
        )
        .options(*people)
        .order_by(BorderCheck.arrived_at.desc(), BorderCheck.id)
        .limit(PAGE)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def sighted_lately(session: Session, check: BorderCheck, now: datetime) -> UUID | None:
    """Return the sighting that the same partner's check of the same led to within a day."""
    query = select(BorderCheck.sighting_id).where(
        BorderCheck.partner_id == check.partner_id,
        BorderCheck.value == check.value,
        BorderCheck.arrived_at > now - DAY,
        BorderCheck.sighting_id.is_not(None),
    )
    return session.scalar(query.limit(1))
