"""Plain values of sealed packages."""

from dataclasses import dataclass
from enum import StrEnum


class KeySort(StrEnum):
    """How a partner without account opens a package."""

    AGE = "age"
    OPENPGP = "OpenPGP"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A partner's key, as it was read."""

    sort: KeySort
    text: str
    fingerprint: str  # of age: the key itself, which is short


ENDINGS = {KeySort.AGE: "zip.age", KeySort.OPENPGP: "zip.gpg"}
