"""When a hand-over is refused, and why; for how long one may be read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from portal.core.text import search_key
from portal.leads.data import at_most
from portal.partners.data import Limited, Offer, Terms
from portal.partners.registry.data import Bond, Way
from portal.partners.registry.rules import longest


def readable(given: Limited, now: datetime) -> bool:
    """Tell whether a partner may still read what it was given.

    The last day counts as a whole, in UTC. What was recalled is never readable again.
    """
    if given.recalled_at is not None:
        return False
    return given.expires_on is None or now.date() <= given.expires_on


def closed_words(given: Limited, now: datetime) -> str:
    """Return why a partner may no longer read it, in words for the partner; empty while it may."""
    if readable(given, now):
        return ""
    if given.recalled_at is not None:
        return f"It was recalled on {given.recalled_at:%-d %B %Y}."
    return f"It could be read until {given.expires_on:%-d %B %Y}."


def refusals(terms: Terms, offer: Offer, now: datetime) -> Iterator[str]:
    """Yield each reason for which a lead may not be handed to a partner, in words.

    Days are counted in UTC; the last day of a lead and of an agreement counts as a whole.
    """
    yield from lead_refusals(offer, now)
    yield from partner_refusals(terms)
    yield from agreement_refusals(terms, offer, now.date())
    if offer.need_to_know and not known_to(terms, offer.need_to_know):
        named = ", ".join(offer.need_to_know)
        yield f"Only these need to know: {named}. {terms.name} is not among them."
    if others := [one for one in offer.unasked if one != terms.name]:
        named = ", ".join(others)
        yield f"It rests on what {named} told. Ask for consent and record the answer first."


def lead_refusals(offer: Offer, now: datetime) -> Iterator[str]:
    """Yield why the lead may go to nobody."""
    if not offer.approved:
        yield "The lead is not approved."
    if offer.overdue:
        yield (
            "The lead was approved in an emergency, and no second supervisor confirmed it in time."
        )
    if offer.expires_on is not None and offer.expires_on < now.date():
        yield f"The lead could be used until {offer.expires_on:%-d %B %Y} only."
    if offer.conditioned and not offer.conditions.strip():
        yield "The lead holds texts to be shared on conditions (code C), and names no conditions."


def partner_refusals(terms: Terms) -> Iterator[str]:
    """Yield why the partner may have nothing at all."""
    if not terms.active:
        yield f"{terms.name} is not an active partner."
    if terms.way is Way.FILE and not terms.sealable:
        yield f"{terms.name} receives packages by file, and the register holds no key of it."


def agreement_refusals(terms: Terms, offer: Offer, today: date) -> Iterator[str]:
    """Yield why no agreement allows it; of several, why the one that comes nearest does not."""
    if not terms.bonds:
        yield f"There is no agreement with {terms.name}."
        return
    wrong = [list(bond_refusals(terms.name, bond, offer, today)) for bond in terms.bonds]
    yield from min(wrong, key=len)


def bond_refusals(name: str, bond: Bond, offer: Offer, today: date) -> Iterator[str]:
    """Yield why one agreement does not allow it."""
    if bond.valid_from is not None and bond.valid_from > today:
        yield f"The agreement with {name} begins on {bond.valid_from:%-d %B %Y}."
    if bond.valid_until is not None and bond.valid_until < today:
        yield f"The agreement with {name} ended on {bond.valid_until:%-d %B %Y}."
    if not at_most(offer.marking, bond.marking_max):
        yield f"{name} may receive up to {bond.marking_max}; this lead is {offer.marking}."
    if bond.categories and offer.category not in bond.categories:
        yield f"The agreement with {name} does not cover leads about a {offer.category}."
    if offer.conditioned and not bond.accepts_conditions:
        yield (
            f"The agreement does not bind {name} to handling conditions, and this lead holds texts"
            " that may be shared on conditions only (code C)."
        )


def known_to(terms: Terms, need_to_know: Iterable[str]) -> bool:
    """Tell whether a list of who needs to know names a partner.

    It may name the partner itself, its network, or an office or function that the register holds
    of it; in any case and script, as whole names.
    """
    own = {search_key(one) for one in (terms.name, terms.network, *terms.functions) if one}
    return any(search_key(one) in own for one in need_to_know)


def allowing(terms: Terms, offer: Offer, today: date) -> tuple[Bond, ...]:
    """Return the agreements that allow it."""
    return tuple(
        bond for bond in terms.bonds if not any(bond_refusals(terms.name, bond, offer, today))
    )


def last_day(
    wanted: date | None, lead_until: date | None, bonds: Iterable[Bond], today: date
) -> date | None:
    """Return until when a hand-over may be read: never longer than lead and agreement allow."""
    ends = [wanted, lead_until, longest(bonds, today)]
    known = [end for end in ends if end is not None]
    return min(known) if known else None
