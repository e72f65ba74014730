"""Under which keys a profile is found again: look-ups in an index in place of comparing all.

A key is a number of 64 bits made of a few facts together. Each is meant to be shared by few: what
very many share tells nothing, is not looked at, and no longer written down (SATURATED).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import TypeVar
from uuid import UUID

from portal.core.text import compact_key, search_key
from portal.entities.data import Address, EntitySort, Profile
from portal.entities.rules.addresses import Parts, parts
from portal.entities.rules.lists import GENERIC, WEB_MAIL
from portal.entities.rules.names import organisation_words, person_words, skeleton

Who = TypeVar("Who", UUID, str)
SATURATED = 40  # entities that share a key, from which it tells nothing
MOST_KEYS = 60  # of one profile
MOST_WORDS = 5  # of a name that are combined
MOST_COMPARED = 25  # candidates of one mention
LEAST_WEIGHT = 3  # of a candidate: a key of its own that at most 13 share, or several
BEGINNING = 4  # letters of a word


def keys_of(profile: Profile) -> tuple[int, ...]:
    """Return the keys of a profile, the most telling first."""
    texts = list(dict.fromkeys(texts_of(profile)))[:MOST_KEYS]
    return tuple(dict.fromkeys(hashed(f"{family(profile)} {text}") for text in texts))


def name_key(profile: Profile) -> int:
    """Return the key of the first name as a whole: who else has it has such a name."""
    text = next(iter(name_keys(profile, profile.names[0])), "")
    return hashed(f"{family(profile)} {text}")


def shortlist(keys: Iterable[int], holders: Mapping[int, Collection[Who]]) -> list[Who]:
    """Return who shares the rarest keys, the most telling first: the only ones to compare.

    A key counts the more, the fewer share it; who shares no more than one key of many is left out.
    """
    weights: Counter[Who] = Counter()
    for key in keys:
        sharers = holders.get(key, ())
        if len(sharers) < SATURATED:
            for sharer in sharers:
                weights[sharer] += SATURATED // len(sharers)
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [who for who, weight in best[:MOST_COMPARED] if weight >= LEAST_WEIGHT]


def family(profile: Profile) -> str:
    """Return what is never compared with another: people and firms are, with one another not."""
    return profile.sort.value


def hashed(text: str) -> int:
    """Return a number of 64 bits for a text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def texts_of(profile: Profile) -> Iterator[str]:
    """Yield the keys in clear."""
    if profile.sort is EntitySort.ADDRESS:
        for address in profile.addresses:
            yield from address_keys(parts(address))
        return
    for number in profile.numbers:
        yield f"number {number.kind} {number.value}"
    for sort in ("phones", "accounts", "websites"):
        yield from (f"{sort} {value}" for value in getattr(profile, sort))
    yield from mail_keys(profile)
    for name in profile.names:
        yield from name_keys(profile, name)


def mail_keys(profile: Profile) -> Iterator[str]:
    """Yield each mailbox, and its domain unless anybody can have mail there."""
    for mailbox in profile.emails:
        yield f"mail {mailbox}"
        domain = mailbox.rpartition("@")[2]
        if domain not in WEB_MAIL:
            yield f"websites {domain}"


def name_keys(profile: Profile, name: str) -> Iterator[str]:
    """Yield the name as a whole, and its words together with other facts."""
    if profile.sort is EntitySort.PERSON:
        words = person_words(name)
    else:
        words = organisation_words(name)
        words = tuple(word for word in words if word not in GENERIC) or words
    bones = [skeleton(word) or word for word in words][:MOST_WORDS]
    yield f"name {' '.join(sorted(bones))}"
    yield f"joined {''.join(words)}"
    for one, other in combinations(sorted(bones), 2):
        yield f"two {one} {other}"
    for one, other in combinations(sorted(word[:BEGINNING] for word in words[:MOST_WORDS]), 2):
        yield f"begin {one} {other}"
    for bone in bones:
        yield from (f"word {bone} {fact}" for fact in facts_of(profile))
    for day in profile.born:
        yield f"born {day:%Y%m%d}"
        yield f"born {day:%Y%m} {words[0][:1]}"
        yield f"born {day:%m%d} {words[-1][:1]}"
    for address in profile.addresses:
        yield from house_keys(address)


def facts_of(profile: Profile) -> Iterator[str]:
    """Yield what narrows a word of a name down: days, towns, countries, postcodes."""
    yield from (f"{day:%Y%m%d}" for day in profile.born)
    for address in profile.addresses:
        if address.city:
            yield f"town {skeleton(search_key(address.city).replace(' ', ''))}"
        if address.postcode:
            yield f"post {compact_key(address.postcode)}"
    yield from profile.countries


def house_keys(address: Address) -> Iterator[str]:
    """Yield street and number of a person or firm."""
    found = parts(address)
    if found.numbers and found.words:
        yield f"house {' '.join(sorted(found.numbers))} {skeleton(longest(found.words))}"


def longest(words: tuple[str, ...]) -> str:
    """Return the longest word."""
    return max(words, key=len)


def address_keys(found: Parts) -> Iterator[str]:
    """Yield each number with each word of the street, and with the postcode."""
    bones = sorted({skeleton(word) or word for word in found.words})
    for number in sorted(found.numbers):
        yield from (f"house {number} {bone}" for bone in bones[:MOST_WORDS])
        if found.postcode:
            yield f"house {number} post {found.postcode}"
    yield f"street {' '.join(bones)}"
