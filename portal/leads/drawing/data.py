"""Plain values of a lead's pictures: kept in the version that was approved."""

from dataclasses import dataclass

from portal.leads.particulars.data import Place
from portal.pictures.data import Moment, Network


@dataclass(frozen=True, slots=True)
class Pictures:
    """Network, timeline and route of a lead, without what was worked out from them."""

    network: Network
    moments: tuple[Moment, ...] = ()
    stops: tuple[Place, ...] = ()  # in their order; one of a submission is for its readers
    cut: bool = False  # more moments than are drawn


EMPTY = Pictures(Network((), ()))
