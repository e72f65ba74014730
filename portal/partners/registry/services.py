"""Keeping the register: one person proposes what widens it, another agrees; all is on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.accounts.people import OwnProposalError
from portal.core import audit, outbox
from portal.core.access import Actor, Role
from portal.core.daily import daily
from portal.core.references import new_reference
from portal.organisations.models import Organisation, PartnerProfile, Sort
from portal.organisations.rules import Action, Standing, move, warned_at
from portal.partners.registry import queries
from portal.partners.registry.data import TWO_PEOPLE, ChangeSort
from portal.partners.registry.models import (
    AgreementWarning,
    PartnerAgreement,
    PartnerChange,
    PartnerContact,
    PartnerKey,
    PartnerPost,
)

ADDED: Mapping[type[queries.Part], ChangeSort] = {
    PartnerPost: ChangeSort.POST,
    PartnerAgreement: ChangeSort.AGREEMENT,
    PartnerContact: ChangeSort.CONTACT,
    PartnerKey: ChangeSort.KEY,
}
ENDED: Mapping[type[queries.Part], ChangeSort] = {
    PartnerPost: ChangeSort.END_POST,
    PartnerAgreement: ChangeSort.END_AGREEMENT,
    PartnerContact: ChangeSort.END_CONTACT,
    PartnerKey: ChangeSort.END_KEY,
}
AT_ONCE: Mapping[ChangeSort, Action] = {
    ChangeSort.SUSPEND: Action.SUSPEND,
    ChangeSort.CLOSE: Action.CLOSE,
}
MOVED: Mapping[ChangeSort, Action] = {
    ChangeSort.REGISTER: Action.VET,
    ChangeSort.LIFT: Action.LIFT,
}
EXPIRING = "An agreement in the portal needs your attention"
EXPIRY = (
    "An agreement that the portal of {authority} keeps ends soon.\n\n"
    "Sign in to see it: {link}\n\n"
    "This message says nothing more on purpose.\n"
)


def register(
    session: Session,
    said: Mapping[str, Any],
    profile: PartnerProfile,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Propose a partner; it receives nothing before somebody else agrees.

    Args:
        session: inside a transaction.
        said: name, country and the key of the known body, by column.
        profile: network, countries and way, unsaved.
        actor: who proposes it.
        now: the moment, UTC.
    """
    partner = Organisation(
        **said,
        sort=Sort.PARTNER,
        standing=Standing.APPLIED,
        reference=new_reference("OR"),
        applied_at=now,
    )
    session.add(partner)
    session.flush()
    profile.organisation_id = partner.id
    session.add(profile)
    words = f"{partner.name}, {profile.network}"
    note(session, partner, ChangeSort.REGISTER, words, actor, now)
    return partner


def note(
    session: Session,
    partner: Organisation,
    sort: ChangeSort,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    part: queries.Part | None = None,
    said: Mapping[str, Any] | None = None,
) -> PartnerChange:
    """Put one entry into the history; what needs two people waits for the second."""
    entry = PartnerChange(
        partner_id=partner.id,
        sort=sort,
        part_id=part.id if part is not None else None,
        said=dict(said or {}),
        words=words,
        proposed_at=now,
        proposed_by_id=actor.id,
    )
    waits = sort in TWO_PEOPLE
    if not waits:
        entry.decided_at, entry.decided_by_id, entry.agreed = now, actor.id, True
    session.add(entry)
    session.flush()
    deed = f"partner.{sort.name.lower()}{'_proposed' if waits else ''}"
    audit.record(session, actor, deed, partner.id, now, change=str(entry.id))
    return entry


def add(
    session: Session,
    partner: Organisation,
    part: queries.Part,
    words: str,
    actor: Actor,
    now: datetime,
) -> PartnerChange:
    """Add a post, a contact, an agreement or a key; the last two wait for a second person."""
    part.partner_id, part.added_at = partner.id, now
    session.add(part)
    session.flush()
    return note(session, partner, ADDED[type(part)], words, actor, now, part=part)


