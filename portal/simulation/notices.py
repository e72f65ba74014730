"""Making notices of shipments, and returns over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from portal.kinds.export_notice.data import ExportNoticeData
from portal.kinds.import_notice.data import ImportNoticeData
from portal.kinds.notices.data import (
    Authorisation,
    AuthorisationSort,
    Container,
    Frequency,
    Mode,
    NoticeData,
)
from portal.kinds.transit_notice.data import TransitNoticeData
from portal.simulation.data import Filing, Real, Supplier, chance
from portal.simulation.goods import use_of
from portal.simulation.making import carrier_name, filing, goods_of, line, parties_of
from portal.simulation.words.places import BY_CODE, DETOURS, FREE_ZONES, WAYPOINTS
from portal.simulation.world import World
from portal.submissions.data import Leg, PartyRole

OWNERS = ("MSCU", "MSKU", "TCLU", "CSQU", "TGHU", "HLXU", "CMAU", "OOLU", "EGHU", "FCIU")
VALUES = {
    letter: n
    for n, letter in zip(
        (n for n in range(10, 39) if n % 11), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True
    )
}
HOME_PORT = "NLRTM"
ODD = 0.03  # of shipments are transhipped where few are
TANKS = 0.12  # of shipments go in a tank that shuttles between the two
GROUPED = 0.04  # of shipments share the waybill of a group of the week
ROADS = {"TR", "BG", "RU", "KZ"}  # where some goods go by road
DIRECT = 0.55  # of shipments by sea go without a stop
RESALE_USES = "resale"


@dataclass(kw_only=True)
class Trip:
    """What a shipment is about; what is left out is drawn as for anybody."""

    to: Real
    exporter: Real | None = None
    goods: Sequence[tuple[str, float]] = ()
    others: Sequence[tuple[Real, PartyRole]] = ()
    over: tuple[str, ...] | None = None  # places on the way
    port: str | None = None  # of arrival
    container: str | None = None
    seal: str | None = None
    bill: str | None = None
    import_number: str | None = None
    use: str | None = None
    road: bool = False
    plate: str | None = None
    sure: tuple[str, ...] = ()  # facts of the parties that are written in any case


def container(by: Random) -> str:
    """Return a container's number with its check digit, ISO 6346."""
    head = f"{by.choice(OWNERS)}{by.randint(0, 999_999):06}"
    total = sum((VALUES[c] if c.isalpha() else int(c)) << place for place, c in enumerate(head))
    return f"{head}{total % 11 % 10}"


def seal(by: Random) -> str:
    """Return a seal's number."""
    return f"{by.choice(('NL', 'ML', 'EU', 'SH'))}{by.randint(1_000_000, 9_999_999)}"


def bill(by: Random) -> str:
    """Return the number of a bill of lading."""
    return f"{by.choice(('MEDU', 'MAEU', 'HLCU', 'OOLU', 'CMDU'))}{by.randint(10**8, 10**9 - 1)}"


def box_of(supplier: Supplier, to: Real, by: Random) -> str:
    """Return a container, or the tank that shuttles between the two."""
    return container(chance("tank", supplier.real.id, to.id) if by.random() < TANKS else by)


