"""Making people and organisations, each the same whenever the same chance is given."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from anyascii import anyascii

from portal.simulation import naming
from portal.simulation.data import Place, Real, Written, chance
from portal.simulation.words.goods import TRADES
from portal.simulation.words.names import STREETS
from portal.simulation.words.places import BY_CODE, LANDS, WEB_MAIL, Land

PARKS = 4  # shared places of a town
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
SHARED = 0.12  # of companies sit in a shared building
FORWARDED = 0.04  # of companies give their forwarder's warehouse
SISTERS = 100  # one of so many customers belongs to the house of another
WEB_MAILERS = 0.12  # of companies write from web-mail
PRIVATE = 0.07  # of customers are people
GROWING = 0.05  # of customers take several times more at the end of the two years
CHANGES = 0.10  # of customers move or change their telephone in the two years
YOUNGEST, OLDEST = 22, 70  # years


def land_of(by: Random) -> Land:
    """Return a country, by its share of the trade."""
    return by.choices(LANDS, [land.share for land in LANDS])[0]


def slug(text: str) -> str:
    """Return a text as it stands in a web address."""
    return "".join(c for c in anyascii(text).lower() if c.isalnum())


def phone(land: Land, by: Random) -> str:
    """Return a telephone number."""
    return land.dial + "".join(str(by.randrange(10)) for _ in range(land.digits))


def street(land: Land, by: Random) -> str:
    """Return a street with its number."""
    text = by.choice(land.streets)
    return text.format(
        s=by.choice(STREETS[land.culture]), n=by.randint(1, 220), m=by.randint(1, 60)
    )


def postcode(land: Land, by: Random) -> str:
    """Return a postcode that looks like the country's."""
    digits = f"{by.randint(10000, 98999)}"
    if land.code == "NL":
        return f"{digits[:4]} {by.choice(LETTERS)}{by.choice(LETTERS)}"
    return digits[:4] if land.code in {"BE", "BG"} else digits


def park(land: Land, city: str, by: Random) -> str:
    """Return the address of a shared building, of which each town has few."""
    fixed = chance("park", land.code, city, by.randrange(PARKS))
    name = fixed.choice(STREETS[land.culture])
    return f"{name} Business Park, building {fixed.randint(1, 40)}"


def warehouse(land: Land, city: str) -> str:
    """Return the address of the forwarders' warehouse of a town."""
    fixed = chance("warehouse", land.code, city)
    name = fixed.choice(STREETS[land.culture])
    return f"{name} Logistics Centre, hall {fixed.randint(1, 12)}"


def place(land: Land, host: str, by: Random, *, web_mail: bool) -> Place:
    """Return where a company can be found."""
    city = by.choice(land.cities)
    roll = by.random()
    where = street(land, by)
    if roll < SHARED:
        where = park(land, city, by)
    elif roll < SHARED + FORWARDED:
        where = warehouse(land, city)
    local = by.choice(("info", "sales", "purchasing", "office", "order"))
    mail = (
        f"{host}{by.randint(1, 999)}@{by.choice(WEB_MAIL)}"
        if web_mail
        else f"{local}@{host}.example"
    )
    return Place(
        street=where,
        postcode=postcode(land, by),
        city=city,
        phone=phone(land, by),
        email=mail if by.random() < 0.93 else None,
    )


def moved(old: Place, land: Land, by: Random) -> Place:
    """Return where somebody is after a move or with a new telephone."""
    if by.random() < 0.5:
        return Place(
            street=old.street,
            postcode=old.postcode,
            city=old.city,
            phone=phone(land, by),
            email=old.email,
        )
    return Place(
        street=street(land, by),
        postcode=postcode(land, by),
        city=old.city,
        phone=old.phone if by.random() < 0.7 else phone(land, by),
        email=old.email,
    )


def organisation(key: str, land: Land, by: Random, **more: object) -> Real:
    """Return a company."""
    city = by.choice(land.cities)
    name = naming.company(land.culture, city, by)
    host = slug(name.latin[0])[:18]
    web_mail = by.random() < WEB_MAILERS
    facts: dict[str, object] = {
        "id": key,
        "person": False,
        "name": name,
        "form": by.choice(land.forms),
        "native_form": by.choice(land.native_forms) if land.native_forms else "",
        "country": land.code,
        "place": place(land, host, by, web_mail=web_mail),
        "registration": f"{by.randint(10_000_000, 99_999_999)}",
        "tax": f"{land.code}{by.randint(100_000_000, 999_999_999)}" if by.random() < 0.7 else None,
        "website": None if web_mail or by.random() < 0.4 else f"www.{host}.example",
        "account": account(land, by),
        "text": by.randrange(1_000_000),
    }
    return Real(**facts | more)  # type: ignore[arg-type]


