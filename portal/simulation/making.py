"""Making records of each kind: legal ones as they are, planted ones with what their scheme says.

Legal and planted records pass through the same functions, so that no field betrays a scheme.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from portal.kinds.end_user_declaration.data import EndUserDeclarationData
from portal.kinds.end_user_declaration.data import Use as Purpose
from portal.kinds.loss.data import Certainty, How, LossData, Where
from portal.kinds.suspicious_order.data import (
    ContactWay,
    Done,
    Happened,
    SuspiciousOrderData,
    YesNoUnknown,
    statements,
)
from portal.reference.data import GoodsForm, Strength, Unit
from portal.simulation import naming, texts
from portal.simulation.data import Filing, Real, Supplier, chance
from portal.simulation.goods import substances, use_of
from portal.simulation.people import plate
from portal.simulation.words.goods import SAMPLES, TYPICAL, UNLISTED
from portal.simulation.words.places import BY_CODE, HOME, LANDS
from portal.simulation.world import World
from portal.simulation.writing import POSITIONS, address_of, party, street
from portal.submissions.data import Line, Party, PartyRole, Payment
from portal.submissions.indicators import OFFERED

CODES = tuple(one.code for one in OFFERED)
WAYS = tuple(ContactWay)
TICKS = (30, 34, 22, 10, 4)  # how often none, one, two … indicators are ticked


@dataclass(kw_only=True)
class Ask:
    """What an order is about; what is left out is drawn as for anybody."""

    who: Real
    goods: Sequence[tuple[str, float]] = ()  # substance and kilograms
    others: Sequence[tuple[Real, PartyRole]] = ()
    done: Done | None = None
    payments: tuple[Payment, ...] | None = None
    payer_country: str | None = None
    delivery: tuple[str, str] | None = None  # address and country
    storage: str | None = None
    plates: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()  # facts that the supplier writes down in any case
    use: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


def rounded(kilograms: float) -> Decimal:
    """Return a quantity as people order it: two figures."""
    value = Decimal(repr(max(kilograms, 0.001)))
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 1)).normalize()


def line(key: str, kilograms: float, by: Random) -> Line:
    """Return a line of a substance; liquids are often sold by the litre."""
    if key not in TYPICAL:
        return Line(name=key, quantity=amount(rounded(kilograms)), unit=Unit.KILOGRAM)
    typical, known = TYPICAL[key], substances()[key]
    quantity = rounded(kilograms)
    unit = Unit.LITRE if typical.litres and by.random() < 0.6 else Unit.KILOGRAM
    if unit is Unit.KILOGRAM and quantity < 1 and by.random() < 0.7:
        quantity, unit = quantity * 1000, Unit.GRAM
    packages = by.choice((None, None, 1, 2, 4, 10))
    more: dict[str, Any] = {}
    if typical.solution:
        more = {
            "form": GoodsForm.SOLUTION_BY_WEIGHT,
            "strength": Decimal(typical.solution),
            "strength_unit": Strength.PERCENT_BY_WEIGHT,
        }
    if by.random() < 0.5:
        price = Decimal(str(round(float(kilograms) * typical.price * by.uniform(0.85, 1.25), 2)))
        more |= {"value": price, "currency": "EUR"}
    if known.hs and by.random() < 0.4:
        more["hs_code"] = known.hs if by.random() < 0.985 else by.choice(("382490", "290919"))
    return Line(
        substance=key,
        name=known.name,
        cas_number=known.cas if by.random() < 0.7 else None,
        quantity=amount(quantity),
        unit=unit,
        packages=packages,
        package_kind=by.choice(("drum", "canister", "bag", "IBC")) if packages else None,
        **more,
    )


def amount(value: Decimal) -> Decimal:
    """Return a number without an exponent."""
    return Decimal(f"{value:f}")


def goods_of(real: Real, day: int, by: Random, *, abroad: bool = False) -> list[tuple[str, float]]:
    """Return what a customer orders: of its own substances, log-normal around its usual."""
    keys = by.sample(real.goods, min(len(real.goods), by.choice((1, 1, 1, 2))))
    found = []
    for key in keys:
        typical = TYPICAL[key]
        median = typical.shipment_kg if abroad else typical.order_kg
        found.append((key, median * real.wants(day) * by.lognormvariate(0, 0.45)))
    roll = by.random()
    if roll < 0.02:
        return [(by.choice(UNLISTED), by.lognormvariate(4, 1))]
    if roll < 0.024:  # a sample for research
        return [(by.choice(SAMPLES), by.lognormvariate(-3, 1))]
    if abroad and roll < 0.1:  # a small consignment
        return [(key, kilograms / 80) for key, kilograms in found]
    return found


def filing(
    world: World,
    day: int,
    supplier: Supplier,
    kind: str,
    data: Any,
    who: dict[str, str],
    by: Random,
) -> Filing:
    """Return one submission."""
    return Filing(
        moment=world.moment(day, by), supplier=supplier.index, kind=kind, data=data, who=who
    )


def parties_of(
    named: Sequence[tuple[Real, PartyRole]],
    supplier: Supplier,
    day: int,
    by: Random,
    sure: tuple[str, ...] = (),
) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Return parties as the supplier writes them, and who they are."""
    parties = tuple(party(real, role, supplier, day, by, sure) for real, role in named)
    return parties, {f"parties.{n}": real.id for n, (real, _) in enumerate(named)}


