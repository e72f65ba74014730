"""Applying, asking, deciding, and keeping facts current."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import people
from portal.accounts.models import Account
from portal.accounts.queries import by_email
from portal.core import audit, outbox
from portal.core.access import Actor, Role
from portal.core.daily import daily
from portal.core.files import Incoming
from portal.core.references import new_reference
from portal.organisations.models import (
    Deputy,
    Licence,
    LicenceWarning,
    Organisation,
    OrganisationFile,
    Request,
    Site,
    Sort,
)
from portal.organisations.rules import Action, move, warned_at
from portal.registration import queries

Part = Licence | Site | Deputy
NEWS = (
    "There is something new about your application to the portal of {authority}.\n\n"
    "Sign in to read it: {link}\n"
)
EXPIRING = "A licence in the portal needs your attention"
EXPIRY = (
    "A licence that your company keeps in the portal of {authority} needs your attention.\n\n"
    "Sign in to see it: {link}\n\n"
    "This message says nothing more on purpose.\n"
)
KNOWN = (
    "Somebody applied to the portal of {authority} with this address, which is known already.\n\n"
    "If that was you, sign in or ask for a new password: {link}\n"
)


def apply(
    session: Session,
    said: dict[str, Any],
    parts: Sequence[Part],
    applicant: tuple[str, str],
    now: datetime,
) -> Organisation:
    """Take an application; its person opens the account by a link in a mail.

    Args:
        session: inside a transaction.
        said: the organisation's facts, by column.
        parts: licences, sites and deputies, unsaved.
        applicant: name and address; an address that is known gets a mail and no second account.
        now: the moment, UTC.
    """
    organisation = Organisation(
        **said, sort=Sort.COMPANY, reference=new_reference("OR"), applied_at=now
    )
    session.add(organisation)
    session.flush()
    for part in parts:
        part.organisation_id = organisation.id
    session.add_all(parts)
    name, address = applicant
    if by_email(session, address) is None:
        people.invite(session, address, name, Role.APPLICANT, organisation.id, None, now)
    else:
        send(session, address, KNOWN, now)
    audit.record(session, None, "organisation.applied", organisation.id, now)
    return organisation


@daily("licence-warnings")
def warn(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
    """Tell companies, once at each of WARN_DAYS, that a licence ends."""
    today = now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
    owners = set()
    for licence in queries.ending(session, today):
        days, until = warned_at(licence.valid_until, today), licence.valid_until
        if days and until and not queries.was_warned(session, licence, days):
            session.add(
                LicenceWarning(licence_id=licence.id, valid_until=until, days=days, warned_at=now)
            )
            owners.add(licence.organisation_id)
    link = outbox.link_to("/company")
    for one in queries.administrators(session, owners):
        outbox.post(session, one.email, EXPIRING, EXPIRY, now, one.language, link=link)


def send(session: Session, address: str, words: str, now: datetime, language: str = "") -> None:
    """Write a mail that says no more than that there is something."""
    link = outbox.link_to("/sign-in")
    outbox.post(session, address, "Your application to the portal", words, now, language, link=link)


def tell(session: Session, organisation: Organisation, now: datetime) -> None:
    """Tell the organisation's people that there is something new."""
    query = select(Account).where(
        Account.organisation_id == organisation.id,
        Account.role.in_([Role.APPLICANT, Role.COMPANY_ADMIN]),
        Account.active,
    )
    for one in session.scalars(query):
        send(session, one.email, NEWS, now, one.language)


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
    session: Session,
    organisation: Organisation,
    incoming: Incoming,
    actor: Actor,
    now: datetime,
    licence_id: UUID | None = None,
) -> None:
    """Put a document into the vetting file, beside its licence if it is one."""
    kept = OrganisationFile(
        organisation_id=organisation.id,
        licence_id=licence_id,
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
        confirm_all(session, organisation, now)
        query = select(Account).where(
            Account.organisation_id == organisation.id, Account.role == Role.APPLICANT
        )
        for account in session.scalars(query):
            account.role, account.reads_colleagues = Role.COMPANY_ADMIN, True
            audit.record(session, actor, "account.role_changed", account.id, now)
    audit.record(session, actor, f"organisation.{action.name.lower()}", organisation.id, now)
    session.flush()
    tell(session, organisation, now)


def confirm_all(session: Session, organisation: Organisation, now: datetime) -> None:
    """Hold what stands in the file at vetting for seen."""
    for licence in queries.parts_of(session, organisation.id, Licence):
        licence.confirmed_at = now
    for site in queries.parts_of(session, organisation.id, Site):
        site.confirmed_at = now


def add_part(
    session: Session,
    organisation: Organisation,
    table: type[queries.P],
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> queries.P:
    """Add a licence, a site or a deputy."""
    part = table(organisation_id=organisation.id, **said)
    session.add(part)
    session.flush()
    word = table.__name__.lower()
    audit.record(session, actor, f"{word}.added", organisation.id, now, part=str(part.id))
    return part


def change_part(
    session: Session, part: Part, said: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """Keep what is new of a licence, a site or a deputy; the registrar sees it again."""
    fields = differing(part, said)
    if not fields:
        return
    for column in fields:
        setattr(part, column, said[column])
    if not isinstance(part, Deputy):
        part.confirmed_at = None
    word, names = type(part).__name__.lower(), ", ".join(fields)
    owner = part.organisation_id
    audit.record(session, actor, f"{word}.changed", owner, now, part=str(part.id), fields=names)


def differing(row: Organisation | Part, said: Mapping[str, Any]) -> list[str]:
    """Return the columns in which a row differs from what was said."""
    return [column for column, value in said.items() if getattr(row, column) != value]


def end_part(session: Session, part: Part, actor: Actor, now: datetime) -> None:
    """Take a licence, a site or a deputy off the pages; the row stays on the file."""
    part.ended_at = now
    word = type(part).__name__.lower()
    audit.record(session, actor, f"{word}.ended", part.organisation_id, now, part=str(part.id))


def confirm_part(session: Session, part: Licence | Site, actor: Actor, now: datetime) -> None:
    """Say that the registrar saw a licence or a site as it stands; certificates name it."""
    part.confirmed_at = now
    word = type(part).__name__.lower()
    audit.record(session, actor, f"{word}.confirmed", part.organisation_id, now, part=str(part.id))


def change_facts(
    session: Session,
    organisation: Organisation,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the responsible officer, names and addresses that a company changes by itself."""
    fields = differing(organisation, said)
    for column in fields:
        setattr(organisation, column, said[column])
    if fields:
        names = ", ".join(fields)
        audit.record(session, actor, "organisation.changed", organisation.id, now, fields=names)
