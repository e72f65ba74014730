"""What an auditor looks for. Plain Python."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of the trail; None or nothing means all."""

    deed: str = ""  # the beginning of a deed's name
    person: str = ""  # part of a name or an address
    about: str = ""  # the reference of a submission, or an id
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None  # place in the chain
