"""The printed plan: a signed PDF with the marking on each page, the map and the hours drawn.

It is made when it is asked for and kept nowhere: each copy says whose it is.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import languages, pdf, signing
from portal.core.access import Actor
from portal.deliveries import drawing, queries
from portal.deliveries.data import SUBSTITUTION_WORDS
from portal.deliveries.models import DeliveryEntry, DeliveryHalt, DeliveryPlan
from portal.deliveries.rules.hours import lateness


def printed(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> bytes:
    """Return the plan as a signed paper for one reader."""
    entries = queries.entries_of(session, plan.id)
    passed = queries.passings(plan, entries)
    reader = session.get_one(Account, actor.id)
    route, drawn = drawing.map_of_plan(session, plan)
    with languages.in_language("en"):
        content = pdf.render_pdf(
            "papers/delivery.html",
            title="Controlled delivery",
            lang="en",
            now=now,
            reference=plan.reference,
            marking=plan.marking.value,
            copy_of=f"{named(reader)}, {moment(now)}",
            name=plan.title,
            purpose=plan.purpose,
            status=plan.status.value,
            people=people(plan),
            facts=facts(plan),
            halts=[halt(one) for one in plan.halts],
            risks=[(one.risk, one.measure) for one in plan.risks],
            conditions=[
                (one.number, one.text, moment(one.met_at) if one.met_at else "")
                for one in plan.conditions
            ],
            hours=drawing.hours_drawn(passed, now) if passed else None,
            passings=[
                (
                    one.number,
                    f"{one.country}, {one.place}",
                    moment(one.planned_at),
                    moment(one.arrived_at),
                    moment(one.left_at),
                    lateness(one.late_minutes),
                )
                for one in passed
            ],
            route=plain(route),
            map=drawn,
            log=[entry(one, queries.corrections(entries)) for one in entries],
            sha256=queries.sha256(plan),
        )
    return signing.sign_pdf(content, "Plan of a controlled delivery", now)


def plain(route: Any) -> dict[str, Any]:
    """Return what the map says of the route, as plain values."""
    return {
        "stops": [{"number": one.number, "name": one.name} for one in route.stops],
        "way_km": route.way_km,
        "direct_km": route.direct_km,
    }


def moment(when: datetime | None) -> str:
    """Write a time at the authority and in UTC: several countries read it."""
    if when is None:
        return ""
    return f"{languages.moment(when, queries.zone())} ({when.astimezone(UTC):%H:%M} UTC)"


def named(account: Account | None) -> str:
    """Return who somebody is."""
    return (account.name or account.email) if account else "nobody"


def people(plan: DeliveryPlan) -> list[tuple[str, str]]:
    """Return who answers for the plan."""
    approved = f"{named(plan.approver)}, {moment(plan.approved_at)}" if plan.approved_at else "no"
    return [
        ("Person in charge", f"{named(plan.in_charge)} {plan.in_charge_phone}"),
        ("Deputy", f"{named(plan.deputy)} {plan.deputy_phone}"),
        ("Written by", named(plan.author)),
        ("Approved by", approved),
    ]


def facts(plan: DeliveryPlan) -> list[tuple[str, Any]]:
    """Return what the plan says beside its route."""
    swap: list[str] = [SUBSTITUTION_WORDS[plan.substitution]]
    told = ("With", plan.substituted_with), ("By", plan.substituted_by)
    swap += [f"{word}: {said}" for word, said in (*told, ("Where", plan.substituted_where)) if said]
    ended = f"{plan.result.capitalize()}. {plan.result_text}" if plan.result else ""
    rows = [
        ("Goods concerned", [*plan.references, *plan.containers]),
        ("Substitution", swap),
        ("Means of watching", plan.watching),
        ("Communication", plan.communication),
        ("Cost", plan.cost),
        ("Who pays", plan.payer),
        ("Started", moment(plan.started_at)),
        ("Stopped", moment(plan.stopped_at)),
        ("Result", ended),
    ]
    return [(label, said) for label, said in rows if said]


def halt(one: DeliveryHalt) -> dict[str, Any]:
    """Return a country on the route as the paper shows it."""
    said = one.consents[-1] if one.consents else None
    consent = [f"{one.consent.state.value.capitalize()}"]
    if said:
        consent += [f"{said.by_whom}, {languages.day(said.said_on)}", said.reference]
        consent += [said.conditions]
        if said.valid_until:
            begins = f"from {languages.day(said.valid_from)} " if said.valid_from else ""
            consent += [f"Valid {begins}until {languages.day(said.valid_until)}"]
    code = f" ({one.locode})" if one.locode else ""
    return {
        "title": f"{one.number} {languages.country_name(one.country)}: {one.place}{code}",
        "rows": [
            ("Planned", moment(one.planned_at)),
            ("Legal basis", one.legal_basis),
            ("Authority", one.authority),
            ("Contact", [one.contact, one.email]),
            ("By day", one.day_phone),
            ("By night", one.night_phone),
            ("Consent", [line for line in consent if line]),
        ],
    }


def entry(one: DeliveryEntry, corrected: dict[Any, int]) -> tuple[Any, ...]:
    """Return an entry of the log as the paper shows it."""
    text = f"{one.sort.value.capitalize()}: {one.text}"
    if one.id in corrected:
        text += f" [put right by entry {corrected[one.id]}]"
    where = ", ".join(part for part in (one.place, one.who) if part)
    return (one.number, moment(one.at), where, text, named(one.written_by))
