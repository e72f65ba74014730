"""Schemes that show in losses, returns and declarations."""

from portal.simulation.data import chance
from portal.simulation.goods import TYPICAL
from portal.simulation.making import declaration, loss
from portal.simulation.notices import carriers, partners, periodic, quarter_of
from portal.simulation.places import HOME
from portal.simulation.schemes.people import FAR, NEAR, Planted, Plot, front
from portal.simulation.texts import passage

STOLEN = ("pseudoephedrine", "ephedrine", "acetic-anhydride", "potassium-permanganate", "p2p", "red-phosphorus")  # fmt: skip


def repeated_loss(plot: Plot) -> Planted:
    """Losses come again at one place, with one carrier, of several owners."""
    by = plot.by
    site = front(plot, 0, ("NL",))
    place = f"{site.place.street}, {site.place.city}"
    hauler = carriers(by)
    at_site = by.random() < 0.5
    found = []
    for day, supplier in zip(plot.days, plot.suppliers(), strict=True):
        key = by.choice(STOLEN)
        goods = ((key, TYPICAL[key].order_kg * by.lognormvariate(0.2, 0.5)),)
        where = (place, HOME.code, None if at_site and by.random() < 0.5 else hauler)
        found.append(loss(plot.world, day, supplier, where, by, goods))
    return found


def returns_disagree(plot: Plot) -> Planted:
    """A company reports to have bought less than its partners report to have sold to it."""
    world, by = plot.world, plot.by
    buyer = world.trader(by)
    sellers = partners(world, buyer.index, -1)
    quarter = last_quarter_before(plot, plot.days[0])
    share = {seller: by.uniform(0.35, 0.7) for seller in sellers}
    found = []
    for n, day in enumerate(plot.days):
        at = min(quarter + n // 2, last_quarter_before(plot, day))
        own = chance(plot.key, "return", n)
        if n % 2:
            found.append(periodic(world, buyer, at, day, own, share))
        else:
            seller = world.supplier(sellers[(n // 2) % len(sellers)])
            found.append(periodic(world, seller, at, day, own))
    return found


def last_quarter_before(plot: Plot, day: int) -> int:
    """Return the last quarter that had ended on a day; the first one at least."""
    number = 0
    while plot.world.day_of_date(quarter_of(plot.world, number + 1)[1]) < day:
        number += 1
    return number


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
