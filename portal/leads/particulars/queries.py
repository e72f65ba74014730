"""What the sources of a lead offer, each in a look-up or two however many sources there are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.entities.data import EntitySort
from portal.entities.models import Entity, EntityMention
from portal.leads.data import Amount, Event, Relation, Stop, Subject
from portal.leads.models import Lead
from portal.leads.particulars import rules
from portal.leads.particulars.data import NamedSubject, Place, Sum
from portal.pictures.queries.routes import facts_of, places_of, plain
from portal.reference import queries as reference
from portal.reference.models import Place as ListedPlace
from portal.submissions.data import Facts, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission, SubmissionLine

MOST_NAMED = 400  # mentions that are looked at
MOST_OFFERED = 60
MOST_LINES = 500
BELONG = frozenset(
    {
        *(EntitySort.PHONE, EntitySort.EMAIL, EntitySort.ACCOUNT, EntitySort.WEBSITE),
        *(EntitySort.IDENTITY, EntitySort.REGISTRATION, EntitySort.AUTHORISATION),
    }
)


class Told(TypedDict):
    """What `Released` takes of the particulars."""

    subjects: tuple[Subject, ...]
    relations: tuple[Relation, ...]
    amounts: tuple[Amount, ...]
    stops: tuple[Stop, ...]
    events: tuple[Event, ...]


def released(lead: Lead) -> Told:
    """Return the particulars that partners may read."""
    subjects = rules.subjects_told(lead.subjects)
    return Told(
        subjects=subjects,
        relations=rules.relations_told(lead.relations, subjects),
        amounts=rules.amounts_told(lead.amounts),
        stops=rules.stops_told(lead.stops),
        events=rules.events_told(lead.events),
    )


def named(session: Session, ids: Collection[UUID]) -> list[NamedSubject]:
    """Return whom and what some submissions name and what tells something: most named first."""
    part, whole = aliased(Entity), aliased(Entity)
    query = (
        select(EntityMention, whole)
        .join(part, part.id == EntityMention.entity_id)
        .join(whole, whole.id == func.coalesce(part.joined_to_id, part.id))
        .where(EntityMention.submission_id.in_(ids), EntityMention.telling)
        .order_by(EntityMention.received_at, EntityMention.path, EntityMention.id)
        .limit(MOST_NAMED)
    )
    rows = [(row[0], row[1]) for row in session.execute(query)] if ids else []
    beside = belongings(mention for mention, _ in rows)
    found: dict[UUID, list[EntityMention]] = {}
    wholes: dict[UUID, Entity] = {}
    for mention, entity in rows:
        found.setdefault(entity.id, []).append(mention)
        wholes[entity.id] = entity
    order = list(EntitySort)
    offered = [subject_of(wholes[key], some, beside) for key, some in found.items()]
    offered.sort(key=lambda one: (-one.times, order.index(EntitySort(one.sort)), one.name))
    return offered[:MOST_OFFERED]


def belongings(mentions: Iterable[EntityMention]) -> dict[tuple[UUID, str], list[EntityMention]]:
    """Return the numbers and mailboxes of each party of each submission."""
    found: dict[tuple[UUID, str], list[EntityMention]] = {}
    for mention in mentions:
        if mention.sort in BELONG:
            found.setdefault((mention.submission_id, party_of(mention.path)), []).append(mention)
    return found


def party_of(path: str) -> str:
    """Return the party in whose answers a path lies."""
    return ".".join(path.split(".")[:2])


def subject_of(
    entity: Entity,
    mentions: list[EntityMention],
    beside: dict[tuple[UUID, str], list[EntityMention]],
) -> NamedSubject:
    """Return an entity as these mentions call it, never by what other submissions tell."""
    first = mentions[0]
    own = [one for m in mentions for one in beside.get((m.submission_id, party_of(m.path)), ())]
    holds = first.sort in {EntitySort.PERSON, EntitySort.ORGANISATION}
    told = dict.fromkeys((one.sort.value, one.shown) for one in own) if holds else {}
    names = dict.fromkeys(mention.shown for mention in mentions)
    return NamedSubject(
        entity_id=entity.id,
        submission_id=first.submission_id,
        sort=first.sort.value,
        name=first.shown,
        role=first.role,
        country=next(iter(entity.profile.countries), ""),
        other_names=tuple(names)[1:],
        identifiers=tuple(told),
        times=len({mention.submission_id for mention in mentions}),
    )


def sums(session: Session, ids: Collection[UUID]) -> list[Sum]:
    """Return how much of each substance some submissions speak of, together."""
    query = select(SubmissionLine).where(SubmissionLine.submission_id.in_(ids))
    rows = session.scalars(query.order_by(SubmissionLine.received_at).limit(MOST_LINES)).all()
    together: dict[str, list[SubmissionLine]] = {}
    for row in rows:
        together.setdefault(row.substance or row.name, []).append(row)
    known = reference.substances(session, {row.substance for row in rows if row.substance})
    found = []
    for key, some in together.items():
        masses = [row.base_kg for row in some if row.base_kg is not None]
        listed = known.get(key)
        found.append(
            Sum(
                substance=key if listed else "",
                name=listed.name if listed else some[0].name,
                cas=(listed.cas_rn or "") if listed else "",
                exact_kg=sum(masses, Decimal(0)) if masses else None,
                lines=len(some),
            )
        )
    return found


def places(session: Session, ids: Collection[UUID]) -> list[Place]:
    """Return the places on the routes that some submissions tell, each once for its part."""
    query = select(Submission).where(Submission.id.in_(ids)).order_by(Submission.received_at)
    ways = []
    for row in session.scalars(query) if ids else ():
        data: SubmissionData = registered()[row.kind].load(row.content)
        ways.append((row, list(way_of(data.facts()))))
    known = places_of(session, {code for _, way in ways for _, code, _ in way})
    found: dict[str, Place] = {}
    for row, way in ways:
        for part, code, country in way:
            listed = known.get(plain(code), [])
            facts = facts_of(listed)
            place = Place(
                part=part,
                name=facts.name if facts else code,
                country=listed[0].country if listed else country,
                locode=plain(code) if listed else "",
                latitude=facts.latitude if facts else None,
                longitude=facts.longitude if facts else None,
                kinds=facts.kinds if facts else (),
                submission_id=row.id,
                reference=row.reference,
            )
            found.setdefault(place.token, place)
    return list(found.values())


def way_of(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield the places of a route with their part and country."""
    last = len(facts.legs) - 1
    for number, leg in enumerate(facts.legs):
        if number == 0:
            yield "origin", leg.origin, leg.origin_country
        part = "destination" if number == last else "transit"
        yield part, leg.destination, leg.destination_country


