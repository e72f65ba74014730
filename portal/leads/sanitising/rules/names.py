"""The ways in which a name, an address to write to or a number is written."""

import re
from collections.abc import Iterator
from functools import lru_cache

from portal.core.text import search_key
from portal.entities.rules.names import folded, person_words, skeleton, written_words
from portal.leads.sanitising.rules.folding import invisible
from portal.texts.rules.words import beyond_latin

WORD = re.compile(r"\w+")
LEAST_LETTERS = 4  # of a part of a name
LEAST_SURNAME = 5
LEAST_SOUND = 4  # letters of a name that is compared by its sound
LEAST_BONES = 4  # consonants of a name that is compared by them
LAST_DIGITS = 8  # of a telephone number: the rest is written in many ways
WEB_MAIL = {
    "gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "gmx", "web", "icloud", "proton",
    "protonmail", "mail", "yandex", "aol", "qq", "163", "126", "zoho", "rambler", "orange",
}  # fmt: skip
PARTICLES = {
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "bin", "binti", "al",
    "el", "ter", "ten",
}  # fmt: skip
ACROSS = str.maketrans("cs", "kk")  # a Latin c is one or the other in other scripts
MAIL_PARTS = re.compile(r"[@.]")


def company_variants(name: str) -> tuple[str, ...]:
    """Return other ways to write a company's name: without its legal form."""
    bare = " ".join(written_words(name))
    enough = len(bare.replace(" ", "")) >= LEAST_LETTERS
    return (bare,) if enough and search_key(bare) != search_key(name) else ()


def person_variants(name: str) -> tuple[str, ...]:
    """Return other ways to write a person's name: the surname first, the initial."""
    words = list(person_words(name))
    if not words[1:]:  # one word is the whole
        return ()
    initials = [f"{words[0][0]} {' '.join(words[1:])}"] if len(words[0]) > 1 else []
    return (" ".join([words[-1], *words[:-1]]), " ".join([*words[1:], words[0]]), *initials)


def surnames(name: str) -> Iterator[str]:
    """Yield the parts of a person's name that may be used alone."""
    words = [word for word in WORD.findall(name) if search_key(word) not in PARTICLES]
    for word in words[1:]:
        if len(word) >= LEAST_SURNAME:
            yield word


def own_domain(address: str) -> str:
    """Return the domain of an e-mail address, or nothing when everybody has one there."""
    domain = address.rpartition("@")[2].lower() if "@" in address else ""
    return "" if domain.split(".")[0] in WEB_MAIL else domain


def mail_variants(address: str) -> tuple[str, ...]:
    """Return other ways to write an e-mail address, and the company's domain."""
    person, domain = address.partition("@")[0], own_domain(address)
    spelled = MAIL_PARTS.sub(lambda sign: " at " if sign[0] == "@" else " dot ", address)
    found = [spelled]
    if domain:
        found += [domain, domain.replace(".", " dot ")]
    if len(person) >= LEAST_SURNAME and MAIL_PARTS.search(person):
        found.append(person)
    return tuple(found)


def phone_variants(number: str) -> tuple[str, ...]:
    """Return the end of a telephone number, however its beginning is written."""
    digits = "".join(one for one in number if one.isdigit())
    return (digits[-LAST_DIGITS:],) if len(digits) > LAST_DIGITS else ()


def heard_as(word: str) -> str:
    """Return the sound of a word as it is compared across scripts."""
    return folded(word).translate(ACROSS)


@lru_cache(maxsize=256)
def heard(text: str) -> tuple[tuple[str, str, int, int, bool], ...]:
    """Return the words of a text by sound and by consonants, with where each stands."""
    seen = [(place, one) for place, one in enumerate(text) if not invisible(one)]
    plain = "".join(one for _, one in seen)
    found = []
    for word in WORD.finditer(plain):
        for part in search_key(word[0]).split():
            start, end = seen[word.start()][0], seen[word.end() - 1][0] + 1
            found.append((heard_as(part), skeleton(part), start, end, beyond_latin(word[0])))
    return tuple(found)


def transliterated(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in another script, written by sound."""
    words = search_key(name).split()
    sound, bones = "".join(map(heard_as, words)), "".join(map(skeleton, words))
    if len(sound) < LEAST_SOUND:
        return
    other = beyond_latin(name)
    held = heard(text)
    if not other and not any(word[4] for word in held):
        return
    for at in range(len(held) - len(words) + 1):
        part = held[at : at + len(words)]
        if other == any(one[4] for one in part):
            continue
        same = "".join(one[0] for one in part) == sound
        if same or (len(bones) >= LEAST_BONES and "".join(one[1] for one in part) == bones):
            yield part[0][2], part[-1][3]
