"""Reading what was typed or scanned, and deciding the answer. Plain Python.

A scan may hold the whole address that the QR code of a paper leads to; somebody may type in small
letters, with spaces and dashes, in Cyrillic letters that look the same, or O for 0.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qs, urlsplit

from stdnum import iso6346
from stdnum.exceptions import ValidationError as NumberError

from portal.border.data import Asked, Consignment, Result, Sought, Viewer
from portal.core.references import ALPHABET, CODE_LENGTH, GROUP, read_code
from portal.submissions.rules import Outer

LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")  # noqa: RUF001  Cyrillic to Latin
AS_DIGIT = str.maketrans("OQDILSBZG", "000115826")
AS_LETTER = str.maketrans("01582", "OISBZ")
FOR_OURS = str.maketrans("SZB", "528")  # letters that references never hold
CONTAINER_LENGTH, OWNER = 11, 4
REFERENCE_LENGTH = 2 * GROUP  # without its two letters
STATES = {
    Outer.CANCELLED: Result.CANCELLED,
    Outer.WITHDRAWN: Result.CANCELLED,
    Outer.COMPLETE: Result.COMPLETE,
    Outer.MAY_NOT_LEAVE: Result.MAY_NOT_LEAVE,
}


def read(typed: str) -> Asked:
    """Return what is meant by what was typed or scanned."""
    text = code_in(typed) or typed
    bare = "".join(c for c in plain(text) if c.isalnum())
    if len(bare) == CODE_LENGTH:
        return ours(Sought.CODE, bare, bare)
    if len(bare) == REFERENCE_LENGTH:
        return ours(Sought.REFERENCE, bare, bare)
    if len(bare) == REFERENCE_LENGTH + 2:
        return ours(Sought.REFERENCE, bare[2:], bare, f"{bare[:2]}-")
    if len(bare) == CONTAINER_LENGTH:
        return container(bare)
    return Asked(Sought.NOTHING, bare[:60])


def plain(text: str) -> str:
    """Return a text in Latin capitals, whatever letters it was typed in."""
    return unicodedata.normalize("NFKC", text).upper().translate(LOOK_ALIKE)


def code_in(typed: str) -> str:
    """Return the code in the address that a QR code holds; nothing if it is no address."""
    if "://" not in typed and "code=" not in typed:
        return ""
    found = parse_qs(urlsplit(typed.strip()).query).get("code", [""])
    return found[0]


def ours(sought: Sought, body: str, whole: str, prefix: str = "") -> Asked:
    """Return a reference or code of the portal's, whose letters never look alike."""
    fixed = body.translate(FOR_OURS)
    if any(letter not in ALPHABET for letter in fixed):
        return Asked(Sought.NOTHING, whole[:60])
    return Asked(sought, f"{prefix}{read_code(fixed)}")


def container(bare: str) -> Asked:
    """Return a container number of ISO 6346; say what its check digit should be."""
    number = bare[:OWNER].translate(AS_LETTER) + bare[OWNER:].translate(AS_DIGIT)
    if not re.fullmatch(r"[A-Z]{3}[UJZ][0-9]{7}", number):
        return Asked(Sought.NOTHING, bare)
    try:
        return Asked(Sought.CONTAINER, str(iso6346.validate(number)))
    except NumberError:
        right = iso6346.calc_check_digit(number[:-1])
        words = f"The check digit of {number} does not match: after {number[:-1]} comes {right}."
        return Asked(Sought.NOTHING, number, words)


def needs_to_know(consignment: Consignment, viewer: Viewer) -> bool:
    """Tell whether the route touches a country or a post of who asks."""
    if not set(viewer.posts).isdisjoint(consignment.places):
        return True
    return not viewer.countries.isdisjoint(consignment.route)


def decide(consignment: Consignment, today: date) -> Result:
    """Return the answer on a consignment, from the life that its company sees."""
    if (plainly := STATES.get(consignment.state)) is not None:
        return plainly
    if not consignment.released:
        under_way = consignment.state is Outer.REPORT_SHIPMENT
        return Result.MAY_NOT_LEAVE if under_way else Result.NOT_YET
    if consignment.valid_from and today < consignment.valid_from:
        return Result.NOT_YET
    if consignment.expires_on and consignment.expires_on < today:
        return Result.EXPIRED
    return Result.MAY_LEAVE


def route_of(countries: Iterable[str | None]) -> tuple[str, ...]:
    """Return the countries of a route in their order, each once."""
    return tuple(dict.fromkeys(one for one in countries if one))
