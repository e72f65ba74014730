"""Admitting people of partners and withdrawing them; no account of a partner is made elsewhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import people
from portal.accounts.models import Account
from portal.core.access import Actor, Role
from portal.core.errors import DomainError
from portal.organisations.models import Organisation
from portal.organisations.rules import Standing
from portal.partners.officers.data import Person
from portal.partners.registry.data import ChangeSort
from portal.partners.registry.models import PartnerOfficer
from portal.partners.registry.services import note


class NotDelegatedError(DomainError):
    """A partner's administrator may not do this; the authority's registrar may."""


def admit(
    session: Session, partner: Organisation, person: Person, actor: Actor, now: datetime
) -> PartnerOfficer:
    """Admit somebody on a decision that is kept, and send the invitation.

    Raises:
        NotDelegatedError: an administrator of the partner appoints another administrator.
        DomainError: the partner is not active, or the address has an account.
    """
    if partner.standing is not Standing.VETTED:
        raise DomainError("The partner is not active. Its people cannot be invited.")
    if actor.role is Role.PARTNER_ADMIN and person.administers:
        raise NotDelegatedError("Ask the authority to appoint another administrator.")
    role = Role.PARTNER_ADMIN if person.administers else Role.PARTNER_OFFICER
    account = people.invite(session, person.email, person.name, role, partner.id, actor, now)
    decided = PartnerOfficer(
        account_id=account.id,
        partner_id=partner.id,
        position=person.position,
        grounds=person.grounds,
        decided_at=now,
        decided_by_id=actor.id,
    )
    session.add(decided)
    words = f"{person.name}, {person.position} ({role})"
    note(session, partner, ChangeSort.OFFICER, words, actor, now)
    return decided


def withdraw(
    session: Session,
    partner: Organisation,
    officer: PartnerOfficer,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Close somebody's account and keep why; its sessions end at their next request.

    Raises:
        NotDelegatedError: an administrator of the partner withdraws another administrator.
        DomainError: it is the actor's own account.
    """
    account = session.get_one(Account, officer.account_id)
    if officer.withdrawn_at is not None:
        return
    if actor.id != account.id and actor.role is account.role is Role.PARTNER_ADMIN:
        raise NotDelegatedError("Ask the authority to withdraw another administrator.")
    people.deactivate(session, account, actor, now)
    officer.withdrawn_at, officer.withdrawn_by_id = now, actor.id
    officer.withdrawn_reason = reason
    note(session, partner, ChangeSort.END_OFFICER, f"{account.name}: {reason}", actor, now)


def admit_again(
    session: Session,
    partner: Organisation,
    officer: PartnerOfficer,
    grounds: str,
    actor: Actor,
    now: datetime,
) -> PartnerOfficer:
    """Admit somebody again by a new decision; the person chooses a new password.

    Raises:
        NotDelegatedError: an administrator of the partner admits another administrator.
        DomainError: the decision still holds, or the partner is not active.
    """
    if officer.withdrawn_at is None:
        raise DomainError("This person was not withdrawn.")
    if partner.standing is not Standing.VETTED:
        raise DomainError("The partner is not active. Its people cannot be invited.")
    account = session.get_one(Account, officer.account_id)
    if actor.role is account.role is Role.PARTNER_ADMIN:
        raise NotDelegatedError("Ask the authority to appoint another administrator.")
    people.activate(session, account, actor, now)
    decided = PartnerOfficer(
        account_id=officer.account_id,
        partner_id=partner.id,
        position=officer.position,
        grounds=grounds,
        decided_at=now,
        decided_by_id=actor.id,
    )
    session.add(decided)
    words = f"{account.name}, {officer.position}, again"
    note(session, partner, ChangeSort.OFFICER, words, actor, now)
    return decided
