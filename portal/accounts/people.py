"""Inviting people, one-time links, roles and leaving."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts import queries, services, throttle
from portal.accounts.data import LINK_LASTS, Purpose
from portal.accounts.models import Account, OneTimeLink, RoleProposal
from portal.core import audit, outbox
from portal.core.access import COMPANY_ROLES, PARTNER_ROLES, Actor, Role
from portal.core.errors import DomainError
from portal.core.languages import current

INVITED = (
    "You were invited to the portal of {authority}.\n\n"
    "Choose a password here. The link works once, and for {hours} hours:\n{link}\n"
)
RESET = (
    "Somebody asked for a new password for your account in the portal of {authority}.\n\n"
    "If that was you, choose one here. The link works once, and for an hour:\n{link}\n\n"
    "If not, nothing needs to be done.\n"
)
NEW_ADDRESS = (
    "Somebody wants to use this address for an account in the portal of {authority}.\n\n"
    "If that was you, confirm it here. The link works once, and for an hour:\n{link}\n"
)
RESETS_AN_HOUR = 5
HOUR = timedelta(hours=1)


class OwnProposalError(DomainError):
    """Nobody agrees to what they proposed themselves."""


def invite(
    session: Session,
    email: str,
    name: str,
    role: Role,
    organisation_id: UUID,
    actor: Actor | None,
    now: datetime,
    *,
    reads_colleagues: bool = False,
) -> Account:
    """Make an account that its person opens by a link in a mail.

    Raises:
        DomainError: the address has an account already.
    """
    if queries.by_email(session, email) is not None:
        raise DomainError("This address cannot be invited. Perhaps it was invited before.")
    account = Account(
        email=email.strip().lower(),
        name=name,
        role=role,
        organisation_id=organisation_id,
        reads_colleagues=reads_colleagues,
        created_at=now,
    )
    session.add(account)
    session.flush()
    send_link(session, account, Purpose.INVITATION, INVITED, now)
    audit.record(session, actor, "account.invited", account.id, now, role=role.value)
    return account


def invite_again(session: Session, account: Account, actor: Actor | None, now: datetime) -> None:
    """Send a new link to somebody who did not use the first."""
    send_link(session, account, Purpose.INVITATION, INVITED, now)
    audit.record(session, actor, "account.invited_again", account.id, now)


def send_link(
    session: Session,
    account: Account,
    purpose: Purpose,
    words: str,
    now: datetime,
    new_email: str | None = None,
) -> str:
    """Write a one-time link to a person; return its secret, which nothing else keeps."""
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            account_id=account.id,
            purpose=purpose,
            token_hash=queries.hashed(token),
            expires_at=now + LINK_LASTS[purpose],
            email=new_email,
        )
    )
    outbox.post(
        session,
        new_email or account.email,
        "Your account in the portal",
        words,
        now,
        account.language or current(),
        link=outbox.link_to(f"/account/link/{token}"),
        hours=int(LINK_LASTS[purpose] / HOUR),
    )
    return token


def ask_reset(session: Session, email: str, address: str, now: datetime) -> None:
    """Send a link for a new password, if there is such an account; says nothing of it.

    Raises:
        TooManyError: too many were asked for from this address or for this account.
    """
    throttle.limit(session, "reset", address, RESETS_AN_HOUR * 4, HOUR, now)
    throttle.limit(session, "reset-of", email, RESETS_AN_HOUR, HOUR, now)
    account = queries.by_email(session, email)
    if account is None or not account.active:
        return
    purpose = Purpose.RESET if account.password_hash else Purpose.INVITATION
    send_link(session, account, purpose, RESET if account.password_hash else INVITED, now)
    audit.record(session, account, "account.reset_asked", account.id, now)


def use_link(
    session: Session, link: OneTimeLink, account: Account, password: str, now: datetime
) -> None:
    """Set the password that a link allows; the second factor stays as it is."""
    link.used_at = now
    services.set_password(session, account, password, now)


def ask_new_email(session: Session, account: Account, email: str, now: datetime) -> None:
    """Send a link to the new address; nothing changes before it is followed."""
    if queries.by_email(session, email) is None:
        send_link(session, account, Purpose.EMAIL, NEW_ADDRESS, now, new_email=email)
    audit.record(session, account, "account.address_change_asked", account.id, now)


def use_email_link(session: Session, link: OneTimeLink, account: Account, now: datetime) -> None:
    """Change the address that a link was sent to; tells the old one."""
    link.used_at = now
    services.notice(session, account, "The e-mail address was changed", now)
    account.email = (link.email or account.email).lower()
    services.end_sessions(session, account, now)
    audit.record(session, account, "account.address_changed", account.id, now)


def deactivate(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """Close an account; its sessions end at their next request."""
    if account.id == actor.id:
        raise DomainError("You cannot close your own account. Ask a colleague.")
    account.active = False
    services.end_sessions(session, account, now)
    audit.record(session, actor, "account.deactivated", account.id, now)


def activate(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """Open a closed account again; its person chooses a new password."""
    account.active = True
    account.password_hash = None
    send_link(session, account, Purpose.INVITATION, INVITED, now)
    audit.record(session, actor, "account.activated", account.id, now)


def set_right(
    session: Session, account: Account, actor: Actor, now: datetime, *, reads_colleagues: bool
) -> None:
    """Say whether somebody may know of suspicious orders that colleagues filed.

    Raises:
        DomainError: nobody gives or takes this right themselves.
    """
    if account.id == actor.id:
        raise DomainError("You cannot change your own right. Ask another administrator.")
    account.reads_colleagues = reads_colleagues
    audit.record(session, actor, "account.right_changed", account.id, now, reads=reads_colleagues)


def propose_role(
    session: Session, account: Account, role: Role, actor: Actor, now: datetime
) -> None:
    """Propose another role; a second registrar must agree.

    Raises:
        DomainError: the role is of another side of the portal.
    """
    if any((role in side) != (account.role in side) for side in (COMPANY_ROLES, PARTNER_ROLES)):
        raise DomainError("This role is not for this person's organisation.")
    proposal = RoleProposal(
        account_id=account.id, role=role, proposed_by_id=actor.id, proposed_at=now
    )
    session.add(proposal)
    audit.record(session, actor, "account.role_proposed", account.id, now, role=role.value)


def agree_to_role(session: Session, proposal: RoleProposal, actor: Actor, now: datetime) -> None:
    """Give somebody the proposed role; signs them out everywhere.

    Raises:
        OwnProposalError: the proposal is the actor's own.
    """
    if proposal.proposed_by_id == actor.id:
        raise OwnProposalError("You proposed this. Another registrar must agree.")
    account = session.get_one(Account, proposal.account_id)
    account.role = proposal.role
    proposal.decided_at = now
    services.end_sessions(session, account, now)
    audit.record(session, actor, "account.role_changed", account.id, now, role=proposal.role.value)
