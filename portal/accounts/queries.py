"""Reading accounts and their sessions."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.data import HALF_LASTS, Purpose
from portal.accounts.models import (
    Account,
    HalfSignIn,
    LoginSession,
    OneTimeLink,
    RecoveryCode,
    RoleProposal,
)
from portal.core.access import COMPANY_ROLES, Actor, Role
from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation, Sort

STAFF_SORTS = (Sort.AUTHORITY, Sort.PARTNER)


def hashed(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_email(session: Session, email: str) -> Account | None:
    """Return the account with an address."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def signed_in(session: Session, token: str) -> tuple[Account, LoginSession] | None:
    """Return who holds a session's secret, and the session."""
    query = (
        select(Account, LoginSession)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(LoginSession.token_hash == hashed(token))
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def half_signed_in(
    session: Session, token: str, now: datetime
) -> tuple[HalfSignIn, Account] | None:
    """Return whose password fitted a moment ago."""
    query = (
        select(HalfSignIn, Account)
        .join(Account, Account.id == HalfSignIn.account_id)
        .where(
            HalfSignIn.token_hash == hashed(token),
            HalfSignIn.started_at > now - HALF_LASTS,
            Account.active,
        )
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def sessions_of(session: Session, account_id: UUID) -> Sequence[LoginSession]:
    """Return where an account is signed in, the last seen first."""
    query = select(LoginSession).where(LoginSession.account_id == account_id)
    return session.scalars(query.order_by(LoginSession.seen_at.desc())).all()


def link(session: Session, token: str, purpose: Purpose | None, now: datetime) -> OneTimeLink:
    """Return a link that still works.

    Raises:
        NotFoundError: it was used, is too old, or never was.
    """
    query = select(OneTimeLink).where(
        OneTimeLink.token_hash == hashed(token),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now,
    )
    if purpose is not None:
        query = query.where(OneTimeLink.purpose == purpose)
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def unused_codes(session: Session, account_id: UUID) -> Sequence[RecoveryCode]:
    """Return the recovery codes that still work."""
    query = select(RecoveryCode).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalars(query).all()


def colleagues(session: Session, actor: Actor) -> Sequence[Account]:
    """Return the people of the actor's own organisation."""
    query = select(Account).where(Account.organisation_id == actor.organisation_id)
    return session.scalars(query.order_by(Account.name, Account.email)).all()


def staff(session: Session) -> Sequence[Account]:
    """Return the people of the authority and of partners."""
    query = (
        select(Account)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Organisation.sort.in_(STAFF_SORTS))
        .options(joinedload(Account.organisation))
    )
    return session.scalars(query.order_by(Organisation.name, Account.name)).all()


def managed(session: Session, account_id: UUID, actor: Actor) -> Account:
    """Return an account that the actor may manage: a colleague, or staff for a registrar.

    Raises:
        NotFoundError: it does not exist, or not for this actor.
    """
    query = select(Account).join(Organisation, Organisation.id == Account.organisation_id)
    if actor.role is Role.REGISTRAR:
        query = query.where(Organisation.sort.in_(STAFF_SORTS))
    else:
        query = query.where(
            Account.organisation_id == actor.organisation_id, Account.role.in_(COMPANY_ROLES)
        )
    found = session.scalar(query.where(Account.id == account_id))
    if found is None:
        raise NotFoundError
    return found


def proposals(session: Session) -> Sequence[RoleProposal]:
    """Return the roles that wait for a second registrar."""
    query = select(RoleProposal).where(RoleProposal.decided_at.is_(None))
    return session.scalars(query.options(joinedload(RoleProposal.account))).all()


def authorities(session: Session) -> Sequence[Organisation]:
    """Return the authority: people of partners are invited on the pages of partners."""
    query = select(Organisation).where(Organisation.sort == Sort.AUTHORITY)
    return session.scalars(query.order_by(Organisation.name)).all()
