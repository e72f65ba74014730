"""Making the practice data, once, through the same services as the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.accounts.passwords import hash_password
from portal.bulletins import keeping
from portal.bulletins import queries as bulletins
from portal.bulletins.data import Told
from portal.core.access import Role
from portal.core.errors import DomainError
from portal.core.references import new_reference
from portal.demo import borders, deliveries, leads, partners
from portal.demo.bulletins import BULLETINS
from portal.demo.notices import NOTICES, Notice
from portal.demo.orders import ORDERS, Order, line
from portal.demo.others import OTHERS, Other
from portal.demo.partners import PARTNER_DOMAIN, PARTNERS, PartnerBody
from portal.demo.people import FIRMS, STAFF, STAFF_DOMAIN, Firm
from portal.intake.queries import kind_of
from portal.intake.services import receive
from portal.kinds.suspicious_order.data import Done, SuspiciousOrderData, YesNoUnknown, statements
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing
from portal.reference import queries as reference
from portal.submissions.kind import Law

PASSWORD = "practice makes the portal perfect"  # noqa: S105  printed on purpose, practice only


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one invented person signs in."""

    role: Role
    organisation: str
    email: str
    password: str
    totp_secret: str


def exists(session: Session) -> bool:
    """Tell whether the practice data is there."""
    first = f"{FIRMS[0].people[0][0]}@{FIRMS[0].domain}"
    return session.scalar(select(Account.id).where(Account.email == first)) is not None


def make(session: Session, now: datetime) -> None:
    """Make organisations, people and their reports of the last six months.

    Raises:
        DomainError: the installation is not for practice.
    """
    if not current_app.config["DEMO"]:
        raise DomainError("Practice data is made only where PORTAL_DEMO is 1.")
    begun = now - timedelta(days=200)
    password = hash_password(PASSWORD)
    authority = organisation(session, current_app.config["AUTHORITY_NAME"], Sort.AUTHORITY, begun)
    staff = {
        role: account(session, f"{local}@{STAFF_DOMAIN}", name, role, authority, password, begun)
        for local, name, role in STAFF
    }
    keepers = (staff[Role.REGISTRAR], staff[Role.SUPERVISOR])
    for body in PARTNERS:
        partner(session, body, keepers, password, begun)
    authors = {firm.key: company(session, firm, password, begun) for firm in FIRMS}
    session.flush()
    file_reports(session, authors, now)
    borders.make(session, PARTNER_DOMAIN, now)
    deliveries.make_plan(session, now)
    publish(session, staff[Role.ANALYST], staff[Role.SUPERVISOR], now)
    leads.make(session, now)


def publish(session: Session, analyst: Account, supervisor: Account, now: datetime) -> None:
    """Let the supervisor approve what the analyst wrote to companies."""
    for one in BULLETINS:
        moment = now - timedelta(days=one.days_ago)
        until = (moment + timedelta(days=one.lasts)).date()
        told = Told(sort=one.sort, aim=one.aim, signs=one.signs, valid_until=until)
        row = keeping.begin(session, told, one.said[0], analyst, moment)
        for said in one.said[1:]:
            keeping.write(session, row, said, analyst, moment)
        edition = bulletins.editions_of(session, row.id)[0]
        keeping.submit(session, edition, {}, analyst, moment)
        keeping.approve(session, row, edition, supervisor, moment)


def organisation(
    session: Session, name: str, sort: Sort, begun: datetime, **more: object
) -> Organisation:
    """Make a vetted organisation."""
    made = Organisation(
        name=name,
        sort=sort,
        standing=Standing.VETTED,
        reference=new_reference("OR"),
        applied_at=begun,
        decided_at=begun,
        **({"country": current_app.config["COUNTRY"]} | more),
    )
    session.add(made)
    session.flush()
    return made


def account(
    session: Session,
    email: str,
    name: str,
    role: Role,
    owner: Organisation,
    password_hash: str,
    begun: datetime,
) -> Account:
    """Make an account with its second factor."""
    made = Account(
        email=email,
        name=name,
        role=role,
        organisation_id=owner.id,
        reads_colleagues=role is Role.COMPANY_ADMIN,
        created_at=begun,
        password_hash=password_hash,
        totp_secret=pyotp.random_base32(),
    )
    session.add(made)
    session.flush()
    return made