def individual(key: str, land: Land, by: Random, **more: object) -> Real:
    """Return a person."""
    name = naming.person(land.culture, by)
    host = slug(name.latin[0])[:20]
    born = date(1955, 1, 1) + timedelta(days=by.randrange(365 * (OLDEST - YOUNGEST)))
    facts: dict[str, object] = {
        "id": key,
        "person": True,
        "name": name,
        "form": "",
        "native_form": "",
        "country": land.code,
        "place": Place(
            street=street(land, by),
            postcode=postcode(land, by),
            city=by.choice(land.cities),
            phone=phone(land, by),
            email=f"{host}{by.randint(1, 99)}@{by.choice(WEB_MAIL)}" if by.random() < 0.8 else None,
        ),
        "identity": "".join(by.choice(LETTERS) for _ in range(3)) + f"{by.randint(100000, 999999)}",
        "born": born,
        "account": account(land, by),
        "plate": plate(by),
        "text": by.randrange(1_000_000),
    }
    return Real(**facts | more)  # type: ignore[arg-type]


def account(land: Land, by: Random) -> str:
    """Return a bank account that looks like one of the country."""
    return f"{land.code}{by.randint(10, 99)}BANK{by.randint(10**9, 10**10 - 1)}"


def plate(by: Random) -> str:
    """Return a vehicle's plate."""
    letters = "".join(by.choice(LETTERS) for _ in range(4))
    return f"{letters[:2]}-{by.randint(100, 999)}-{letters[2:]}"


def customer(seed: int, index: int, suppliers: int, days: int) -> Real:
    """Return a customer with its trade and its usual suppliers."""
    by = chance(seed, "customer", index)
    land = land_of(by)
    trade = by.choices(tuple(TRADES), TRADE_WEIGHTS)[0]
    goods = by.sample(TRADES[trade], min(len(TRADES[trade]), by.choice((1, 2, 2, 3))))
    usual = tuple(by.randrange(suppliers) for _ in range(by.choice((1, 1, 2, 2, 3))))
    more: dict[str, object] = {
        "trade": trade,
        "goods": tuple(goods),
        "suppliers": tuple(dict.fromkeys(usual)),
        "scale": by.lognormvariate(0, 0.6),
        "growth": by.uniform(1, 4) if by.random() < GROWING else 0.0,
    }
    make = individual if by.random() < PRIVATE else organisation
    if index % SISTERS == 1:
        return sister(customer(seed, index - 1, suppliers, days), f"s{seed}c{index}", by, more)
    made = make(f"s{seed}c{index}", land, by, **more)
    if by.random() >= CHANGES:
        return made
    since = by.randrange(60, days)
    return with_move(made, since, moved(made.place, land, by))


def sister(elder: Real, key: str, by: Random, more: dict[str, object]) -> Real:
    """Return a company of the same house as another: same switchboard, same address."""
    land = BY_CODE[elder.country]
    made = organisation(key, land, by, **more)
    name = made.name
    if name.native is None and not elder.person:
        work = made.name.latin[0].split()[-1]
        name = Written((f"{elder.name.latin[0].split()[0]} {work}",))
    where = Place(
        street=elder.place.street,
        postcode=elder.place.postcode,
        city=elder.place.city,
        phone=elder.place.phone,
        email=made.place.email,
    )
    return replace(made, name=name, place=where, website=None)


def with_move(real: Real, since: int, where: Place) -> Real:
    """Return somebody who is elsewhere from a day on."""
    return replace(real, moves=((since, where),))


TRADE_WEIGHTS = (14, 10, 8, 7, 10, 6, 5, 8, 9, 4, 3, 5, 1, 10)


def carrier(seed: int, index: int) -> Real:
    """Return a carrier; they are few and everybody uses them."""
    by = chance(seed, "carrier", index)
    land = BY_CODE[by.choice(("NL", "DE", "BE", "GB", "AE", "CN"))]
    name = Written(
        (f"{naming.stem(by)} {by.choice(('Line', 'Transport', 'Logistics', 'Shipping'))}",)
    )
    return organisation(f"s{seed}k{index}", land, by, name=name)