def yields(session: Session, substance: str, most_kg: Decimal) -> list[dict[str, Any]]:
    """Return the most of each drug that so much could give, as it is kept with the working."""
    if not substance:
        return []
    return [
        {
            "drug": one.drug,
            "at_most_kg": f"{one.at_most_kg.normalize():f}",
            "working": one.working,
            "confidence": one.confidence.value,
        }
        for one in reference.yields_of(session, substance, most_kg)
    ]


def listed(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return amounts with the key and number of each substance that is on the list by its name."""
    return [row | key_of(session, row) for row in rows]


def key_of(session: Session, row: dict[str, Any]) -> dict[str, str]:
    """Return which substance of the list a name is, if it is one exactly."""
    hit = next(iter(reference.find_substances(session, row["name"], limit=1)), None)
    if hit is None or not hit.exact:
        return {"substance": ""}
    return {"substance": hit.substance.key, "cas": row["cas"] or hit.substance.cas_rn or ""}


def placed(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return stops with the coordinates of those that the list of places holds."""
    known = places_of(session, {row["locode"] for row in rows if row["locode"]})
    return [row | coordinates(known.get(plain(row["locode"]), ()), row) for row in rows]


def coordinates(found: Sequence[ListedPlace], row: dict[str, Any]) -> dict[str, Any]:
    """Return where a place is and what it is; nothing when the list does not hold it."""
    facts = facts_of(found)
    return {
        "latitude": facts.latitude if facts else None,
        "longitude": facts.longitude if facts else None,
        "kinds": list(facts.kinds) if facts else [],
        "country": row["country"] or (found[0].country if found else ""),
    }
