"""The log of the hours: entries are added, and put right by further entries; none is changed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.deliveries import queries
from portal.deliveries.data import AT_HALT, BY_HAND, EntrySort
from portal.deliveries.models import DeliveryEntry, DeliveryPlan
from portal.deliveries.rules.life import LOGGED

SOON = timedelta(minutes=5)  # by which two clocks may differ


class EntryRefusedError(DomainError):
    """This cannot be written into the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an entry tells: when, where, who, what."""

    sort: EntrySort
    at: datetime
    text: str
    who: str = ""
    place: str = ""
    halt_id: UUID | None = None


def note(
    session: Session, plan: DeliveryPlan, sort: EntrySort, text: str, actor: Actor, now: datetime
) -> None:
    """Write down what the portal itself knows: a start, a stop, an end."""
    write(session, plan, Told(sort=sort, at=now, text=text), actor, now)


def write(
    session: Session,
    plan: DeliveryPlan,
    told: Told,
    actor: Actor,
    now: datetime,
    corrects: DeliveryEntry | None = None,
) -> DeliveryEntry:
    """Add an entry; the audit trail keeps its hash.

    Raises:
        EntryRefusedError: nothing is under way, it lies in the future, or names no place.
    """
    refuse(plan, told, now)
    refuse_correction(session, corrects)
    place = told.place or (queries.halt(plan, told.halt_id).place if told.halt_id else "")
    made = DeliveryEntry(
        plan_id=plan.id,
        number=queries.next_entry(session, plan.id),
        sort=told.sort,
        at=told.at,
        halt_id=told.halt_id,
        place=place,
        who=told.who,
        text=told.text,
        corrects_id=corrects.id if corrects else None,
        written_at=now,
        written_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        actor,
        "delivery.logged",
        plan.id,
        now,
        entry=made.number,
        corrects=corrects.number if corrects else None,
        sha256=sha256(made),
    )
    return made


def refuse(plan: DeliveryPlan, told: Told, now: datetime) -> None:
    """Refuse what no log can tell.

    Raises:
        EntryRefusedError: saying why.
    """
    if plan.status not in LOGGED:
        raise EntryRefusedError(f"There is no log of a plan when it is: {plan.status}.")
    if told.at > now + SOON:
        raise EntryRefusedError("An entry tells what was: its time lies in the future.")
    if told.sort in AT_HALT and told.halt_id is None:
        raise EntryRefusedError("Say at which place of the route it was.")


def refuse_correction(session: Session, corrects: DeliveryEntry | None) -> None:
    """Let an entry be put right once, and only one that people write.

    Raises:
        EntryRefusedError: it was, or the portal wrote it with the deed itself.
    """
    if corrects is None:
        return
    if corrects.sort not in BY_HAND:
        raise EntryRefusedError("Start, stop and end are written with the deed itself.")
    known = queries.corrections(queries.entries_of(session, corrects.plan_id))
    if corrects.id in known:
        raise EntryRefusedError(
            f"Entry {known[corrects.id]} put this right already. Correct that one."
        )


def sha256(entry: DeliveryEntry) -> str:
    """Return the hash of what an entry says."""
    said = [entry.number, entry.sort.value, entry.at.isoformat(), str(entry.halt_id)]
    said += [entry.place, entry.who, entry.text, str(entry.corrects_id), str(entry.written_by_id)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
