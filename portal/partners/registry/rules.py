"""Whether an agreement is in force, and what is said of one that ends."""

from collections.abc import Iterable
from datetime import date

from portal.organisations.rules import expiry_words
from portal.partners.registry.data import Bond


def in_force(bond: Bond, today: date) -> bool:
    """Tell whether an agreement holds on a day; its first and its last day count."""
    begun = bond.valid_from is None or bond.valid_from <= today
    return begun and (bond.valid_until is None or bond.valid_until >= today)


def bond_words(bond: Bond, today: date) -> str:
    """Return what must be said of an agreement: not begun, ends soon, or ended; else nothing."""
    if bond.valid_from is not None and bond.valid_from > today:
        return "not begun"
    return expiry_words(bond.valid_until, today)


def longest(bonds: Iterable[Bond], today: date) -> date | None:
    """Return the last day on which some agreement holds; None when one has no end, or none holds.

    A hand-over never lasts longer than the agreement under which it is made.
    """
    ends = [bond.valid_until for bond in bonds if in_force(bond, today)]
    known = [end for end in ends if end is not None]
    return max(known) if ends and len(known) == len(ends) else None


def codes_of(text: str) -> tuple[str, ...]:
    """Return countries that were typed, in capitals, each once, in their order."""
    return tuple(dict.fromkeys(text.upper().replace(",", " ").split()))