def order(world: World, day: int, supplier: Supplier, ask: Ask, by: Random) -> Filing:
    """Return a report of an order: from caution, or because it is one of a scheme."""
    codes = ticked(by)
    named = [(ask.who, PartyRole.CUSTOMER), *ask.others]
    if len(named) == 1 and by.random() < 0.12:
        named.append((world.some_customer(by), by.choice((PartyRole.CONSIGNEE, PartyRole.PAYER))))
    parties, who = parties_of(named, supplier, day, by, ask.sure)
    done = (
        ask.done
        or by.choices(
            (Done.REFUSED, Done.DELAYED, Done.FULFILLED, Done.AWAITING, Done.CANCELLED),
            (26, 20, 36, 12, 6),
        )[0]
    )
    answers = asked(world, day, ask, by) | ask.more
    goods = ask.goods or goods_of(ask.who, day, by)
    data = SuspiciousOrderData(
        lines=tuple(line(key, kilograms, by) for key, kilograms in goods),
        parties=parties,
        declared_by=supplier.reporter,
        declared_position=by.choice(POSITIONS),
        happened=by.choices(tuple(Happened), (14, 50, 5, 6, 5, 20))[0],
        done=done,
        contact_ways=tuple(dict.fromkeys(by.choice(WAYS) for _ in range(by.choice((1, 1, 2))))),
        grounds=texts.grounds(codes, by),
        indicators=statements(codes),
        indicator_codes=codes,
        **answers,
    )
    return filing(world, day, supplier, "suspicious-order", data, who, by)


def ticked(by: Random) -> tuple[str, ...]:
    """Return the indicators that a reporter ticked."""
    return tuple(by.sample(CODES, by.choices(range(len(TICKS)), TICKS)[0]))


def asked(world: World, day: int, ask: Ask, by: Random) -> dict[str, Any]:
    """Return how an order was to be paid and delivered."""
    happened = world.begin + timedelta(days=max(0, day - by.choice((0, 0, 1, 1, 2, 4))))
    stops = by.choices((YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN), (18, 62, 20))[0]
    land = BY_CODE[ask.who.country]
    delivery = ask.delivery
    if delivery is None and by.random() < 0.35:
        delivery = (address_of(ask.who, day), land.code)
    collects = by.random() < (0.3 if land is HOME else 0.05) or bool(ask.plates)
    plates = ask.plates
    if collects and not plates and by.random() < 0.35:
        plates = (ask.who.plate or plate(by),)
    return {
        "happened_on": happened.date(),
        "stated_use": ask.use
        or (use_of(ask.who.trade or "resale", by) if by.random() < 0.75 else None),
        "declaration_seen": by.choice(
            (YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN, None)
        ),
        "payments": ask.payments or payments(ask.who, by),
        "payer_country": ask.payer_country
        or (by.choice(LANDS).code if by.random() < 0.04 else None),
        "delivery_wanted": street(delivery[0], by) if delivery else None,
        "delivery_country": delivery[1] if delivery else None,
        "storage_address": ask.storage
        or (address_of(ask.who, day) if by.random() < 0.06 else None),
        "driver": naming.person("dutch", by).latin[0] if collects and by.random() < 0.2 else None,
        "self_collection": True if collects else by.choice((False, None)),
        "plates": plates,
        "earlier_dealings": by.choice(
            (None, None, "None", "Regular customer", "One order last year")
        ),
        "can_stop": stops,
        "stop_until": world.begin + timedelta(days=day + by.randint(2, 9))
        if stops is YesNoUnknown.YES
        else None,
    }


