"""Addresses: in parts or as somebody wrote them; a house number decides."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from portal.core.text import compact_key, search_key
from portal.entities.data import Address
from portal.entities.rules.lists import BOXES, STREETS
from portal.entities.rules.names import CACHED, aligned, information, likeness

NUMBER = re.compile(r"\d")
SAME = 9.0
STREET = 4.0
OTHER_NUMBER = -1.0
TOWN = 1.5
POSTCODE = 2.5
OTHER_TOWN = -1.5
ENOUGH = 0.75  # of the shorter text's information
ALIKE = 0.8  # of names of towns


@dataclass(frozen=True, slots=True)
class Parts:
    """An address as it is compared."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Place:
    """How two addresses compare."""

    bits: float
    text: str
    same: bool = False  # street, number and town
    other: bool = False  # they contradict each other


@lru_cache(maxsize=CACHED)
def parts(address: Address) -> Parts:
    """Return the words and numbers of an address, without kinds of streets."""
    city = search_key(address.city)
    postcode = compact_key(address.postcode)
    words, numbers = [], []
    for raw in search_key(address.text).split():
        word = BOXES.get(raw, raw)
        if NUMBER.search(word):
            numbers.append(word.lstrip("0") or "0")
        elif word not in STREETS and len(word) > 1:
            words.append(street_name(word))
    inside = {*city.split(), *search_key(address.country).split()}
    told = {postcode.casefold(), *search_key(address.postcode).split()}
    kept = tuple(word for word in words if word not in inside)
    return Parts(kept or tuple(words), frozenset(numbers) - told, postcode, city)


def street_name(word: str) -> str:
    """Return the name of a street without its kind, where both are one word."""
    for kind in ("strasse", "straat", "weg", "laan", "plein", "str", "gasse", "kade"):
        if word.endswith(kind) and len(word) > len(kind) + 3:
            return word.removesuffix(kind)
    return word


def compare_addresses(left: Address, right: Address) -> Place:
    """Compare two addresses; those with other numbers or towns are not the same."""
    a, b = parts(left), parts(right)
    if left.country and right.country and left.country != right.country:
        return Place(-3.0, "Addresses in other countries", other=True)
    town, where = towns(a, b)
    street = streets(a, b)
    if street is Street.OTHER:
        return Place(town, where or "Another address", other=town < 0)
    if town < 0:
        return Place(STREET + town, "Same street in another town", other=True)
    if street is Street.NUMBER:
        return Place(OTHER_NUMBER + town, "Same street, another number", other=True)
    if street is Street.NAME:
        return Place(STREET + town, "Same street, without a number")
    return Place(SAME + town, "Same address", same=True)


class Street(Enum):
    """How the streets of two addresses compare."""

    SAME = 1  # and the number
    NUMBER = 2  # but another number
    NAME = 3  # as far as it is told
    OTHER = 4


def streets(a: Parts, b: Parts) -> Street:
    """Compare streets and numbers."""
    if not a.words or not b.words:
        both = a.numbers and a.numbers == b.numbers and a.postcode and a.postcode == b.postcode
        return Street.SAME if both else Street.OTHER
    if shared(a, b) < ENOUGH:
        return Street.OTHER
    if not a.numbers or not b.numbers:
        return Street.NAME
    return Street.SAME if a.numbers <= b.numbers or b.numbers <= a.numbers else Street.NUMBER


def shared(a: Parts, b: Parts) -> float:
    """Return which part of the shorter street's information the other has too."""
    found = aligned(a.words, b.words)
    gained = sum(min(information(x), information(y)) * how for x, y, how in found.pairs)
    whole = min(sum(map(information, a.words)), sum(map(information, b.words)))
    return gained / whole


def towns(a: Parts, b: Parts) -> tuple[float, str]:
    """Return what towns and postcodes say, in bits and words."""
    if a.postcode and a.postcode == b.postcode:
        return POSTCODE + TOWN, "Same postcode"
    if not a.city or not b.city:
        return 0.0, ""
    if town_alike(a.city, b.city):
        return TOWN, "Same town"
    return OTHER_TOWN, "Other towns"


def town_alike(left: str, right: str) -> bool:
    """Tell whether two names of towns are spellings of one."""
    return left == right or likeness(left.replace(" ", ""), right.replace(" ", "")) >= ALIKE
