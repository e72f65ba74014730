"""Says again, in the reader's language, what was written in English when something was received.

A record is never changed: its workings and thresholds stay the English sentences that were filed
and hashed, alike for every reader and machine. Here stand the patterns of those sentences; whoever
reads in another language is shown the translation of the pattern with the sentence's own values.
"""

import re
from datetime import datetime
from functools import lru_cache

from portal.core.languages import day, gettext, translated

CLOCK = (
    "%(days)s working days after %(start)s end on %(last)s (%(duty)s: %(law)s)",
    "%(days)s calendar days after %(start)s end on %(last)s (%(duty)s: %(law)s)",
    "The deadline is general knowledge, not confirmed.",
    "No public holidays are known for %(country)s: only weekends left out.",
    "A feast by the moon falls in these days; its date is a forecast.",
    "from %(start)s until %(last)s",
    "from %(start)s",
    "until %(last)s",
)
LIMITS = (
    "%(place)s, %(limit)s: passed. %(law)s – to be checked by a person: %(why)s",
    "%(place)s, %(limit)s: not passed. %(law)s – to be checked by a person: %(why)s",
    "%(place)s, %(limit)s: cannot be told. %(law)s – to be checked by a person: %(why)s",
    "%(place)s, %(limit)s: passed. %(law)s",
    "%(place)s, %(limit)s: not passed. %(law)s",
    "%(place)s, %(limit)s: cannot be told. %(law)s",
    "any quantity",
    "%(number)s US gallons (%(weight)s)",
    "%(number)s US gallons",
    "at least %(amount)s %(period)s",
    "more than %(amount)s %(period)s",
    "at least %(amount)s",
    "more than %(amount)s",
    "The limit is general knowledge, not confirmed.",
    "That the jurisdiction lists the substance is not confirmed.",
    "The quantity rests on general knowledge.",
    "The text seen is not known to be in force on this day.",
    "The limit is not set by weight.",
    "The weight of the substance is not known.",
    "The limit is for a %(period)s; other movements in it are not known.",
)
MASSES = (
    "%(sum)s (density as stated by the company)",
    "%(sum)s (density of the pure liquid at 20 °C)",
    "%(sum)s (density of the pure liquid, an estimate: that of the solution is not known)",
    "%(sum)s (density of %(solution)s)",
    "%(salt)s: %(sum)s of anhydrous base",
    "%(strength)s of %(equation)s",
    "%(strength)s in %(equation)s",
    "%(number)s tablets × %(sum)s",
    "%(number)s ampoules × %(sum)s",
    "%(number)s packages × %(sum)s",
    "What one tablet weighs is not known.",
    "What one ampoule weighs is not known.",
    "What one package weighs is not known.",
    "The density of the goods is not known, so litres cannot be weighed.",
    "How much of the goods is %(name)s was not said.",
    "How many litres the goods are is not known; the strength is by volume.",
    "How many pieces the goods are is not known; the strength is by piece.",
    "Which salt it is was not said.",
    "No factor is known for %(salt)s.",
    "The goods cannot hold more of the substance than they weigh: check figures.",
    "One of these factors is general knowledge and was not confirmed.",
)
LISTS = ("UN table %(list)s", "EU category %(list)s", "US list %(list)s")
DIFFERENCES = (
    "%(name)s: %(said)s shipped, %(planned)s announced",
    "%(name)s: %(said)s received, %(planned)s announced",
    "%(name)s: %(came)s received, %(left)s shipped",
)
DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
SHAPES = {  # of values that would else take in too much
    "start": DAY,
    "last": DAY,
    "number": r"[\d.]+",
    "days": r"\d+",
    "law": r"[^;]+",
    "duty": r"[^;:()]+",
    "weight": r"[\d.]+ kg",
    "list": r"[IV\d][A-Z]?",
    "amount": r"[\d.]+ (?:US gallons|\S+)(?: \([\d.]+ kg\))?",
    "period": r"(?:in )?[a-z].+",
    "place": r"[A-Z]{2,4}",
    "strength": r"[\d.]+ \S+(?: \S+){0,2}",
    "equation": r"[\d.]+ \S+ = .+",
}
VALUE = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")
JOINTS = ("; ", ". ")


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return every sentence with what finds it, in the order of declaration."""
    return tuple(
        (re.compile(VALUE.sub(shape, re.escape(one))), one)
        for one in (*CLOCK, *LIMITS, *MASSES, *LISTS, *DIFFERENCES)
    )


def shape(found: re.Match[str]) -> str:
    """Return what finds one value."""
    name = found[1] or found[2]
    return f"(?P<{name}>{SHAPES.get(name, '.+?')})"


def retold(text: object) -> str:
    """Return a sentence, or several, in the language spoken now; unknown ones stay as they are."""
    plain = str(text or "")
    for pattern, sentence in patterns():
        if found := pattern.fullmatch(plain):
            return gettext(sentence, **{n: value(v) for n, v in found.groupdict().items()})
    if plain == translated(plain):
        for joint in JOINTS:
            first, found_joint, rest = plain.partition(joint)
            if found_joint:
                return f"{retold(first + joint[0].strip(';'))}{joint.lstrip('.')}{retold(rest)}"
    return translated(plain)


def value(text: str) -> str:
    """Return a value of a sentence: a day, a sentence of its own, or a word."""
    if re.fullmatch(DAY, text):
        return day(datetime.strptime(text, "%d %B %Y").date())  # noqa: DTZ007  a day has no zone
    return retold(text)
