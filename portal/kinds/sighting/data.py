"""The answers of a sighting."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from portal.kinds.traces.data import TracesData
from portal.submissions.data import Facts, told


class How(StrEnum):
    """How it came to be seen."""

    ROUTINE = "routine control"
    PAPERS = "check of the papers"
    PORTAL = "check in this portal"
    SCAN = "X-ray or scan"
    PROFILE = "risk profile"
    TIP = "information from others"
    OTHER = "another way"


class Done(StrEnum):
    """What was done with it."""

    HELD = "held"
    LET_GO = "let go"
    SENT_BACK = "sent back"
    SAMPLED = "samples taken, let go"
    WATCHED = "let go and watched"
    SEIZED = "seized"
    HANDED = "handed to another authority"
    OPEN = "not decided yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingData(TracesData):
    """What was seen, where and when, and what was done with it."""

    seen_on: date = told("Seen on")
    seen_time: str | None = told("At about", None)
    place: str = told("Place", shown="place")
    place_country: str = told("Country of the place", shown="country")
    how: How = told("How it was found")
    what: str = told("What was seen")
    done: Done = told("What was done with it")
    done_words: str | None = told("More about that", None)
    held_until: date | None = told("Can be held until", None)
    case_number: str | None = told("Your case number", None)

    def facts(self) -> Facts:
        """Add where and when, and until when it can be held."""
        until = self.held_until
        return replace(
            TracesData.facts(self),
            happened_on=self.seen_on,
            grounds=self.what,
            seen_at=self.place,
            countries=(self.place_country,),
            can_stop_until=datetime.combine(until, time(23, 59), UTC) if until else None,
        )

    def summary(self) -> str:
        """Return what was seen, and where."""
        return " – ".join(part for part in (self.first_trace(), self.place) if part)
