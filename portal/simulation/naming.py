"""Names of companies and people, in Latin letters and in their own script."""

from random import Random

from portal.simulation.data import Written
from portal.simulation.words.names import (
    ACTIVITIES,
    ARABIC,
    ARABIC_MORE,
    ARABIC_WORK,
    CHINESE,
    CHINESE_CITIES,
    CHINESE_WORK,
    CYRILLIC,
    ENDINGS,
    HEADS,
    MIDDLES,
    PEOPLE,
    SCRIPTS,
    TAILS,
    THAI,
    THAI_WORK,
)


def stem(by: Random) -> str:
    """Return an invented word for a company."""
    return by.choice(HEADS) + by.choice(MIDDLES) + by.choice(TAILS)


def company(culture: str, city: str, by: Random) -> Written:
    """Return the name of a company without its legal form."""
    if culture == "arabic":
        return arabic(by)
    if culture == "cyrillic":
        return cyrillic(by)
    if culture == "chinese":
        return chinese(city, by)
    if culture == "thai":
        return thai(by)
    activity = by.choice(ACTIVITIES[culture])
    if by.random() < 0.25:
        family = by.choice(PEOPLE[culture][1])
        return Written(tuple(f"{name} {activity}" for name in family))
    second = f" {by.choice(HEADS)}{by.choice(TAILS)}" if by.random() < 0.3 else ""
    return Written((f"{stem(by)}{second} {activity}",))


def arabic(by: Random) -> Written:
    """Return an Arabic company's name."""
    head, more, work = by.choice(ARABIC), by.choice(ARABIC_MORE), by.choice(ARABIC_WORK)
    native = " ".join(part for part in (head[0], more[0], work[0]) if part)
    return Written(
        tuple(" ".join(p for p in (one, more[1], work[1]) if p) for one in head[1:]), native
    )


def cyrillic(by: Random) -> Written:
    """Return a company's name in Cyrillic, one word of two or three parts."""
    parts = by.sample(CYRILLIC, by.choice((2, 3)))
    native = "".join(part[0] for part in parts)
    usual = "".join(part[1] for part in parts)
    other = "".join(part[-1] for part in parts)
    return Written((usual, other) if other != usual else (usual,), native)


def chinese(city: str, by: Random) -> Written:
    """Return a Chinese company's name: its town, a brand and its work."""
    first, second = by.sample(CHINESE, 2)
    work = by.choice(CHINESE_WORK)
    native = f"{CHINESE_CITIES.get(city, '')}{first[0]}{second[0]}{work[0]}"
    brand = first[1].capitalize() + second[1].lower()
    spaced = f"{first[1].capitalize()} {second[1].capitalize()}"
    return Written((f"{city} {brand} {work[1]}", f"{city} {spaced} {work[1]}"), native)


def thai(by: Random) -> Written:
    """Return a Thai company's name."""
    first, second = by.sample(THAI, 2)
    work = by.choice(THAI_WORK)
    native = f"{first[0]}{second[0]}{work[0]}"
    usual = f"{first[1]} {second[1]} {work[1]}"
    other = f"{first[-1]}{second[-1].lower()} {work[1]}"
    return Written((usual, other), f"บริษัท {native}")


def person(culture: str, by: Random) -> Written:
    """Return the name of a person, given name first save in Chinese."""
    given, family = (by.choice(part) for part in PEOPLE[culture])
    if culture in SCRIPTS:
        return in_script(culture, given, family, by)
    if by.random() < 0.6:
        name = by.choice(HEADS) + by.choice(MIDDLES[2:]) + by.choice(ENDINGS[culture])
        family = (name,)
    second = f" {by.choice(PEOPLE[culture][0])[-1]}" if by.random() < 0.2 else ""
    ways = [f"{given[0]}{second} {family[0]}", f"{given[-1]}{second} {family[-1]}"]
    return Written(tuple(dict.fromkeys(ways)))


def in_script(culture: str, given: tuple[str, ...], family: tuple[str, ...], by: Random) -> Written:
    """Return the name of a person in its own script, and the ways of writing it in Latin."""
    if culture in {"arabic", "chinese"}:
        second = by.choice(PEOPLE[culture][0])
        gap = "" if culture == "chinese" else " "
        joined = (f"{one}{gap}{other}" for one, other in zip(given, second, strict=False))
        given = tuple(one.capitalize() if culture == "chinese" else one for one in joined)
    native = f"{family[0]}{given[0]}" if culture == "chinese" else f"{given[0]} {family[0]}"
    ways = [
        f"{one} {other}"
        for one, other in (
            (given[1], family[1]),
            (given[-1], family[-1]),
            (given[1], family[-1]),
        )
    ]
    return Written(tuple(dict.fromkeys(ways)), native)
