"""Text that people type: stored exactly in NFC, or refused with the place of what cannot be."""

import unicodedata

from anyascii import anyascii

ALLOWED_CONTROLS = {"\t", "\n", "\r"}
NONCHARACTER_MASK = 0xFFFE
ARABIC_NONCHARACTERS = range(0xFDD0, 0xFDF0)
DECEPTIVE = {
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u00ad",
}


class UnstorableTextError(ValueError):
    """The text holds a character that no record may hold."""


def clean(text: str) -> str:
    """Return the text in NFC with lines ended by LF.

    Raises:
        UnstorableTextError: naming the position (from 1) of a control character, lone
            surrogate or noncharacter.
    """
    for position, character in enumerate(text, start=1):
        if not storable(character):
            raise UnstorableTextError(
                f"Contains a character that cannot be stored, at position {position} "
                f"(U+{ord(character):04X}). Remove it"
            )
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def storable(character: str) -> bool:
    """Tell whether a record may hold the character."""
    if character in ALLOWED_CONTROLS:
        return True
    code = ord(character)
    category = unicodedata.category(character)
    return not (
        category in {"Cc", "Cs"}
        or code & NONCHARACTER_MASK == NONCHARACTER_MASK
        or code in ARABIC_NONCHARACTERS
    )


def is_blank(text: str) -> bool:
    """Tell whether nothing in the text can be seen; spaces of every kind count as nothing."""
    return all(c.isspace() or unicodedata.category(c) in {"Cf", "Zs", "Zl", "Zp"} for c in text)


def deceptive(text: str) -> bool:
    """Tell whether invisible or direction-changing characters stand in the text."""
    return any(character in DECEPTIVE for character in text)


def search_key(text: str) -> str:
    """Return the text as compared: Latin letters and digits, lower case, single spaces."""
    latin = anyascii(unicodedata.normalize("NFKC", text)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in latin).split())


def compact_key(text: str) -> str:
    """Return letters and digits alone, upper case: for numbers of documents, plates, seals."""
    return "".join(c for c in anyascii(unicodedata.normalize("NFKC", text)).upper() if c.isalnum())
