"""An invented controlled delivery that is under way: from the notice over a free zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.deliveries import consenting, deeds, log, queries, services
from portal.deliveries.consenting import Said
from portal.deliveries.data import EntrySort, Substitution
from portal.deliveries.log import Told
from portal.deliveries.models import DeliveryPlan
from portal.deliveries.rules.consents import Act
from portal.demo.people import STAFF_DOMAIN
from portal.leads.data import Marking
from portal.submissions.models import Submission

CONTAINER = "CSQU3054383"
BEGUN, ASKED, APPROVED, STARTED = (timedelta(days=n) for n in (20, 18, 6, 2))
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Halt:
    """A country on the invented route."""

    country: str
    place: str
    locode: str
    after: timedelta  # the start
    law: str
    authority: str
    contact: str
    day: str
    night: str


ROUTE = (
    Halt(
        "NL",
        "Rotterdam, container terminal",
        "NLRTM",
        timedelta(hours=3),
        "Code of Criminal Procedure, Article 126ff",
        "National Public Prosecutor’s Office",
        "Duty prosecutor",
        "+31881234501",
        "+31881234502",
    ),
    Halt(
        "AE",
        "Jebel Ali, free zone",
        "AEJEA",
        timedelta(days=12, hours=6),
        "1988 Convention, Article 11; letter of the Ministry of Interior",
        "Anti-Narcotics Directorate",
        "Liaison desk",
        "+97141234501",
        "+97141234502",
    ),
    Halt(
        "PK",
        "Karachi, port",
        "PKKHI",
        timedelta(days=19),
        "Control of Narcotic Substances Act, section on controlled delivery",
        "Anti Narcotics Force",
        "Duty officer",
        "+922131234501",
        "+922131234502",
    ),
)
SAID = {
    "title": "Permanganate to Karachi over Jebel Ali",
    "purpose": "Find out who takes the drums over in the free zone and where they go afterwards."
    " The stated use, treatment of drinking water, does not fit the consignee.",
    "marking": Marking.RED,
    "in_charge_phone": "+31881234510",
    "deputy_phone": "+31881234511",
    "containers": [CONTAINER],
    "substitution": Substitution.PARTIAL,
    "substituted_with": "Coloured salt in 38 of 40 drums; two drums keep the goods",
    "substituted_by": "Laboratory of the customs service",
    "substituted_where": "Rotterdam, before the container is sealed",
    "watching": "A beacon in drum 7, a seal with radio, observation at each port",
    "communication": "Report every six hours at sea, every hour in port. Nobody answers for two"
    " hours: the deputy is called.",
    "cost": "About EUR 18,000: drums, beacon, two officers for three weeks",
    "payer": "Each country its own; the drums and the beacon are the Netherlands’",
    "risks": [
        ("The container is moved to another ship unseen", "Seal with radio, agent in the port"),
        ("The beacon is found", "It lies in the double bottom of a drum"),
    ],
    "conditions": [
        "The beacon is silent for more than six hours",
        "The seal is broken",
        "The container leaves the route that was agreed",
    ],
}


def make_plan(session: Session, now: datetime) -> None:
    """Make one plan, agreed to by three countries and begun two days ago."""
    people = {one.email.split("@")[0]: one for one in staff(session)}
    author, chief, deputy = people["analyst"], people["triage"], people["triage2"]
    query = select(Submission).where(Submission.content.contains(CONTAINER))
    source = session.scalars(query.order_by(Submission.received_at.desc())).first()
    said = SAID | {"in_charge_id": chief.id, "deputy_id": deputy.id}
    said["references"] = [source.reference] if source else []
    begun = now - BEGUN
    source_id = source.id if source else None
    plan = services.begin(session, said, author, begun, submission_id=source_id)
    start = now - STARTED
    for number, one in enumerate(ROUTE, start=1):
        services.add_halt(session, plan, halt_of(number, one, start), author, begun)
    deeds.submit(session, plan, author, now - ASKED)
    deeds.approve(session, plan, people["supervisor"], now - APPROVED)
    for halt in plan.halts:
        for act, ago in ((Act.ASK, ASKED), (Act.RECEIVE, APPROVED)):
            day = queries.today(now - ago)
            agreed = act is Act.RECEIVE
            answer = Said(
                act=act,
                said_on=day,
                by_whom=halt.authority,
                reference=f"{halt.country}-CD-{halt.number:03}" if agreed else "",
                conditions="To be told at once of each change of place." if agreed else "",
                valid_until=day + timedelta(days=60) if agreed else None,
            )
            consenting.record(session, plan, halt, answer, author, now - ago)
    deeds.start(session, plan, chief, start)
    for told, at in entries(plan, start):
        log.write(session, plan, told, deputy, at)


def staff(session: Session) -> Iterator[Account]:
    """Yield the invented people of the authority."""
    yield from session.scalars(select(Account).where(Account.email.endswith(f"@{STAFF_DOMAIN}")))


def halt_of(number: int, one: Halt, start: datetime) -> dict[str, object]:
    """Return a country as the route keeps it."""
    return {
        "number": number,
        "country": one.country,
        "place": one.place,
        "locode": one.locode,
        "planned_at": (start + one.after).replace(minute=0, second=0, microsecond=0),
        "legal_basis": one.law,
        "authority": one.authority,
        "contact": one.contact,
        "day_phone": one.day,
        "night_phone": one.night,
        "email": "",
    }


def entries(plan: DeliveryPlan, start: datetime) -> Iterator[tuple[Told, datetime]]:
    """Yield what the log tells of the first two days, and when it was written."""
    first = plan.halts[0]
    told = (
        (EntrySort.ARRIVED, 4, "Container at the terminal; seal whole, beacon answers.", True),
        (EntrySort.SPOKEN, 5, "Liaison desk in Dubai told of the ship and its hour.", False),
        (EntrySort.LEFT, 30, "Ship has left; container in bay 14.", True),
        (EntrySort.SEEN, 40, "Beacon off Ushant, on the way as planned.", False),
    )
    for sort, hours, text, here in told:
        at = start + hours * HOUR
        halt_id = first.id if here else None
        yield Told(sort=sort, at=at, text=text, who="Observation team", halt_id=halt_id), at
