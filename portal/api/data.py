"""Plain values of the way in for machines: scopes, limits, faults."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ROOT = "/api/v1"
PER_MINUTE = 600  # requests of one key
WINDOW = timedelta(minutes=1)
MOST_BYTES = 2 * 1024 * 1024  # of a request's body
MOST_KEYS = 20  # of one organisation that work at the same time
MOST_WEBHOOKS = 5  # of one organisation that are told
LONGEST = timedelta(days=366)  # that a key may last


class Scope(StrEnum):
    """What a key may be used for."""

    WRITE = "submissions:write"
    READ = "submissions:read"
    REFERENCE = "reference:read"


SCOPE_WORDS = {
    Scope.WRITE: "File submissions and answer questions",
    Scope.READ: "Read what was filed, and fetch acknowledgements",
    Scope.REFERENCE: "Read the kinds of submission and the substance list",
}


class KeyState(StrEnum):
    """Whether a key works."""

    WORKS = "Works"
    ENDED = "Ended"
    REVOKED = "Revoked"
    CLOSED = "Its account is closed"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a key's requests in the running window."""

    most: int
    left: int
    seconds: int  # until the window ends


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with what was sent, and where: a JSON pointer, or a parameter."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return it as it stands in a problem document."""
        where = {"pointer": self.pointer, "parameter": self.parameter}
        return {name: text for name, text in where.items() if text is not None} | {
            "detail": self.detail
        }
