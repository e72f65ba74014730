"""The pages of guidance, and what the portal looks at by itself. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from portal.submissions.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Guide:
    """One page of guidance."""

    slug: str  # in its address, and the name of its template
    title: str
    intro: str  # what one learns there, in a sentence


GUIDES: tuple[Guide, ...] = (
    Guide(
        "suspicious",
        "What is suspicious",
        "The circumstances that experience or law names, each with its source.",
    ),
    Guide(
        "silence",
        "What the customer must not learn",
        "Why nobody may be warned, and what you can say instead.",
    ),
    Guide(
        "afterwards",
        "What happens after you send",
        "The acknowledgement, questions, corrections, and how long to keep your papers.",
    ),
    Guide(
        "notice",
        "How a notice and its clock work",
        "From the announcement of an export to the day on which the goods may leave.",
    ),
    Guide(
        "deadlines",
        "Deadlines",
        "What must be done when, by the law of each jurisdiction.",
    ),
)
BY_SLUG = {one.slug: one for one in GUIDES}

# Said in general words on purpose: whoever knew the limits would stay below them.
LOOKED_AT: tuple[tuple[str, str], ...] = (
    ("Quantities", "Whether they are usual, for one order and for several together"),
    ("Substances", "Whether they are listed, and whether they belong together"),
    ("People and addresses", "Whether name, address and contact fit each other"),
    ("Routes", "Whether the way to the destination makes sense"),
    ("Papers", "Whether they are there, in force and in agreement with the goods"),
    ("Dates", "Whether goods left before they were allowed to"),
)


def grouped(indicators: Iterable[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Return indicators under their headings, in the order of the first of each."""
    found = list(indicators)
    order = {one.group: place for place, one in reversed(list(enumerate(found)))}
    by_group = sorted(found, key=lambda one: order[one.group])
    return [(name, list(some)) for name, some in groupby(by_group, key=lambda one: one.group)]
