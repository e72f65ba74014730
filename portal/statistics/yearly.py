"""The yearly tables in the shape of INCB Form D, as far as the portal has the data.

The form itself was not at hand: its parts follow what Article 12, paragraph 12, of the 1988
Convention asks to be furnished each year (amounts seized of substances in Tables I and II with
their origin, substances outside the Tables, methods of diversion and illicit manufacture) and what
is generally known of the form (licit trade, stopped shipments, pre-export notifications, annual
legitimate requirements). This is general knowledge and is shown as such. What the portal does not
hold stands under each table by name.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.languages import country_name
from portal.partners.inbox.data import Result
from portal.partners.inbox.models import Outcome, Seizure
from portal.reference import queries as reference
from portal.reference.models import Substance
from portal.shipments.models import Consultation
from portal.statistics.counting import begins
from portal.statistics.data import Sheet, Yearly
from portal.statistics.rules import LEAST_FIRMS
from portal.submissions.models import Submission
from portal.submissions.rules import VOID
from portal.triage.life import Status
from portal.triage.models import TriageCase

MOST = 20_000  # records of one kind that are read for a year, the newest
SEIZED = (Seizure.substance, Seizure.name, Seizure.country, Outcome.country, Seizure.quantity_kg)
SHAPE = "In the shape of INCB Form D; which parts the form has today is not confirmed."
RETURNED = (
    *(("imported", "Imported"), ("exported", "Exported"), ("produced", "Produced")),
    *(("used", "Used"), ("sold", "Sold in the country"), ("lost", "Lost")),
)


def yearly(session: Session, year: int) -> Yearly:
    """Return every table of a year."""
    listed = {
        one.key: (one.name, one.un_1988_table)
        for one in reference.rows(session, Substance)
        if one.un_1988_table
    }
    country = current_app.config["COUNTRY"]
    first, end = begins(date(year, 1, 1)), begins(date(year + 1, 1, 1))
    sheets = (
        *seized(session, listed, country, year),
        diverted(session, first, end),
        stopped(session, first, end),
        notified(session, first, end),
        shipped(session, first, end, country),
        returned(session, year),
        requirements(),
    )
    return Yearly(year=year, country=country_name(country), sheets=sheets)


def kilograms(value: Decimal | None) -> str:
    """Write a quantity; nothing where none is known."""
    return f"{value.normalize():f}" if value is not None else ""


class Sums:
    """Numbers and quantities by what they are of, with the companies behind each."""

    def __init__(self) -> None:
        self.times: Counter[tuple[str, ...]] = Counter()
        self.amounts: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        self.owners: dict[tuple[str, ...], set[UUID]] = defaultdict(set)

    def add(self, key: tuple[str, ...], amount: Decimal | None, owner: UUID) -> None:
        """Count one more."""
        self.times[key] += 1
        self.amounts[key] += amount or 0
        self.owners[key].add(owner)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return each with its number and kilograms."""
        return tuple(
            (*key, str(self.times[key]), kilograms(self.amounts[key])) for key in sorted(self.times)
        )

    def firms(self) -> tuple[int, ...]:
        """Return how many companies are behind each row."""
        return tuple(len(self.owners[key]) for key in sorted(self.times))


# --- seizures -------------------------------------------------------------------------------------


def seized(
    session: Session, listed: Mapping[str, tuple[str, str | None]], country: str, year: int
) -> Iterator[Sheet]:
    """Yield the seizures of a year: in the Tables, outside of them, and abroad."""
    amounts: dict[tuple[str, str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0), 0])
    for key, name, where, amount in seizure_rows(session, year):
        known, table = listed.get(key, (name, None))
        row = amounts[table or "", known, where]
        row[0] += 1
        row[1] += amount or 0
        row[2] += amount is None
    here = {key: row for key, row in amounts.items() if key[2] in {country, ""}}
    heads = ("Substance", "Seizures", "Quantity in kg", "Of unknown mass", "Origin")
    yield Sheet(
        key="seizures",
        title="Seizures of substances in Tables I and II",
        heads=("Table", *heads),
        rows=tuple(
            (table, name, str(times), kilograms(amount), str(unknown), "not recorded")
            for (table, name, _), (times, amount, unknown) in sorted(here.items())
            if table
        ),
        missing=(
            "Origin of what was seized, when known",
            "Seizures that were no outcome of a lead of this portal",
            "Seizures in laboratories apart from those in transit",
        ),
        note="From outcomes that partners reported, by the day of the seizure.",
    )
    yield Sheet(
        key="others",
        title="Seizures of substances that are in neither Table",
        heads=heads,
        rows=tuple(
            (name, str(times), kilograms(amount), str(unknown), "not recorded")
            for (table, name, _), (times, amount, unknown) in sorted(here.items())
            if not table
        ),
        missing=("What each substance replaced in illicit manufacture",),
    )
    yield Sheet(
        key="abroad",
        title="Seizures in other countries on leads of this portal",
        heads=("Country", "Substance", "Seizures", "Quantity in kg"),
        rows=tuple(
            (country_name(where), name, str(times), kilograms(amount))
            for (_, name, where), (times, amount, _) in sorted(
                amounts.items(), key=lambda pair: pair[0][2]
            )
            if where not in {country, ""}
        ),
        note="The other country reports them; they are no part of this country's form.",
    )


