"""Plain words of learning. No framework here."""

from enum import StrEnum


class ThanksState(StrEnum):
    """Where a draft of thanks stands."""

    PROPOSED = "proposed"
    GIVEN = "given"
    REFUSED = "refused"
