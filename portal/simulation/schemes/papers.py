"""Schemes that show in losses, returns and declarations."""

from portal.simulation.data import chance
from portal.simulation.making import declaration, loss
from portal.simulation.returns import partners, periodic
from portal.simulation.schemes.people import FAR, NEAR, Planted, Plot, front
from portal.simulation.texts import passage
from portal.simulation.words.goods import TYPICAL
from portal.simulation.words.places import HOME

STOLEN = (
    "pseudoephedrine",
    "ephedrine",
    "acetic-anhydride",
    "potassium-permanganate",
    "p2p",
    "red-phosphorus",
)


def repeated_loss(plot: Plot) -> Planted:
    """Losses come again at one place, with one carrier, of several owners."""
    by = plot.by
    site = front(plot, 0, ("NL",))
    place = f"{site.place.street}, {site.place.city}"
    hauler = plot.world.hauler(by)
    at_site = by.random() < 0.5
    found = []
    for day, supplier in zip(plot.days, plot.suppliers(), strict=True):
        key = by.choice(STOLEN)
        goods = ((key, TYPICAL[key].order_kg * by.lognormvariate(0.2, 0.5)),)
        where = (place, HOME.code, None if at_site and by.random() < 0.5 else hauler)
        found.append(loss(plot.world, day, supplier, where, by, goods))
    return found


def returns_disagree(plot: Plot) -> Planted:
    """A company reports to have bought less than its partners report to have sold to it.

    The submissions are the very returns of the company and of its partners; nobody files twice.
    """
    world = plot.world
    wanted = plot.returns
    buyer = wanted[0].buyer
    sellers = partners(world, buyer, -1)
    share = {seller: plot.by.uniform(0.35, 0.7) for seller in sellers}
    return [
        periodic(
            world,
            world.supplier(one.supplier),
            one.quarter,
            one.day,
            chance(world.seed, "return", one.quarter, one.supplier),
            share if one.supplier == buyer else None,
        )
        for one in wanted
    ]


def copied_declaration(plot: Plot) -> Planted:
    """Customers that have nothing to do with each other declare their use in the same words."""
    by = plot.by
    words = passage("resale", by)
    found = []
    for n, (day, supplier) in enumerate(zip(plot.days, plot.suppliers(), strict=True)):
        who = front(plot, n, (*NEAR, *FAR))
        said = words if by.random() < 0.7 else words.replace(",", ";", 1)
        found.append(declaration(plot.world, day, supplier, who, by, said))
    return found