def seizure_rows(session: Session, year: int) -> Iterator[tuple[str, str, str, Decimal | None]]:
    """Yield substance, name, country and kilograms of each seizure of a year."""
    day = func.coalesce(Seizure.seized_on, Outcome.happened_on)
    query = (
        select(*SEIZED)
        .join(Outcome, Outcome.id == Seizure.outcome_id)
        .where(Outcome.current, day >= date(year, 1, 1), day <= date(year, 12, 31))
    )
    for key, name, where, reported, amount in session.execute(query.limit(MOST)).all():
        yield key, name, where or reported, amount


# --- what was diverted or stopped -----------------------------------------------------------------


def contents(
    session: Session, kind: str, first: datetime, end: datetime
) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Yield the records of a kind that were received in a time and stand, with who filed them."""
    query = select(Submission.organisation_id, Submission.content).where(
        Submission.kind == kind,
        Submission.received_at >= first,
        Submission.received_at < end,
        Submission.state.not_in(VOID),
    )
    newest = query.order_by(Submission.received_at.desc()).limit(MOST)
    for row in session.execute(newest, execution_options={"yield_per": 500}):
        yield row[0], json.loads(row[1])


def lines_of(told: dict[str, Any]) -> Iterator[tuple[str, Decimal | None]]:
    """Yield the substances of a record with their kilograms of anhydrous base, if known."""
    for line in told.get("lines", ()):
        mass = line.get("base_kg") or line.get("quantity_kg")
        yield line["name"], Decimal(mass) if mass is not None else None


def diverted(session: Session, first: datetime, end: datetime) -> Sheet:
    """Return losses and thefts by substance and way."""
    found = Sums()
    for owner, told in contents(session, "loss", first, end):
        for name, amount in lines_of(told):
            found.add((name, told["how"]), amount, owner)
    return Sheet(
        key="diversion",
        title="Methods of diversion: losses and thefts that companies reported",
        heads=("Substance", "How", "Reports", "Quantity in kg"),
        rows=found.rows(),
        firms=found.firms(),
        missing=(
            "Methods of diversion other than loss and theft: they stand in texts of leads",
            "Methods of illicit manufacture",
            "Laboratories that were found",
        ),
    )


def stopped(session: Session, first: datetime, end: datetime) -> Sheet:
    """Return shipments that were stopped, and orders that companies refused."""
    found = Sums()
    held = (
        select(Submission.organisation_id, Submission.content)
        .join(TriageCase, TriageCase.id == Submission.id)
        .where(
            TriageCase.status == Status.STOPPED,
            Submission.received_at >= first,
            Submission.received_at < end,
        )
        .limit(MOST)
    )
    for owner, content in session.execute(held).all():
        for name, amount in lines_of(json.loads(content)):
            found.add((name, "shipment stopped by the authority"), amount, owner)
    for owner, told in contents(session, "suspicious-order", first, end):
        for name, amount in lines_of(told) if told.get("done") == "refused" else ():
            found.add((name, "order refused by the company"), amount, owner)
    reported = select(func.count()).where(
        Outcome.current,
        Outcome.result == Result.STOPPED,
        Outcome.reported_at >= first,
        Outcome.reported_at < end,
    )
    others = session.scalar(reported) or 0
    return Sheet(
        key="stopped",
        title="Stopped shipments and refused orders",
        heads=("Substance", "What", "Number", "Quantity in kg"),
        rows=found.rows(),
        firms=found.firms(),
        missing=(
            "Substance and quantity of shipments that partners stopped",
            "Reasons for stopping, in the words of the form",
        ),
        note=f"Partners reported {others:,} stopped shipments as outcomes of leads beside these.",
    )


# --- pre-export notifications ---------------------------------------------------------------------


def notified(session: Session, first: datetime, end: datetime) -> Sheet:
    """Return the notices sent to other countries, and what they answered."""
    query = (
        select(Consultation.country, Consultation.reply, func.count())
        .where(Consultation.sent_at >= first, Consultation.sent_at < end)
        .group_by(Consultation.country, Consultation.reply)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for country, reply, number in session.execute(query).all():
        found[country][reply.value if reply else "no reply"] += number
    answers = ("no objection", "objection", "no reply")
    senders = (
        select(Consultation.country, func.count(Submission.organisation_id.distinct()))
        .join(Submission, Submission.id == Consultation.submission_id)
        .where(Consultation.sent_at >= first, Consultation.sent_at < end)
        .group_by(Consultation.country)
    )
    firms = {row[0]: row[1] for row in session.execute(senders).all()}
    return Sheet(
        key="notifications",
        title="Pre-export notifications sent",
        heads=("To", "Sent", "No objection", "Objection", "No reply yet"),
        rows=tuple(
            (country_name(code), str(row.total()), *(str(row[one]) for one in answers))
            for code, row in sorted(found.items())
        ),
        firms=tuple(firms[code] for code in sorted(found)),
        missing=(
            "Notifications received from other countries: partners' own systems hold them",
            "Notifications sent in PEN Online and not here",
        ),
    )


# --- licit trade ----------------------------------------------------------------------------------


def shipped(session: Session, first: datetime, end: datetime, country: str) -> Sheet:
    """Return what was to be exported and imported, by substance and other country."""
    found = Sums()
    for kind, way in (("export-notice", "Export"), ("import-notice", "Import")):
        for owner, told in contents(session, kind, first, end):
            other = other_end(told, country, way)
            for name, amount in lines_of(told):
                found.add((way, name, other), amount, owner)
    return Sheet(
        key="trade",
        title="Licit trade: exports and imports as announced",
        heads=("Way", "Substance", "Country", "Shipments", "Quantity in kg"),
        rows=found.rows(),
        firms=found.firms(),
        missing=(
            "Shipments of substances that need no notice",
            "Quantities of customs statistics",
        ),
        note="From notices; of several shipments under one notice the quantity announced.",
    )


def other_end(told: dict[str, Any], country: str, way: str) -> str:
    """Return the name of the country at the other end."""
    legs = told.get("legs") or [{}]
    code = legs[-1].get("destination_country") if way == "Export" else legs[0].get("origin_country")
    return country_name(code) if code and code != country else ""


def returned(session: Session, year: int) -> Sheet:
    """Return trade and use, as companies sum them up in their returns over the year."""
    first, end = begins(date(year, 1, 1)), begins(date(year + 2, 1, 1))
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    times: Counter[str] = Counter()
    owners: dict[str, set[UUID]] = defaultdict(set)
    for owner, told in contents(session, "return", first, end):
        if str(told.get("ends_on", ""))[:4] != str(year):
            continue
        for balance in told.get("balances", ()):
            times[balance["name"]] += 1
            owners[balance["name"]].add(owner)
            for name, _ in RETURNED:
                sums[balance["name"]][name] += Decimal(balance.get(name) or 0)
    return Sheet(
        key="uses",
        title="Licit trade and uses as companies report them in returns",
        heads=("Substance", "Returns", *(words for _, words in RETURNED)),
        rows=tuple(
            (name, str(times[name]), *(kilograms(sums[name][one]) for one, _ in RETURNED))
            for name in sorted(sums)
        ),
        firms=tuple(len(owners[name]) for name in sorted(sums)),
        missing=(
            "What each substance was used for: returns say how much was used, not for what",
            "Companies that file no returns here",
        ),
        note="In kg. Returns whose period ends in the year.",
    )


def requirements() -> Sheet:
    """Return the table that the portal cannot fill."""
    return Sheet(
        key="requirements",
        title="Estimated annual legitimate requirements",
        heads=("Substance", "Quantity in kg"),
        rows=(),
        missing=("The whole table: the portal holds no estimates of requirements",),
    )


def for_others(sheet: Sheet) -> Sheet:
    """Return a table without the rows from which a company could be told."""
    if not sheet.firms:
        return sheet
    shown = tuple(
        row for row, firms in zip(sheet.rows, sheet.firms, strict=True) if firms >= LEAST_FIRMS
    )
    left = len(sheet.rows) - len(shown)
    note = f"{left:,} rows of fewer than {LEAST_FIRMS} companies are not shown to you."
    return replace(sheet, rows=shown, firms=(), note=f"{sheet.note} {note}".strip())


def as_rows(sheets: Sequence[Sheet]) -> list[tuple[str, ...]]:
    """Return the tables one below the other, each with what is missing, for a spreadsheet."""
    found: list[tuple[str, ...]] = [(SHAPE,)]
    for sheet in sheets:
        found += [(), (sheet.title,), sheet.heads, *sheet.rows]
        found += [] if sheet.rows else [("Nothing in the portal",)]
        found += [(sheet.note,)] if sheet.note else []
        found += [("Missing", one) for one in sheet.missing]
    return found
