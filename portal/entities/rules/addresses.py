"""Addresses: in parts or as somebody wrote them; a house number decides."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from portal.core.text import compact_key, search_key
from portal.entities.data import Address
from portal.entities.rules.lists import BOXES, STREETS
from portal.entities.rules.names import CACHED, aligned, information, likeness

POST_BOX = re.compile(r"\bp ?o ?box\b")
NUMBER = re.compile(r"\d")
STREET, NUMBERED = 6.0, 3.5  # the same street; and the same number in it
OTHER_NUMBER = 3.0  # the same street and another number: neighbours, or a slip
POSTCODE, NEAR_POSTCODE, TOWN = 5.0, 2.5, 1.5
OTHER_STREET, OTHER_TOWN, OTHER_COUNTRY = -2.0, -3.5, -4.0
ENOUGH = 0.75  # of the shorter text's information
WRITTEN_ALIKE = 0.85  # of the letters of a street, whatever stands between them
ALIKE = 0.8  # of names of towns


@dataclass(frozen=True, slots=True)
class Parts:
    """An address as it is compared."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    postcode: str
    city: str
    text: frozenset[str] = frozenset()  # every word, in which a town may stand


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
    for raw in POST_BOX.sub("pobox", search_key(address.text)).split():
        word = BOXES.get(raw, raw)
        if NUMBER.search(word):
            numbers.append(word.lstrip("0") or "0")
        elif word not in STREETS and len(word) > 1:
            words.append(street_name(word))
    inside = {*city.split(), *search_key(address.country).split()}
    told = {postcode.casefold(), *search_key(address.postcode).split()}
    kept = tuple(word for word in words if word not in inside)
    text = frozenset(search_key(address.text).split())
    return Parts(kept or tuple(words), frozenset(numbers) - told, postcode, city, text)


def street_name(word: str) -> str:
    """Return the name of a street without its kind, where both are one word."""
    for kind in ("strasse", "straat", "weg", "laan", "plein", "str", "gasse", "kade"):
        if word.endswith(kind) and len(word) > len(kind) + 3:
            return word.removesuffix(kind)
    return word


def compare_addresses(left: Address, right: Address) -> Place:
    """Compare two addresses; those with other numbers or towns are not the same."""
    if left.country and right.country and left.country != right.country:
        return Place(OTHER_COUNTRY, "Addresses in other countries", other=True)
    a, b = parts(left), parts(right)
    town, street = towns(a, b), streets(a, b)
    return elsewhere(town, street) if town.bits < 0 else nearby(a, b, town, street)


def elsewhere(town: Place, street: "Street") -> Place:
    """Return what two addresses say that lie in other towns."""
    if street in {Street.OTHER, Street.NUMBER}:
        return town
    return Place(STREET + town.bits, "Same street in another town", other=True)


def nearby(a: Parts, b: Parts, town: Place, street: "Street") -> Place:
    """Return what two addresses say whose towns do not contradict each other."""
    if street is Street.SAME:
        return Place(STREET + NUMBERED + town.bits, "Same address", same=True)
    if street is Street.NUMBER:
        return Place(OTHER_NUMBER + town.bits, "Same street, another number", other=True)
    if street is Street.NAME:
        return Place(STREET + town.bits, "Same street, without a number")
    told = bool(a.words and b.words)
    return Place(town.bits + (OTHER_STREET if told else 0.0), town.text, other=told)


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
    joined = "".join(a.words), "".join(b.words)
    if Levenshtein.normalized_similarity(*joined) >= WRITTEN_ALIKE:
        return 1.0
    found = aligned(a.words, b.words)
    gained = sum(min(information(x), information(y)) * how for x, y, how in found.pairs)
    whole = min(sum(map(information, a.words)), sum(map(information, b.words)))
    return gained / whole


def towns(a: Parts, b: Parts) -> Place:
    """Return what towns and postcodes say."""
    near = same_town(a, b)
    if a.postcode and a.postcode == b.postcode:
        return Place(POSTCODE + TOWN * near, "Same postcode")
    if near:
        slipped = OSA.distance(a.postcode, b.postcode) == 1
        return Place(TOWN + NEAR_POSTCODE * slipped, "Same town")
    if a.city and b.city:
        return Place(OTHER_TOWN, "Other towns", other=True)
    return Place(0.0, "Another address")


def same_town(a: Parts, b: Parts) -> bool:
    """Tell whether the towns are the same, or one stands in the other's text."""
    if a.city and b.city:
        return town_alike(a.city, b.city)
    city, text = (a.city, b.text) if a.city else (b.city, a.text)
    return bool(city) and text.issuperset(city.split())


def town_alike(left: str, right: str) -> bool:
    """Tell whether two names of towns are spellings of one."""
    return left == right or likeness(left.replace(" ", ""), right.replace(" ", "")) >= ALIKE
