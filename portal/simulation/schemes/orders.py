"""Schemes that show in reports of orders."""

from dataclasses import replace

from portal.kinds.suspicious_order.data import Done
from portal.simulation.data import Real, Written
from portal.simulation.making import Ask, order
from portal.simulation.people import phone, plate, slug
from portal.simulation.schemes.people import FAR, NEAR, Planted, Plot, elsewhere, front
from portal.simulation.words.goods import TYPICAL
from portal.simulation.words.places import BY_CODE
from portal.simulation.writing import address_of, typo
from portal.submissions.data import Payment

SERVED = (Done.FULFILLED, Done.FULFILLED, Done.DELAYED, Done.AWAITING)
LIMITED = (
    ("acetic-anhydride", 108.2),
    ("potassium-permanganate", 100.0),
    ("phenylacetic-acid", 1.0),
    ("anthranilic-acid", 1.0),
)
WANTED = (
    "acetic-anhydride",
    "potassium-permanganate",
    "acetone",
    "toluene",
    "iodine",
    "formamide",
    "formic-acid",
)
FAMILIES = (  # bought apart; the reference data names one drug for all of a row
    ("ephedrine", "red-phosphorus", "iodine", "pseudoephedrine"),
    ("pseudoephedrine", "iodine", "red-phosphorus"),
    ("p2p", "methylamine", "formic-acid", "formamide"),
    ("phenylacetic-acid", "acetic-anhydride", "methylamine", "benzyl-chloride"),
    ("potassium-permanganate", "sulphuric-acid", "ethyl-ether", "hydrochloric-acid"),
    ("acetic-anhydride", "ammonium-chloride", "acetyl-chloride", "ethyl-ether"),
)
NEW_LISTED = (
    "eapa",
    "mamdpa",
    "depapd",
    "imdpam",
    "bmk-isopropyl-glycidate",
    "bmk-sec-butyl-glycidate",
    "pmk-isopropyl-glycidate",
)
NEW_UNLISTED = (
    "Diisopropyl phenylacetylmalonate",
    "Isobutyl 2-phenylacetoacetate",
    "MAPA tert-butyl ester",
    "BMK pentyl glycidate",
    "PMK cyclohexyl glycidate",
    "1-Cbz-4-piperidone",
    "1-Fmoc-4-anilinopiperidine",
)


def some(plot: Plot, key: str, more: float = 0.3) -> tuple[tuple[str, float], ...]:
    """Return a quantity of a substance that lies somewhat above the usual."""
    return ((key, TYPICAL[key].order_kg * plot.by.lognormvariate(more, 0.4)),)


def each(plot: Plot, ask: list[Ask]) -> Planted:
    """File each order of a scheme on its day, with its own supplier."""
    return [
        order(plot.world, day, supplier, one, plot.by)
        for day, supplier, one in zip(plot.days, plot.suppliers(), ask, strict=True)
    ]


def shared_phone(plot: Plot) -> Planted:
    """One telephone behind several names, at several suppliers."""
    number = front(plot, 99, (*NEAR, *FAR)).place.phone
    asks = []
    for n in range(len(plot.days)):
        who = elsewhere(front(plot, n, (*NEAR, *FAR), person=plot.by.random() < 0.2), phone=number)
        done = plot.by.choice((Done.REFUSED, *SERVED))
        asks.append(
            Ask(who=who, goods=some(plot, plot.by.choice(WANTED)), done=done, sure=("phones",))
        )
    return each(plot, asks)


def shared_account(plot: Plot) -> Planted:
    """One bank account or one vehicle behind several customers."""
    by = plot.by
    payer = front(plot, 99, NEAR)
    van = plate(by)
    vehicle = by.random() < 0.5
    asks = []
    for n in range(len(plot.days)):
        who = replace(front(plot, n, NEAR, person=by.random() < 0.3), account=payer.account)
        goods = some(plot, by.choice(WANTED))
        if vehicle:
            asks.append(Ask(who=replace(who, account=None), goods=goods, plates=(van,)))
        else:
            asks.append(
                Ask(who=who, goods=goods, sure=("bank_account",), payments=(Payment.TRANSFER,))
            )
    return each(plot, asks)