def end(
    session: Session,
    partner: Organisation,
    part: queries.Part,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """End a part at once: what narrows needs nobody else. The row stays on record."""
    part.ended_at = now
    for entry in queries.waiting(session):
        if entry.part_id == part.id:
            entry.decided_at, entry.decided_by_id, entry.agreed = now, actor.id, False
    words = f"{title_of(part)}: {reason}"
    note(session, partner, ENDED[type(part)], words, actor, now, part=part)


def title_of(part: queries.Part) -> str:
    """Return how a part is called in the history."""
    if isinstance(part, PartnerPost):
        return f"{part.sort} {part.locode}"
    if isinstance(part, PartnerKey):
        return f"{part.sort} key {part.fingerprint}"
    return part.name


def propose_facts(
    session: Session,
    partner: Organisation,
    profile: PartnerProfile,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> PartnerChange | None:
    """Propose another name, network, countries or way; None when nothing differs."""
    known = {name: getattr(partner, name, None) or getattr(profile, name, None) for name in said}
    new = {name: value for name, value in said.items() if known[name] != value}
    if not new:
        return None
    words = "; ".join(f"{name}: {shown(value)}" for name, value in new.items())
    return note(session, partner, ChangeSort.FACTS, words, actor, now, said=new)


def shown(value: Any) -> str:
    """Return a fact in words."""
    return " ".join(value) if isinstance(value, list) else str(value)


def stop(
    session: Session,
    partner: Organisation,
    sort: ChangeSort,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Suspend or close a partner at once, or propose to lift its suspension."""
    if sort in AT_ONCE:
        partner.standing = move(partner.standing, AT_ONCE[sort])
        partner.decided_at, partner.decision_reason = now, reason
    else:
        move(partner.standing, MOVED[sort])  # refused now rather than when somebody agrees
    note(session, partner, sort, reason, actor, now)


def agree(session: Session, entry: PartnerChange, actor: Actor, now: datetime) -> None:
    """Let what somebody else proposed count.

    Raises:
        OwnProposalError: the proposal is the actor's own.
        MoveRefusedError: the partner moved on in the meantime.
    """
    if entry.proposed_by_id == actor.id:
        raise OwnProposalError("You proposed this. Somebody else must agree.")
    card = queries.card(session, entry.partner_id)
    partner = card.organisation
    if entry.sort in MOVED:
        partner.standing = move(partner.standing, MOVED[entry.sort])
        partner.decided_at, partner.decision_reason = now, entry.words
    elif entry.sort is ChangeSort.FACTS:
        for name, value in entry.said.items():
            setattr(partner if hasattr(partner, name) else card.profile, name, value)
    else:
        held: tuple[PartnerAgreement | PartnerKey, ...] = (*card.agreements, *card.keys)
        for part in held:
            if part.id == entry.part_id:
                part.agreed_at = now
    decide(session, entry, actor, now, agreed=True)


def refuse(session: Session, entry: PartnerChange, actor: Actor, now: datetime) -> None:
    """Turn down what was proposed; who proposed it may take it back so."""
    card = queries.card(session, entry.partner_id)
    if entry.sort is ChangeSort.REGISTER:
        card.organisation.standing = move(card.organisation.standing, Action.REFUSE)
    held: tuple[PartnerAgreement | PartnerKey, ...] = (*card.agreements, *card.keys)
    for part in held:
        if part.id == entry.part_id:
            part.ended_at = now
    decide(session, entry, actor, now, agreed=False)


def decide(
    session: Session, entry: PartnerChange, actor: Actor, now: datetime, *, agreed: bool
) -> None:
    """Write down who agreed or not, and when."""
    entry.decided_at, entry.decided_by_id, entry.agreed = now, actor.id, agreed
    word = "agreed" if agreed else "refused"
    deed = f"partner.{entry.sort.name.lower()}_{word}"
    audit.record(session, actor, deed, entry.partner_id, now, change=str(entry.id))


@daily("agreement-warnings")
def warn(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
    """Tell registrars, once at each of WARN_DAYS, that an agreement ends."""
    today = now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
    new = False
    for agreement in queries.ending(session, today):
        days = warned_at(agreement.valid_until, today)
        if days and not queries.was_warned(session, agreement, days):
            session.add(AgreementWarning(agreement_id=agreement.id, days=days, warned_at=now))
            new = True
    keepers = select(Account).where(Account.role == Role.REGISTRAR, Account.active)
    link = outbox.link_to("/partners/")
    for one in session.scalars(keepers) if new else ():
        outbox.post(session, one.email, EXPIRING, EXPIRY, now, one.language, link=link)
