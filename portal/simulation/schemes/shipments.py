"""Schemes that show in notices of shipments."""

from dataclasses import replace

from portal.kinds.suspicious_order.data import Done
from portal.simulation.data import Real
from portal.simulation.making import Ask, order
from portal.simulation.notices import Trip, bill, container, notice, seal
from portal.simulation.people import street
from portal.simulation.schemes.people import FAR, Planted, Plot, elsewhere, front, land_among
from portal.simulation.words.goods import TYPICAL
from portal.simulation.words.places import BY_CODE, DETOURS
from portal.submissions.data import PartyRole

SHIPPED = (
    "acetic-anhydride",
    "potassium-permanganate",
    "acetone",
    "toluene",
    "ephedrine",
    "pseudoephedrine",
    "sulphuric-acid",
    "methyl-ethyl-ketone",
)
UNUSUAL_LANDS = ("IQ", "KZ", "NG", "MX", "CO", "AE", "PK", "TR")


def load(plot: Plot, key: str, more: float = 0.0) -> tuple[tuple[str, float], ...]:
    """Return a shipment's quantity of a substance."""
    return ((key, TYPICAL[key].shipment_kg * plot.by.lognormvariate(more, 0.4)),)


def reported_consignee(plot: Plot) -> Planted:
    """The receiver of notified shipments is the subject of reports by others."""
    who = front(plot, 0, FAR)
    moved = elsewhere(who, street=street(BY_CODE[who.country], plot.by))
    key = plot.by.choice(SHIPPED)
    found = []
    for n, (day, supplier) in enumerate(zip(plot.days, plot.suppliers(), strict=True)):
        same = moved if plot.by.random() < 0.3 else who
        if n == 0 or plot.by.random() < 0.25:
            done = plot.by.choice((Done.REFUSED, Done.REFUSED, Done.DELAYED))
            goods = ((key, TYPICAL[key].order_kg * plot.by.lognormvariate(0.8, 0.4)),)
            ask = Ask(who=same, goods=goods, done=done, sure=("phones",))
            found.append(order(plot.world, day, supplier, ask, plot.by))
        else:
            trip = Trip(to=same, goods=load(plot, key, -0.5))
            found.append(notice(plot.world, day, supplier, trip, plot.by))
    return found


def forwarder_chain(plot: Plot) -> Planted:
    """Goods pass from forwarder to forwarder; nobody names who uses them."""
    by = plot.by
    chain = [forwarding(front(plot, n, ("AE", "TR", "NG", "PK")), plot) for n in range(4)]
    key = by.choice(SHIPPED)
    goods = load(plot, key)
    found = []
    for n, day in enumerate(plot.days):
        supplier = plot.world.forwarder(by) if n else plot.world.trader(by)
        to, onward = chain[n % len(chain)], chain[(n + 1) % len(chain)]
        kind = "transit-notice" if n % 2 else "export-notice"
        trip = Trip(
            to=to,
            exporter=chain[(n - 1) % len(chain)] if n else None,
            goods=((key, goods[0][1] * by.uniform(0.9, 1.0)),),
            others=((onward, PartyRole.CONSIGNEE),),
        )
        found.append(notice(plot.world, day, supplier, trip, by, kind))
    return found


def forwarding(real: Real, plot: Plot) -> Real:
    """Return a company whose name says that it forwards."""
    work = plot.by.choice(("Forwarding", "Logistics", "Shipping Services", "Cargo", "Freight"))
    head = real.name.latin[0].split()[0:2]
    name = replace(real.name, latin=(f"{' '.join(head)} {work}",))
    return replace(real, name=name, trade="resale")


def papers_again(plot: Plot) -> Planted:
    """A container, seal, authorisation or waybill number is used for other shipments too."""
    by = plot.by
    box, closed, paper = container(by), seal(by), bill(by)
    land = land_among(FAR, by)
    number = f"{land.code}-IM-{by.randint(2024, 2026)}-{by.randint(100000, 999999)}"
    which = by.choice(("seal", "import_number", "bill", "container"))
    told = {"seal": closed, "import_number": number, "bill": paper, "container": box}
    found = []
    for n, (day, supplier) in enumerate(zip(plot.days, plot.suppliers(), strict=True)):
        to = front(plot, n, (land.code,))
        used = {which: told[which]}
        if which != "container" and by.random() < 0.3:
            used["seal"] = closed
        trip = Trip(to=to, goods=load(plot, by.choice(SHIPPED), -0.3), **used)  # type: ignore[arg-type]
        found.append(notice(plot.world, day, supplier, trip, by))
    return found


def new_route(plot: Plot) -> Planted:
    """A substance suddenly goes by a way that it never went, with a long detour."""
    by = plot.by
    key = by.choice(
        ("acetic-anhydride", "ephedrine", "pseudoephedrine", "potassium-permanganate", "piperonal")
    )
    land = land_among(UNUSUAL_LANDS, by)
    over = tuple(stop for stop in by.sample(DETOURS, 2) if stop != land.port)[: by.choice((1, 2))]
    receivers = [front(plot, n, (land.code,)) for n in range(2)]
    found = []
    for n, (day, supplier) in enumerate(zip(plot.days, plot.suppliers(), strict=True)):
        trip = Trip(to=receivers[n % 2], goods=load(plot, key, 0.2), over=over)
        found.append(notice(plot.world, day, supplier, trip, by))
    return found


def small_consignments(plot: Plot) -> Planted:
    """Several small consignments to one address over a border, for several receivers."""
    by = plot.by
    key = by.choice(
        ("acetic-anhydride", "potassium-permanganate", "acetone", "ephedrine", "iodine")
    )
    land = land_among(("DE", "PL", "BE", "TR", "BG", "KZ"), by)
    shared = front(plot, 99, (land.code,))
    found = []
    for n, (day, supplier) in enumerate(zip(plot.days, plot.suppliers(), strict=True)):
        to = elsewhere(
            front(plot, n % 3, (land.code,)),
            street=shared.place.street,
            city=shared.place.city,
            postcode=shared.place.postcode,
        )
        kilograms = TYPICAL[key].order_kg * by.uniform(0.6, 1.2)
        trip = Trip(to=to, goods=((key, kilograms),), road=True, sure=("street", "city"))
        found.append(notice(plot.world, day, supplier, trip, by))
    return found