def structuring(plot: Plot) -> Planted:
    """One customer takes from each supplier less than the threshold; together it is passed."""
    key, limit = plot.by.choice(LIMITED)
    who = front(plot, 0, NEAR)
    other = elsewhere(who, phone=phone(BY_CODE[who.country], plot.by))
    asks = []
    for n in range(len(plot.days)):
        kilograms = limit * plot.by.uniform(0.45, 0.9)
        asks.append(
            Ask(
                who=other if n and plot.by.random() < 0.3 else who,
                goods=((key, kilograms),),
                done=plot.by.choice(SERVED),
                sure=("registration_number",) if plot.by.random() < 0.4 else ("phones",),
            )
        )
    return each(plot, asks)


def refused_served(plot: Plot) -> Planted:
    """Refused by one or two suppliers, then served by others."""
    key = plot.by.choice(WANTED)
    who = front(plot, 0, (*NEAR, *NEAR, *FAR))
    refusals = 1 if len(plot.days) < 4 else 2
    asks = [
        Ask(
            who=who,
            goods=some(plot, key, 0.5),
            done=Done.REFUSED if n < refusals else plot.by.choice(SERVED),
            sure=("phones",),
        )
        for n in range(len(plot.days))
    ]
    return each(plot, asks)


def bought_apart(plot: Plot) -> Planted:
    """Precursor and reagents bought apart by several people, and brought to one place."""
    by = plot.by
    family = by.choice(FAMILIES)
    store = front(plot, 99, ("NL", "BE", "DE"))
    where = address_of(store, 0)
    asks = []
    for n in range(len(plot.days)):
        who = front(plot, n % 3, ("NL", "BE", "DE"), person=by.random() < 0.5)
        written = where if by.random() < 0.6 else typo(where, by)
        asks.append(
            Ask(
                who=who,
                goods=some(plot, family[n % len(family)]),
                delivery=(written, store.country),
                storage=written if by.random() < 0.3 else None,
                done=by.choice(SERVED),
            )
        )
    return each(plot, asks)


def designer(plot: Plot) -> Planted:
    """A designer precursor appears at several suppliers soon after its parent was listed."""
    by = plot.by
    listed = by.random() < 0.5
    key = by.choice(NEW_LISTED if listed else NEW_UNLISTED)
    asks = []
    for n in range(len(plot.days)):
        who = front(plot, n // 2, (*NEAR, "CN", "TR"))
        kilograms = by.lognormvariate(1.2, 0.8)
        asks.append(Ask(who=who, goods=((key, kilograms),)))
    return each(plot, asks)


def lookalike(plot: Plot) -> Planted:
    """A front company with a name like a known company's, and other details."""
    by = plot.by
    known = plot.world.customer_abroad(by) if by.random() < 0.4 else known_at_home(plot)
    made = front(plot, 0, (known.country,))
    name = Written((near_name(known.name.latin[0], plot),), known.name.native)
    host = slug(name.latin[0])[:16]
    who = elsewhere(
        replace(made, name=name, form=known.form, native_form=known.native_form, trade=known.trade),
        email=f"{host}{by.randint(1, 99)}@{by.choice(('gmail.com', 'outlook.com', 'proton.me'))}",
    )
    keys = [key for key in known.goods if key in TYPICAL] or ["acetone"]
    asks = [
        Ask(who=who, goods=some(plot, by.choice(keys), 0.6), sure=("phones",))
        for _ in range(len(plot.days))
    ]
    return each(plot, asks)


def known_at_home(plot: Plot) -> Real:
    """Return a company that is known and near."""
    while True:
        found = plot.world.some_customer(plot.by)
        if not found.person and found.country in NEAR:
            return found


def near_name(name: str, plot: Plot) -> str:
    """Return a name that is taken for another."""
    head, _, rest = name.partition(" ")
    more = plot.by.choice(("Europe", "Group", "International", "Nederland", "Global", "Trade"))
    way = plot.by.random()
    if way < 0.5:
        return f"{head} {rest} {more}".replace("  ", " ")
    return f"{typo(head, plot.by)} {rest}".strip()
