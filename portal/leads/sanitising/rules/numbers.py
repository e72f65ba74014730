"""Numbers with units in free text: digits of every script, separators of every habit, words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from portal.leads.sanitising.rules.folding import invisible

MASS = {"mg": Decimal("0.000001"), "g": Decimal("0.001"), "kg": Decimal(1), "t": Decimal(1000)}
VOLUME = {"ml": Decimal("0.001"), "l": Decimal(1)}
UNITS = {
    "mg": "mg", "milligram": "mg", "milligrams": "mg",
    "g": "g", "gr": "g", "gram": "g", "grams": "g", "gramme": "g", "grammes": "g",
    "kg": "kg", "kgs": "kg", "kilo": "kg", "kilos": "kg", "kilogram": "kg", "kilograms": "kg",
    "kilogramme": "kg", "kilogrammes": "kg", "кг": "kg",
    "t": "t", "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "mt": "t", "т": "t",
    "ml": "ml", "millilitre": "ml", "millilitres": "ml",
    "l": "l", "litre": "l", "litres": "l", "liter": "l", "liters": "l", "л": "l",
    "tablet": "tablets", "tablets": "tablets", "ampoule": "ampoules", "ampoules": "ampoules",
    "package": "packages", "packages": "packages", "drum": "packages", "drums": "packages",
    "bag": "packages", "bags": "packages", "box": "packages", "boxes": "packages",
    "barrel": "packages", "barrels": "packages", "canister": "packages", "canisters": "packages",
}  # fmt: skip
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
GAP = r"[ .,'’\u00a0\u202f\u2009_]"
FIGURES = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?P<split>\d(?P<gap>[\W_])\d(?:(?P=gap)\d)+)|"
    rf"(?P<plain>\d{{1,3}}(?:{GAP}\d{{3}})+(?:[.,]\d{{1,6}})?|\d+(?:[.,]\d+)?))"
    rf"(?!\d)(?P<unit>[\s\-]{{0,3}}(?:{UNIT})(?!\w))?",
    re.IGNORECASE,
)
ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SPELLED = "|".join([*ONES, *SCALES])
WORDS = re.compile(
    rf"\b(?:a\s+)?(?P<words>(?:{SPELLED})(?:(?:[\s\-]+|\s+and\s+)(?:{SPELLED}))*)"
    rf"(?P<unit>[\s\-]+(?:{UNIT})\b)?",
    re.IGNORECASE,
)
TELLING = 3  # digits of a number that says something without its unit
ONLY_DECIMAL = 3  # digits after a sign: thousands as well


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, in each way it can be read."""

    values: tuple[Decimal, ...]
    unit: str  # one of UNITS' values, or nothing
    start: int
    end: int


@lru_cache(maxsize=256)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a text with where they stand."""
    seen = [
        (place, plain)
        for place, one in enumerate(text)
        if not invisible(one)
        for plain in digit(one)
    ]
    plain = "".join(one for _, one in seen)
    return tuple(
        Figure(values, unit, seen[start][0], seen[end - 1][0] + 1)
        for values, unit, start, end in (*written(plain), *spelled(plain))
    )


def digit(character: str) -> str:
    """Return a digit of any script as 0 to 9, and everything else in its plain form."""
    number = unicodedata.decimal(character, None)
    return str(number) if number is not None else unicodedata.normalize("NFKC", character)


def written(text: str) -> Iterator[tuple[tuple[Decimal, ...], str, int, int]]:
    """Yield the numbers that are written in figures."""
    for found in FIGURES.finditer(text):
        unit = unit_of(found["unit"])
        if found["split"]:
            values: tuple[Decimal, ...] = (Decimal(re.sub(r"\D", "", found["split"])),)
        else:
            values = readings(found["plain"])
        yield values, unit, found.start(), found.end()
        for gap in re.finditer(r"\s", found["plain"] or ""):  # 12 500 may be two numbers
            later = readings((found["plain"])[gap.end() :])
            yield later, unit, found.start("plain") + gap.end(), found.end()


def readings(typed: str) -> tuple[Decimal, ...]:
    """Return what a number can mean: 1.200 is twelve hundred, or one and a fifth."""
    parts = re.split(GAP, typed)
    digits = "".join(parts)
    if len(parts) == 1:
        return (Decimal(digits),)
    last = parts[-1]
    found = [Decimal(f"{''.join(parts[:-1])}.{last}")]
    if len(last) == ONLY_DECIMAL:
        found.append(Decimal(digits))
    return tuple(found)


def spelled(text: str) -> Iterator[tuple[tuple[Decimal, ...], str, int, int]]:
    """Yield the numbers that are written in English words."""
    for found in WORDS.finditer(text):
        whole = part = 0
        for word in re.findall(r"[a-z]+", found["words"].lower()):
            if word == "hundred":
                part = max(part, 1) * 100
            elif word in SCALES:
                whole, part = whole + max(part, 1) * SCALES[word], 0
            else:
                part += ONES.get(word, 0)
        yield (Decimal(whole + part),), unit_of(found["unit"]), found.start(), found.end()


def unit_of(typed: str | None) -> str:
    """Return the unit in its short form."""
    return UNITS[typed.strip(" \t\n\r-\u00a0\u202f").lower()] if typed else ""


def same(figure: Figure, number: Decimal, unit: str) -> bool:
    """Tell whether a figure says a quantity, in whatever unit."""
    if figure.unit and unit in {*MASS, *VOLUME, *UNITS.values()}:
        return any(based(value, figure.unit) == based(number, unit) for value in figure.values)
    if number not in figure.values:
        return False
    digits = f"{number:f}".replace(".", "").strip("0")
    return len(digits) >= TELLING or len(f"{number:f}") > TELLING


def based(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a quantity in the unit that its sort is compared in."""
    if unit in MASS:
        return (number * MASS[unit]).normalize(), "kg"
    if unit in VOLUME:
        return (number * VOLUME[unit]).normalize(), "l"
    return number.normalize(), unit
