"""Giving copied records other names: letters and digits change places, the same way in a round."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from portal.simulation.data import chance
from portal.simulation.words import names, spellings
from portal.submissions.present import COMPARED_AS_WORDS, mention

ALPHABETS = (
    "bcdfghjklmnpqrstvwxz", "aeiouy", "123456789", "бвгджзклмнпрстфхцчшщ", "аеиоуыэюя",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "กขคจชซตทนบปพฟมรลวสหอ",
    "".join(dict.fromkeys("".join(native for native, _ in names.CHINESE))),
)  # fmt: skip
WORD = re.compile(r"\s+")
IN_WORDS = {"name", "address", "address-numbers"}  # shown as words, of which some stay


def common_words() -> frozenset[str]:
    """Return the words that every round keeps: legal forms, and what companies do."""
    forms = {way for ways in spellings.FORM_WAYS.values() for way in ways}
    work = {word for words in names.ACTIVITIES.values() for word in words}
    english = {english for _, english in (*names.ARABIC_WORK, *names.CHINESE_WORK)}
    every = (
        *forms,
        *work,
        *english,
        *(way.strip() for pair in spellings.STREET_WAYS for way in pair),
    )
    return frozenset(word.lower() for text in every for word in text.split())


COMMON = common_words()


class Round:
    """One round of copies: how names are written in it."""

    def __init__(self, seed: int, number: int) -> None:
        by = chance(seed, "round", number)
        table: dict[int, str] = {}
        for letters in ALPHABETS:
            mixed = by.sample(letters, len(letters))
            for old, new in zip(letters, mixed, strict=True):
                table[ord(old)] = new
                table.setdefault(ord(old.upper()), new.upper())
        self.table = table
        self.words = cache(self._words)
        self.key = cache(self._key)

    def plain(self, text: str) -> str:
        """Return a number, mail or other value that is compared as it stands."""
        return text.translate(self.table)

    def _words(self, text: str) -> str:
        """Return a name or address; common words stay as they are."""
        return " ".join(
            word if word.lower().strip(",") in COMMON else word.translate(self.table)
            for word in WORD.split(text)
        )

    def shown(self, sort: str, text: str) -> str:
        """Return a trace of a sort as it is shown."""
        return self.words(text) if sort in IN_WORDS else self.plain(text)

    def _key(self, sort: str, text: str, value: str) -> str:
        """Return a trace in the form in which it is compared, given the same of the original."""
        if sort not in COMPARED_AS_WORDS | {"address-numbers"} and text.isascii():
            return self.plain(value)
        asked = "address" if sort == "address-numbers" else sort
        found = [one for one in mention(asked, self.shown(sort, text), "") if one.sort == sort]
        return found[0].value if found else self.plain(value)

    def profile(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is known of an entity."""
        told = dict(known)
        for name in ("phones", "emails", "accounts", "websites"):
            if name in told:
                told[name] = [self.plain(one) for one in told[name]]
        if "names" in told:
            told["names"] = [self.words(one) for one in told["names"]]
        if "numbers" in told:
            told["numbers"] = [
                [kind, self.plain(value), *rest] for kind, value, *rest in told["numbers"]
            ]
        if "addresses" in told:
            told["addresses"] = [[self.words(text), *rest] for text, *rest in told["addresses"]]
        return told