def company(session: Session, firm: Firm, password_hash: str, begun: datetime) -> Account:
    """Make a company with its people; return the one who reports."""
    owner = organisation(
        session,
        firm.name,
        Sort.COMPANY,
        begun,
        legal_form=firm.legal_form,
        address=firm.address,
        registration_number=firm.registration,
        tax_number=firm.tax,
        activities=list(firm.activities),
        officer_name=firm.officer,
        officer_position="Responsible officer",
        officer_phone=firm.phone,
        officer_email=f"{firm.people[0][0]}@{firm.domain}",
    )
    made = [
        account(
            session,
            f"{local}@{firm.domain}",
            local.replace(".", ". ").title(),
            role,
            owner,
            password_hash,
            begun,
        )
        for local, role in firm.people
    ]
    return made[-1]


def partner(
    session: Session,
    body: PartnerBody,
    keepers: tuple[Account, Account],
    password_hash: str,
    begun: datetime,
) -> None:
    """Make a partner with its entry in the register and its people."""
    country = body.seat or body.countries[0]
    owner = organisation(
        session, body.name, Sort.PARTNER, begun, country=country, partner_key=body.reference_key
    )
    session.add(partners.profile_of(body, owner))
    session.add(partners.registered(owner, body.network, keepers, begun))
    for part in partners.parts_of(body, begun):
        part.partner_id = owner.id
        session.add(part)
    for email, name, role in partners.people_of(body):
        made = account(session, email, name, role, owner, password_hash, begun)
        partners.admitted(session, made, keepers, begun)


def file_reports(session: Session, authors: Mapping[str, Account], now: datetime) -> None:
    """File every invented report and notice in the order of their days."""
    config = current_app.config
    reports: list[Order | Notice | Other] = [*ORDERS, *NOTICES, *OTHERS]
    for one in sorted(reports, key=lambda report: -report.days_ago):
        moment = now - timedelta(days=one.days_ago)
        law = Law(config["JURISDICTION"], config["COUNTRY"], moment.date())
        author = authors[one.firm]
        if isinstance(one, Order):
            kind, data = kind_of("suspicious-order"), order_data(session, one, author, moment)
            receive(session, kind, data, author, law, moment)
        elif isinstance(one, Other):
            receive(session, kind_of(one.kind), one.build(moment.date()), author, law, moment)
        else:
            receive(session, kind_of("export-notice"), one.data(now.date()), author, law, moment)


def order_data(
    session: Session, order: Order, author: Account, moment: datetime
) -> SuspiciousOrderData:
    """Return the record of an invented order."""
    substances = reference.substances(session, [key for key, _, _ in order.goods])
    stopped = order.can_stop is YesNoUnknown.YES
    return SuspiciousOrderData(
        lines=tuple(
            line(key, substances[key].name, substances[key].cas_rn, amount, unit)
            for key, amount, unit in order.goods
        ),
        parties=(order.customer.party(), *order.others),
        declared_by=author.name,
        declared_position="Sales",
        happened=order.happened,
        happened_on=(moment - timedelta(days=1)).date(),
        done=order.done,
        contact_ways=order.contact,
        grounds=order.grounds,
        indicators=statements(order.indicators),
        indicator_codes=order.indicators,
        stated_use=order.use,
        declaration_seen=YesNoUnknown.NO if order.done is Done.REFUSED else YesNoUnknown.YES,
        payments=order.payments,
        payer_country=order.payer_country,
        self_collection=order.collects,
        plates=order.plates,
        delivery_wanted=order.delivery,
        delivery_country=order.delivery_country,
        can_stop=order.can_stop,
        stop_until=moment + timedelta(days=5) if stopped else None,
    )


def sign_ins(session: Session) -> Iterator[SignIn]:
    """Yield every invented person's sign-in, by organisation."""
    domains = (STAFF_DOMAIN, PARTNER_DOMAIN, *(firm.domain for firm in FIRMS))
    rows = session.execute(
        select(Account, Organisation.name)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .order_by(Organisation.sort, Organisation.name, Account.created_at, Account.email)
    )
    for person, name in rows:
        if person.email.split("@")[1] in domains:
            yield SignIn(person.role, name, person.email, PASSWORD, person.totp_secret or "")


def code_of(session: Session, email: str, now: datetime) -> str:
    """Return the present second-factor code of an invented person."""
    for person in sign_ins(session):
        if person.email == email.lower():
            return pyotp.TOTP(person.totp_secret).at(now)
    raise DomainError("Nobody in the practice data has this address.")
