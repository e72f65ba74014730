"""Days in free text: in figures, with the month in words of several languages, spelled out."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from portal.core.text import search_key
from portal.leads.sanitising.rules.folding import invisible
from portal.leads.sanitising.rules.numbers import digit

SHORT = 2  # digits of a year without its century
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar", "th", "nl", "de")  # the portal's, and neighbours'
LEAST_MONTH = 3  # letters
ORDINAL = r"(?:st|nd|rd|th|er|\.|-?\u0433\u043e)?"
NAME = r"[^\W\d_]{3,15}\.?"
SIGN = r"\s?[./\-–]\s?"
PATTERNS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[./\-–年]\s?(?P<m>\d{1,2})[./\-–月]\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){SIGN}(?P<m>\d{{1,2}}){SIGN}(?P<y>\d{{4}}|\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<m>\d{{1,2}}){SIGN}(?P<d>\d{{1,2}}){SIGN}(?P<y>\d{{4}}|\d\d)(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}}){ORDINAL}[\s\-–/]{{0,3}}(?:(?:day\s+)?(?:of|de)\s+)?(?P<n>{NAME})"
        r"(?:[\s,\-–/]{0,3}(?:de\s+)?(?P<y>\d{4}|'?\d\d(?!\d)))?"
    ),
    re.compile(
        rf"(?P<n>{NAME})[\s\-–/]{{0,3}}(?:the\s+)?(?P<d>\d{{1,2}}){ORDINAL}(?!\d)"
        r"(?:[\s,\-–/]{0,3}(?P<y>\d{4}))?"
    ),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:[\-–/]|to|and|or|until)\s?\d{1,2}(?:st|nd|rd|th)?"
        rf"\s(?:of\s)?(?P<n>{NAME})(?:[\s,]{{0,2}}(?P<y>\d{{4}}))?"
    ),
)


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return the names of the months in several languages, in Latin letters."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(search_key(name).replace(" ", ""), number)
    return {name: number for name, number in found.items() if not name.isdigit()}


@lru_cache(maxsize=256)
def days(text: str) -> tuple[tuple[int, int, int | None, int, int], ...]:
    """Return day, month, year (if said) of each date in a text, and where it stands."""
    seen = [
        (place, plain)
        for place, one in enumerate(text)
        if not invisible(one)
        for plain in digit(one)
    ]
    plain = "".join(one for _, one in seen)
    return tuple(
        (day, month, year, seen[start][0], seen[end - 1][0] + 1)
        for pattern in PATTERNS
        for day, month, year, start, end in read(plain, pattern)
    )


def read(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int | None, int, int]]:
    """Yield the dates of one pattern."""
    start = 0
    while found := pattern.search(text, start):
        parts = found.groupdict()
        month = int(parts["m"]) if parts.get("m") else month_of(parts.get("n") or "")
        start = found.start() + 1
        if month and month in range(1, 13):
            typed = (parts["y"] or "").lstrip("'")
            year = (int(typed) if len(typed) > SHORT else 2000 + int(typed)) if typed else None
            yield int(parts["d"]), month, year, found.start(), found.end()
            start = found.end()


def month_of(word: str) -> int | None:
    """Return the number of a month by its name, or nothing."""
    key = search_key(word).replace(" ", "")
    return months().get(key) if len(key) >= LEAST_MONTH else None


def compact(day: date) -> tuple[str, ...]:
    """Return the ways to write a day that are found when its letters are pulled apart."""
    name = get_month_names("wide", "format", "en")[day.month]
    return (
        f"{day.day} {name} {day.year}",
        f"{name} {day.day} {day.year}",
        f"{day:%Y%m%d}",
        f"{day:%d%m%Y}",
    )
