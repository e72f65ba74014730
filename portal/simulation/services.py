"""Filing a simulated country through the same services as the pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import jobs
from portal.core.access import Role
from portal.core.db import transaction
from portal.core.errors import DomainError
from portal.core.references import new_reference
from portal.intake.queries import kind_of
from portal.intake.services import receive
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing
from portal.simulation.country import numbered
from portal.simulation.data import Filing, Supplier
from portal.simulation.world import World
from portal.submissions.kind import Law
from portal.submissions.models import Submission

BATCH = 50  # submissions of one transaction
EACH_DAY = ("end-clocks", "renew-urgency")  # what a worker does each day in the queue
LEFT = {"acknowledgement"}  # jobs that a simulated submission does without: its paper


@dataclass(frozen=True, slots=True)
class Filed:
    """A submission that was filed, with what the simulator knows of it."""

    filing: Filing
    id: UUID


def refuse_real() -> None:
    """Refuse to invent records among real ones.

    Raises:
        DomainError: the installation is not for practice.
    """
    if not current_app.config["DEMO"]:
        raise DomainError("Records are simulated only where PORTAL_DEMO is 1.")


def suppliers(
    session: Session, world: World, domain: str = "simulated.example"
) -> dict[int, Account]:
    """Make every company of the country with the account that reports; return those accounts."""
    refuse_real()
    begun = world.begin - timedelta(days=30)
    made = {}
    for index in range(world.supplier_count):
        one = world.supplier(index)
        owner = organisation(one, begun)
        session.add(owner)
        session.flush()
        made[index] = Account(
            email=f"s{world.seed}.{index}@{domain}",
            name=one.reporter,
            role=Role.REPORTER,
            organisation_id=owner.id,
            created_at=begun,
        )
    session.add_all(made.values())
    session.flush()
    return made


def organisation(one: Supplier, begun: datetime) -> Organisation:
    """Return a vetted company."""
    where = one.real.place
    return Organisation(
        name=f"{one.real.name.latin[0]} {one.real.form}",
        sort=Sort.COMPANY,
        standing=Standing.VETTED,
        reference=new_reference("OR"),
        applied_at=begun,
        decided_at=begun,
        country=current_app.config["COUNTRY"],
        legal_form=one.real.form,
        address=f"{where.street}, {where.postcode} {where.city}",
        registration_number=one.real.registration,
        tax_number=one.real.tax,
        activities=["freight forwarding"] if one.forwarder else ["trade"],
        officer_name=one.reporter,
        officer_position="Responsible officer",
        officer_phone=where.phone,
        officer_email=where.email,
    )


def file(session: Session, filing: Filing, author: Account) -> Submission:
    """Receive one simulated submission, and do the work it causes, as a worker would at once."""
    config = current_app.config
    law = Law(config["JURISDICTION"], config["COUNTRY"], filing.moment.date())
    submission = receive(session, kind_of(filing.kind), filing.data, author, law, filing.moment)
    work_off(session, filing.moment)
    return submission


def pass_day(session: Session, now: datetime) -> None:
    """Do what a worker does once a day in the queue."""
    for name in EACH_DAY:
        jobs.WORKS[name].handler(session, {}, now)


def work_off(session: Session, now: datetime) -> None:
    """Do the jobs that wait in this transaction, and those they cause; papers are left out."""
    while waiting := session.info.pop("jobs", []):
        for job_id in waiting:
            row = session.get_one(jobs.Job, job_id)
            if row.name not in LEFT:
                jobs.WORKS[row.name].handler(session, row.payload, now)
            session.delete(row)
        session.flush()


def filed(
    seed: int,
    size: int,
    now: datetime,
    before: Callable[[Session, Filing], None] | None = None,
    after: Callable[[Session, Filed], None] | None = None,
) -> Iterator[Filed]:
    """File a country in order of time, and yield each submission once it is committed.

    Args:
        seed: the same seed, size and moment give the same records.
        size: how many submissions.
        now: the end of the two years.
        before: told of each filing, in its transaction, before it is received.
        after: told of each filing, in its transaction, after what it caused is done.
    """
    world = World(seed, size, now)
    with transaction() as session:
        authors = suppliers(session, world)
    day = world.begin.date()
    for batch in batches(numbered(seed, size, now)):
        done = []
        with transaction() as session:
            for filing in batch:
                if filing.moment.date() != day:
                    day = filing.moment.date()
                    pass_day(session, filing.moment)
                if before:
                    before(session, filing)
                one = Filed(filing, file(session, filing, authors[filing.supplier]).id)
                if after:
                    after(session, one)
                done.append(one)
        yield from done


def batches(filings: Iterator[Filing]) -> Iterator[list[Filing]]:
    """Yield the filings by the batch."""
    batch: list[Filing] = []
    for one in filings:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
