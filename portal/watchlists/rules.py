"""What is watched, as officers write it; under which keys it is found; when it matches.

Numbers, mailboxes and the like match when they are equal. Persons, organisations and addresses
are compared as entities are: other scripts, another order of words and typing errors match too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import phonenumbers

from portal.core.text import compact_key, search_key
from portal.entities.data import Address, EntitySort, Number, Profile, Reason, Trace
from portal.entities.rules.blocking import family, hashed, keys_of, texts_of
from portal.entities.rules.compare import compare
from portal.entities.rules.names import aligned, organisation_words, person_words
from portal.entities.rules.profiles import host, mailbox
from portal.watchlists.data import (
    MOST_LINES,
    NATIONAL,
    SUBJECTS,
    WATCHED,
    Match,
    NumberSort,
    Watched,
)

LEAST = 4  # letters and digits; what is shorter stands everywhere
LEAST_NAME = 2
COUNTRY = 2  # letters of a country's code
MOST = 250  # characters
AGAINST = -4.5  # bits: another birth date or number; another country weighs less
ALIKE = 0.8  # of two words, from which they are one in another spelling
# keys that stand for a whole value: an entry is always found under these
WHOLE = frozenset({"number", "name", "joined", "phones", "accounts", "mail", "street"})
DAY = timedelta(days=1)


class UnreadableError(ValueError):
    """What was written is nothing that can be watched; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What else is known of a subject."""

    country: str = ""
    born: date | None = None
    number: str = ""
    number_sort: NumberSort | None = None


NOTHING = Known()


def last_day(today: date) -> date:
    """Return the last day on which something that is watched from today may expire: in a year."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:  # 29 February
        return today.replace(year=today.year + 1, day=28)


# --- reading --------------------------------------------------------------------------------------


def read(sort: EntitySort, text: str, known: Known = NOTHING) -> Watched:
    """Return what is watched.

    Raises:
        UnreadableError: it is too short to say anything, or has not the shape of its sort.
    """
    shown = " ".join(text.split())
    if len(shown) > MOST:
        raise UnreadableError(f"Use at most {MOST} characters; this has {len(shown)}")
    if sort in SUBJECTS:
        return subject(sort, shown, known)
    if sort is EntitySort.ADDRESS:
        return place(shown, known.country)
    value = value_of(sort, shown)
    if len(compact_key(value)) < LEAST:
        raise UnreadableError(f"“{shown}” is too short: use at least {LEAST} letters or digits")
    country = known.country if sort in NATIONAL else ""
    return Watched(sort=sort, shown=shown, value=value, country=country)


def subject(sort: EntitySort, name: str, known: Known) -> Watched:
    """Return a person or an organisation."""
    if len(search_key(name)) < LEAST_NAME:
        raise UnreadableError(f"“{name}” is no name")
    default = NumberSort.IDENTITY if sort is EntitySort.PERSON else NumberSort.REGISTRATION
    kind, number = known.number_sort or default, compact_key(known.number)
    if known.number and len(number) < LEAST:
        raise UnreadableError(f"The number “{known.number}” is too short")
    giver = "" if kind in {NumberSort.LEI, NumberSort.EORI} else known.country
    profile = Profile(
        sort=sort,
        names=(name,),
        numbers=(Number(kind.value, number, giver),) if number else (),
        born=(known.born,) if known.born else (),
        countries=(known.country,) if known.country else (),
    )
    return Watched(sort=sort, shown=name, country=known.country, profile=profile)


def place(text: str, country: str) -> Watched:
    """Return an address in free text."""
    if len(search_key(text)) < LEAST:
        raise UnreadableError(f"“{text}” is too short for an address")
    address = Address(text=text, country=country)
    profile = Profile(
        sort=EntitySort.ADDRESS,
        names=(text,),
        addresses=(address,),
        countries=(country,) if country else (),
    )
    return Watched(sort=EntitySort.ADDRESS, shown=text, country=country, profile=profile)


def of_entity(sort: EntitySort, name: str, value: str | None, known: Profile | None) -> Watched:
    """Return an entity, or what a submission says of one, as what is watched."""
    shown = " ".join(name.split())[:MOST]
    if known is not None:
        country = known.countries[0] if known.countries else ""
        return Watched(sort=sort, shown=shown, country=country, profile=known)
    country, number = bare(sort, value or "")
    return Watched(sort=sort, shown=shown, value=number, country=country)


def value_of(sort: EntitySort, text: str) -> str:
    """Return a value as submissions hold it for comparing.

    Raises:
        UnreadableError: it has not the shape of its sort.
    """
    if sort is EntitySort.PHONE:
        return compact_key(phone(text))
    if sort is EntitySort.EMAIL:
        name, _, domain = text.rpartition("@")
        if not name or "." not in domain or " " in text:
            raise UnreadableError(f"“{text}” is no e-mail address, such as name@example.org")
        return mailbox(text)
    if sort is EntitySort.WEBSITE:
        if "." not in host(text) or " " in host(text):
            raise UnreadableError(f"“{text}” is no web site, such as example.org")
        return host(text)
    value = compact_key(text)
    if sort is EntitySort.VESSEL and value[:3] == "IMO" and value[3:].isdigit():
        return value[3:]
    return value


