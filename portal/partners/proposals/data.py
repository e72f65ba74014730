"""Plain values of proposing recipients."""

from dataclasses import dataclass
from uuid import UUID

from portal.leads.data import Stop
from portal.partners.registry.data import Standpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A partner as the rules of proposing see it."""

    partner_id: UUID
    name: str
    network: str
    countries: tuple[str, ...]
    posts: tuple[Standpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """Where a lead plays: its stops in their order, and countries of its subjects."""

    stops: tuple[Stop, ...] = ()
    others: tuple[str, ...] = ()  # ISO 3166-1 alpha-2

    @property
    def ends(self) -> tuple[str, ...]:
        """Return the countries in which the way begins and ends, each once."""
        known = [stop.country for stop in self.stops if stop.country]
        return tuple(dict.fromkeys((known[0], known[-1]))) if known else ()

    @property
    def countries(self) -> tuple[str, ...]:
        """Return every country of the lead, those of the way first, each once."""
        on_way = (stop.country for stop in self.stops)
        return tuple(dict.fromkeys(code for code in (*on_way, *self.others) if code))
