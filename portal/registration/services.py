"""Applying, asking, deciding, and keeping facts current."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import people
from portal.accounts.models import Account
from portal.accounts.queries import by_email
from portal.core import audit, outbox
from portal.core.access import Actor, Role
from portal.core.files import Incoming
from portal.core.references import new_reference
from portal.organisations.models import (
    Licence,
    Organisation,
    OrganisationFile,
    PartnerProfile,
    Request,
    Site,
    Sort,
)
from portal.organisations.rules import Action, Standing, move
from portal.registration import queries

NEWS = (
    "There is something new about your application to the portal of {authority}.\n\n"
    "Sign in to read it: {link}\n"
)
KNOWN = (
    "Somebody applied to the portal of {authority} with this address, which is known already.\n\n"
    "If that was you, sign in or ask for a new password: {link}\n"
)


def apply(
    session: Session,
    said: dict[str, Any],
    licences: Sequence[Licence],
    sites: Sequence[Site],
    applicant: tuple[str, str],
    now: datetime,
) -> Organisation:
    """Take an application; its person opens the account by a link in a mail.

    Args:
        session: inside a transaction.
        said: the organisation's facts, by column.
        licences: unsaved rows.
        sites: unsaved rows.
        applicant: name and address; an address that is known gets a mail and no second account.
        now: the moment, UTC.
    """
    organisation = Organisation(
        **said, sort=Sort.COMPANY, reference=new_reference("OR"), applied_at=now
    )
    session.add(organisation)
    session.flush()
    for licence in licences:
        licence.organisation_id = organisation.id
    for site in sites:
        site.organisation_id = organisation.id
    session.add_all([*licences, *sites])
    name, address = applicant
    if by_email(session, address) is None:
        people.invite(session, address, name, Role.APPLICANT, organisation.id, None, now)
    else:
        send(session, address, KNOWN, now)
    audit.record(session, None, "organisation.applied", organisation.id, now)
    return organisation


def send(session: Session, address: str, words: str, now: datetime) -> None:
    """Write a mail that says no more than that there is something."""
    body = words.format(
        authority=current_app.config["AUTHORITY_NAME"], link=outbox.link_to("/sign-in")
    )
    outbox.post(session, address, "Your application to the portal", body, now)


def tell(session: Session, organisation: Organisation, now: datetime) -> None:
    """Tell the organisation's people that there is something new."""
    query = select(Account.email).where(
        Account.organisation_id == organisation.id,
        Account.role.in_([Role.APPLICANT, Role.COMPANY_ADMIN]),
        Account.active,
    )
    for address in session.scalars(query):
        send(session, address, NEWS, now)


def ask(
    session: Session, organisation: Organisation, text: str, actor: Actor, now: datetime
) -> None:
    """Ask an applicant for a document or a word more."""
    organisation.standing = move(organisation.standing, Action.ASK)
    session.add(Request(organisation_id=organisation.id, text=text, asked_at=now))
    audit.record(session, actor, "organisation.asked", organisation.id, now)
    tell(session, organisation, now)


def answer(
    session: Session, organisation: Organisation, text: str, actor: Actor, now: datetime
) -> None:
    """Keep an applicant's answer."""
    organisation.standing = move(organisation.standing, Action.ANSWER)
    for request in queries.requests_of(session, organisation.id):
        if request.answer is None:
            request.answer, request.answered_at = text, now
    audit.record(session, actor, "organisation.answered", organisation.id, now)


def keep_file(
    session: Session, organisation: Organisation, incoming: Incoming, actor: Actor, now: datetime
) -> None:
    """Put a document into the vetting file."""
    kept = OrganisationFile(
        organisation_id=organisation.id,
        name=incoming.name,
        media_type=incoming.media_type,
        size=incoming.size,
        sha256=incoming.sha256,
        stored_as=incoming.stored_as,
        scan=incoming.scan.value,
        uploaded_at=now,
    )
    session.add(kept)
    session.flush()
    audit.record(session, actor, "file.attached", kept.id, now, sha256=incoming.sha256)


def decide(
    session: Session,
    organisation: Organisation,
    action: Action,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Vet, refuse, suspend, lift or close; the applicant of a vetted company administers it."""
    organisation.standing = move(organisation.standing, action)
    organisation.decided_at, organisation.decision_reason = now, reason
    if action is Action.VET:
        query = select(Account).where(
            Account.organisation_id == organisation.id, Account.role == Role.APPLICANT
        )
        for account in session.scalars(query):
            account.role, account.reads_colleagues = Role.COMPANY_ADMIN, True
            audit.record(session, actor, "account.role_changed", account.id, now)
    audit.record(session, actor, f"organisation.{action.name.lower()}", organisation.id, now)
    session.flush()
    tell(session, organisation, now)


def add_licence(
    session: Session, organisation: Organisation, licence: Licence, actor: Actor, now: datetime
) -> None:
    """Add a licence to an organisation."""
    licence.organisation_id = organisation.id
    session.add(licence)
    audit.record(session, actor, "licence.added", organisation.id, now)


def add_site(
    session: Session, organisation: Organisation, site: Site, actor: Actor, now: datetime
) -> None:
    """Add a site to an organisation."""
    site.organisation_id = organisation.id
    session.add(site)
    audit.record(session, actor, "site.added", organisation.id, now)


def change_officer(
    session: Session, organisation: Organisation, said: dict[str, str], actor: Actor, now: datetime
) -> None:
    """Name another responsible officer or deputy."""
    for column, value in said.items():
        setattr(organisation, column, value)
    audit.record(session, actor, "officer.changed", organisation.id, now)


def register_partner(
    session: Session,
    name: str,
    country: str,
    profile: PartnerProfile,
    reference_key: str | None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Make a partner with what its agreement allows."""
    partner = Organisation(
        name=name,
        country=country,
        sort=Sort.PARTNER,
        standing=Standing.VETTED,
        reference=new_reference("OR"),
        applied_at=now,
        decided_at=now,
        partner_key=reference_key,
    )
    session.add(partner)
    session.flush()
    profile.organisation_id = partner.id
    session.add(profile)
    audit.record(session, actor, "partner.registered", partner.id, now)
    return partner