def phone(text: str) -> str:
    """Return a telephone number in E.164.

    Raises:
        UnreadableError: it has no country code, or cannot be one.
    """
    written = f"+{text[2:]}" if text.startswith("00") else text
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise UnreadableError(f"“{text}” is no number with a country code, such as +66 2 123 4567")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_line(sort: EntitySort, line: str, countries: Iterable[str]) -> Watched:
    """Return what a pasted line says: the value, then country, birth date or number, by ; or tab.

    Raises:
        UnreadableError: a part cannot be read.
    """
    first, *rest = (part.strip() for part in line.replace("\t", ";").split(";"))
    country, born, number = "", None, ""
    for part in filter(None, rest):
        code = part.upper()
        if len(code) == COUNTRY and code.isalpha():
            if code not in countries or country:
                raise UnreadableError(f"“{part}” is no code of a country, such as TH")
            country = code
        elif part[:4].isdigit() and part[4:5] == "-":
            born = day_of(part)
        elif number or sort not in SUBJECTS:
            raise UnreadableError(f"“{part}” is too much: at most a value and a country")
        else:
            number = part
    if born and sort is not EntitySort.PERSON:
        raise UnreadableError("Only a person has a birth date")
    if country and sort not in SUBJECTS | NATIONAL | {EntitySort.ADDRESS}:
        raise UnreadableError(f"A country says nothing of a {WATCHED[sort].lower()}")
    return read(sort, first, Known(country=country, born=born, number=number))


def day_of(text: str) -> date:
    """Return a birth date.

    Raises:
        UnreadableError: there is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"“{text}” is no day, such as 1984-03-27") from None


def read_lines(
    sort: EntitySort, text: str, countries: Iterable[str]
) -> tuple[list[Watched], list[str]]:
    """Return what each line says, and what is wrong with which line."""
    lines = [(n, one.strip()) for n, one in enumerate(text.splitlines(), 1) if one.strip()]
    if len(lines) > MOST_LINES:
        return [], [f"Paste at most {MOST_LINES:,} lines at once; there are {len(lines):,}"]
    known, found, wrong = frozenset(countries), [], []
    for number, line in lines:
        try:
            found.append(read_line(sort, line, known))
        except UnreadableError as error:
            wrong.append(f"Line {number}: {error}")
    return found, wrong


def identity_of(watched: Watched) -> str:
    """Return what is equal for two entries that watch the same."""
    if watched.profile is None:
        return f"{watched.sort} {watched.country} {watched.value}"
    one = watched.profile
    parts = (one.sort, search_key(watched.shown), watched.country, *map(str, one.born))
    return " ".join((*parts, *(number.value for number in one.numbers)))


# --- finding and matching -------------------------------------------------------------------------


def equal_key(sort: EntitySort, value: str) -> int:
    """Return the key of a value that is equal or not."""
    return hashed(f"watched {sort} {bare(sort, value)[1]}")


def bare(sort: EntitySort, value: str) -> tuple[str, str]:
    """Return the country that gave a number, if known, and the number."""
    if sort in NATIONAL and " " in value:
        country, _, number = value.partition(" ")
        return country, number
    return "", value


def keys_of_watched(watched: Watched) -> tuple[frozenset[int], frozenset[int]]:
    """Return under which keys an entry is found: those of a whole value, and lesser ones."""
    if watched.profile is None:
        return frozenset({equal_key(watched.sort, watched.value or "")}), frozenset()
    profile = watched.profile
    whole = {
        hashed(f"{family(profile)} {text}")
        for text in texts_of(profile)
        if text.split(" ", 1)[0] in WHOLE
    }
    return frozenset(whole), frozenset(keys_of(profile)) - whole


def equal(watched: Watched, trace: Trace) -> bool:
    """Tell whether a trace has the value that is watched; a country not told is any."""
    country, number = bare(trace.sort, trace.value)
    if trace.sort is not watched.sort or number != watched.value:
        return False
    return not country or not watched.country or country == watched.country


def likeness(watched: Profile, told: Profile) -> tuple[float, tuple[Reason, ...], tuple[str, ...]]:
    """Compare; return score, reasons and doubts. A score of 0 is no match."""
    found = compare(told, watched)
    against = any(reason.bits <= AGAINST for reason in found.reasons)
    same = found.score > 0 and not against and same_name(watched, told)
    if not (found.certain or found.probable or same):
        return 0.0, (), ()
    return max(found.score, 0.1), found.reasons, found.doubts


def same_name(left: Profile, right: Profile) -> bool:
    """Tell whether two have the same name, each word with its match in whatever spelling.

    Short names weigh too little to be probable; who watches one wants to see them all the same.
    """
    if left.sort not in SUBJECTS:
        return False
    words = person_words if left.sort is EntitySort.PERSON else organisation_words
    pairs = (aligned(words(a), words(b)) for a, b in product(left.names, right.names))
    return any(
        not one.left and not one.right and all(how >= ALIKE for _, _, how in one.pairs)
        for one in pairs
    )


def best(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches of one entry in one submission, the strongest first."""
    return tuple(sorted(matches, key=lambda one: (-one.rank, one.path)))
