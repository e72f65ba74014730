"""What pages and papers show of a plan: the route on the map, its hours, what keeps it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.deliveries import log, queries
from portal.deliveries.data import Passing
from portal.deliveries.models import DeliveryPlan
from portal.deliveries.rules.consents import possible as acts
from portal.deliveries.rules.hours import Hours, hours_of, lateness
from portal.deliveries.rules.life import (
    CONSENTING,
    LOGGED,
    TICKED,
    Status,
    gaps,
    obstacles,
    possible,
)
from portal.pictures.data import Route, RouteLeg, Stop
from portal.pictures.queries.routes import facts_of, places_of
from portal.pictures.queries.world import world
from portal.pictures.rules.maps import RouteMap, map_of, route_of

SHOWN = {Status.APPROVED, Status.RUNNING}  # when what keeps it back is of interest


def context(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what the page of a plan shows beside the plan itself."""
    entries = queries.entries_of(session, plan.id)
    passed = queries.passings(plan, entries)
    facts = queries.facts(plan)
    return {
        "entries": entries,
        "corrected": queries.corrections(entries),
        "passings": passed,
        "lateness": lateness,
        "hours": hours_of(passed, now, queries.zone()) if passed else None,
        "map": map_of_plan(session, plan) if plan.halts else None,
        "obstacles": held_back(plan, passed, now) if plan.status in SHOWN else [],
        "gaps": list(gaps(facts)) if plan.status not in {*LOGGED, Status.GIVEN_UP} else [],
        "possible": possible(plan.status),
        "consenting": plan.status in CONSENTING,
        "acts": {one.id: acts(one.consent.state) for one in plan.halts},
        "logging": plan.status in LOGGED,
        "ticking": plan.status in TICKED,
        "answers": actor.id in {plan.in_charge_id, plan.deputy_id},
        "links": queries.readable_references(session, plan.references, actor, now),
        "sha256": queries.sha256(plan),
        "hashes": {one.id: log.sha256(one) for one in entries},
    }


def held_back(plan: DeliveryPlan, passed: Sequence[Passing], now: datetime) -> list[str]:
    """Return why a plan may not start; once it is under way, what is wrong with the way ahead."""
    facts = queries.facts(plan)
    left = {one.number for one in passed if one.left_at}
    ahead = tuple(one for one in facts.halts if one.number not in left)
    if plan.status is Status.RUNNING and not ahead:
        return []
    return list(obstacles(replace(facts, halts=ahead), queries.today(now), queries.zone()))


def way_of(session: Session, plan: DeliveryPlan) -> Route:
    """Return the way over the places that have a UN/LOCODE."""
    places = places_of(session, {one.locode for one in plan.halts if one.locode})
    stops = [
        Stop(
            one.number,
            one.place,
            facts_of(places.get(one.locode, ())),
            country=one.country,
        )
        for one in plan.halts
    ]
    legs = [RouteLeg(n, "", a, b) for n, (a, b) in enumerate(pairwise(stops), start=1)]
    return route_of(legs) if legs else Route(tuple(stops))


def map_of_plan(session: Session, plan: DeliveryPlan) -> tuple[Route, RouteMap]:
    """Return the route with its map."""
    route = way_of(session, plan)
    return route, map_of(route, world())


def hours_drawn(passed: list[Passing], now: datetime) -> Hours:
    """Return the picture of planned and actual hours."""
    return hours_of(passed, now, queries.zone())