def payments(real: Real, by: Random) -> tuple[Payment, ...]:
    """Return how an order is paid: cash is commoner among people and near by."""
    ways = (
        Payment.TRANSFER,
        Payment.CREDIT,
        Payment.CARD,
        Payment.CASH,
        Payment.PREPAID_CASH,
        Payment.THIRD_PARTY,
        Payment.CRYPTO,
    )
    cash = 18 if real.person else 5
    return (by.choices(ways, (50, 22, 8, cash, 3, 3, 1))[0],)


def declaration(
    world: World, day: int, supplier: Supplier, who: Real, by: Random, words: str | None = None
) -> Filing:
    """Return an end-user declaration of a customer."""
    parties, whom = parties_of([(who, PartyRole.CUSTOMER)], supplier, day, by)
    land = BY_CODE[who.country]
    signer = signer_of(who)
    signed = (world.begin + timedelta(days=max(0, day - by.randint(0, 12)))).date()
    data = EndUserDeclarationData(
        lines=tuple(line(key, kg * 8, by) for key, kg in goods_of(who, day, by)),
        parties=parties,
        declared_by=supplier.reporter,
        number=f"EUD-{signed.year}-{by.randint(10000, 99999)}{by.choice('ABCDEFGH')}",
        use=by.choice(tuple(Purpose)),
        use_words=words or texts.declared_use(who, by),
        site_of_use=address_of(who, day),
        site_country=land.code,
        single=by.random() < 0.15,
        signed_on=signed,
        valid_until=signed + timedelta(days=by.choice((180, 365, 365, 365, 730))),
        signed_by=signer,
        signed_position=by.choice(("Director", "Purchasing manager", "Owner", None)),
    )
    return filing(
        world, day, supplier, "end-user-declaration", data, whom | {"signed_by": f"{who.id}s"}, by
    )


def signer_of(who: Real) -> str:
    """Return who signs for a customer; always the same person."""
    return naming.person(BY_CODE[who.country].culture, chance("signer", who.id)).latin[0]


def loss(
    world: World,
    day: int,
    supplier: Supplier,
    where: tuple[str, str, Real | None],
    by: Random,
    goods: Sequence[tuple[str, float]] = (),
) -> Filing:
    """Return a report of a loss; `where` is a place, its country and who carried the goods."""
    place, country, carrier = where
    keys = tuple(TYPICAL)
    chosen = goods or [
        (key, TYPICAL[key].order_kg * by.lognormvariate(-1, 0.8))
        for key in by.sample(keys[:40], by.choice((1, 1, 2)))
    ]
    found = (world.begin + timedelta(days=max(1, day - by.randint(0, 3)))).date()
    who: dict[str, str] = {}
    if carrier is not None:
        who["carrier"] = carrier.id
    told_police = by.random() < 0.6
    data = LossData(
        lines=tuple(line(key, kilograms, by) for key, kilograms in chosen),
        parties=(),
        declared_by=supplier.reporter,
        discovered_on=found,
        missing_from=found - timedelta(days=by.randint(1, 10)),
        where=Where.TRANSIT if carrier else by.choice((Where.SITE, Where.SITE, Where.VEHICLE)),
        place=place,
        place_country=country,
        carrier=carrier_name(carrier, supplier) if carrier else None,
        how=by.choices(tuple(How), (18, 8, 2, 22, 35, 15))[0],
        certainty=by.choice(tuple(Certainty)),
        circumstances=texts.circumstances(by),
        share_of_stock=Decimal(str(round(by.uniform(0.1, 6), 1))) if by.random() < 0.5 else None,
        usual_loss=Decimal(str(round(by.uniform(0.1, 1), 1))) if by.random() < 0.4 else None,
        only_precursor=by.choice((True, False, None, None)),
        inside_knowledge=by.choice((True, False, False, None)),
        police_told=told_police,
        police_reference=f"PL{by.randint(2024, 2026)}-{by.randint(100000, 999999)}"
        if told_police
        else None,
        measures=by.choice(
            (None, "Locks changed", "Stock counted again", "Carrier asked to explain")
        ),
    )
    return filing(world, day, supplier, "loss", data, who, by)


def carrier_name(carrier: Real, supplier: Supplier) -> str:
    """Return a carrier as this supplier writes it."""
    kept = chance("carrier", supplier.real.id, carrier.id)
    name = carrier.name.latin[0]
    return name if kept.random() < 0.5 else f"{name} {carrier.form}"