def bill_of(supplier: Supplier, day: int, by: Random) -> str:
    """Return a waybill, or the one of the week's group."""
    return bill(chance("group", supplier.real.id, day // 7) if by.random() < GROUPED else by)


def legs_of(
    world: World, supplier: Supplier, trip: Trip, leaves: date, by: Random
) -> tuple[tuple[Leg, ...], dict[str, str]]:
    """Return the route and who carries the goods."""
    land = BY_CODE[trip.to.country]
    stops = stops_of(trip, by)
    near = land.code in {"DE", "BE", "FR", "PL"} or trip.road
    near = near or (land.code in ROADS and by.random() < 0.2)
    mode = Mode.ROAD if near else Mode.SEA
    who: dict[str, str] = {}
    legs = []
    for n, (start, stop) in enumerate(pairwise(stops)):
        hauler = world.hauler(by)
        who[f"legs.{n}.carrier"] = hauler.id
        departs = leaves + timedelta(days=14 * n)
        zone = stop if stop in FREE_ZONES and n + 2 < len(stops) and by.random() < 0.5 else None
        legs.append(
            Leg(
                mode=mode.value,
                origin=start,
                origin_country=start[:2],
                destination=stop,
                destination_country=stop[:2],
                free_zone=zone,
                carrier=carrier_name(hauler, supplier),
                conveyance=vessel(hauler, by) if mode is Mode.SEA else None,
                plate=trip.plate if mode is Mode.ROAD else None,
                departs_on=departs,
                arrives_on=departs + timedelta(days=12 if mode is Mode.SEA else 2),
            )
        )
    return tuple(legs), who


def vessel(hauler: Real, by: Random) -> str:
    """Return the name of a carrier's vessel."""
    second = by.choice(("Star", "Pioneer", "Horizon", "Bridge"))
    return f"MV {hauler.name.latin[0].split()[0]} {second}"


def stops_of(trip: Trip, by: Random) -> list[str]:
    """Return the places of a route, from the port at home to where the goods go."""
    land = BY_CODE[trip.to.country]
    end = trip.port or land.port
    over = trip.over
    if over is None:
        stop = WAYPOINTS.get(land.code)
        over = (stop,) if stop and stop != end and by.random() > DIRECT else ()
        if by.random() < ODD:
            over = (by.choice(DETOURS),)
    if end == HOME_PORT:
        return [HOME_PORT, "BEANR"]
    return [HOME_PORT, *(stop for stop in over if stop != end), end]


def papers(world: World, day: int, trip: Trip, by: Random) -> tuple[Authorisation, ...]:
    """Return the authorisations; one for import may serve several shipments of a half-year."""
    today = (world.begin + timedelta(days=day)).date()
    half = f"{today.year}{1 + today.month // 7}"
    number = trip.import_number
    if number is None:
        shared = chance("permit", trip.to.id, half) if by.random() < 0.5 else by
        number = f"{trip.to.country}-IM-{half[:4]}-{shared.randint(100000, 999999)}"
    return (
        Authorisation(
            sort=AuthorisationSort.EXPORT,
            number=f"NL-EX-{today.year}-{by.randint(100000, 999999)}",
            issuer="Central Import and Export Service",
            issued_on=today - timedelta(days=by.randint(3, 30)),
            expires_on=today + timedelta(days=by.randint(60, 200)),
        ),
        Authorisation(
            sort=AuthorisationSort.IMPORT,
            number=number,
            issuer=f"Competent authority of {trip.to.country}",
            issued_on=today - timedelta(days=by.randint(5, 60)),
            expires_on=today
            + timedelta(days=by.choice((-3, 40, 90, 150, 200, 365)) if by.random() < 0.1 else 150),
        ),
    )


def notice(
    world: World, day: int, supplier: Supplier, trip: Trip, by: Random, kind: str = "export-notice"
) -> Filing:
    """Return a notice of a shipment, out, in or through."""
    today = (world.begin + timedelta(days=day)).date()
    leaves = today + timedelta(days=by.choices((by.randint(24, 45), by.randint(6, 20)), (93, 7))[0])
    exporter = trip.exporter or supplier.real
    named = [(exporter, PartyRole.EXPORTER), (trip.to, PartyRole.IMPORTER), *trip.others]
    parties, who = parties_of(named, supplier, day, by, trip.sure)
    legs, carried = legs_of(world, supplier, trip, leaves, by)
    if kind == "import-notice":
        legs = tuple(turned(leg) for leg in reversed(legs))
        carried = {f"legs.{n}.carrier": one for n, one in enumerate(reversed(carried.values()))}
    who |= carried
    boxed = legs[0].mode == Mode.SEA.value or trip.container
    box = trip.container or box_of(supplier, trip.to, by)
    goods = trip.goods or goods_of(trip.to, day, by, abroad=True)
    answers: dict[str, Any] = {
        "lines": tuple(line(key, kilograms, by) for key, kilograms in goods),
        "parties": parties,
        "declared_by": supplier.reporter,
        "declared_position": "Customs declarant",
        "frequency": Frequency.ONE,
        "end_use": (trip.use or use_of(trip.to.trade or RESALE_USES, by)).capitalize(),
        "dispatch_on": leaves,
        "arrival_on": leaves + timedelta(days=14 * len(legs) + 7),
        "exit_point": legs[0].origin,
        "entry_point": legs[-1].destination,
        "free_zones": tuple(leg.free_zone for leg in legs if leg.free_zone),
        "legs": legs,
        "authorisations": papers(world, day, trip, by),
        "containers": (Container(number=box, seals=(trip.seal or seal(by),)),) if boxed else (),
        "bills": (trip.bill or bill_of(supplier, day, by),) if boxed else (),
        "invoices": (f"{today.year}-{supplier.index:04}-{by.randint(1, 99999):05}",),
    }
    data = of_kind(kind, answers, by)
    return filing(world, day, supplier, kind, data, who, by)


def of_kind(kind: str, answers: dict[str, Any], by: Random) -> NoticeData:
    """Return the record of a kind of notice; those that come in go the other way."""
    if kind == "export-notice":
        return ExportNoticeData(**answers)
    arrives = answers["arrival_on"]
    rests = by.random() < 0.3
    stay = (
        {
            "rests_at": "NLRTM",
            "rests_from": arrives,
            "rests_until": arrives + timedelta(days=by.randint(2, 20)),
        }
        if rests
        else {}
    )
    if kind == "import-notice":
        return ImportNoticeData(**answers | stay)
    return TransitNoticeData(
        **answers
        | stay
        | {"entry_point": answers["exit_point"], "exit_point": answers["exit_point"]}
    )


def turned(leg: Leg) -> Leg:
    """Return a leg the other way round; its days stay in order because only one is checked."""
    return Leg(
        mode=leg.mode,
        origin=leg.destination,
        origin_country=leg.destination_country,
        destination=leg.origin,
        destination_country=leg.origin_country,
        carrier=leg.carrier,
        conveyance=leg.conveyance,
        plate=leg.plate,
    )
