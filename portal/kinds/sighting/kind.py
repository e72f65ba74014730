"""The declaration of this kind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.kinds.sighting.data import Done, SightingData
from portal.kinds.sighting.forms import DoneForm, SeenForm
from portal.kinds.traces.kind import DECLARED, NAMED, kept_ready, nothing_named
from portal.organisations.models import Sort
from portal.submissions.kind import Answers, Kind, Problem, Step

STEPS = (
    Step("seen", "What was seen", SeenForm, "Where and when"),
    *NAMED,
    Step("done", "What was done", DoneForm, "Afterwards"),
    DECLARED,
)


def build(said: Answers) -> SightingData:
    """Return the record that the answers make."""
    pages = ("seen", "traces", "done", "declaration")
    answers: dict[str, Any] = {name: value for page in pages for name, value in said[page].items()}
    return SightingData(lines=tuple(said["substances"]), parties=tuple(said["parties"]), **answers)


def problems(data: SightingData) -> Sequence[Problem]:
    """Return what contradicts itself between pages."""
    if data.held_until and data.held_until < data.seen_on:
        late = Problem("done", "It cannot be held only until before it was seen")
        return (*nothing_named(data), late)
    return nothing_named(data)


def doubts(data: SightingData, today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed."""
    if data.held_until and data.done not in {Done.HELD, Done.OPEN, Done.SEIZED}:
        return ("You say until when it can be held, but it was not held.",)
    return ()


SIGHTING = Kind(
    slug="sighting",
    title="Sighting",
    prefix="SG",
    intro="Tell the authority what you saw at a border, a port or on the road: goods, containers,"
    " vehicles, people, papers.",
    steps=STEPS,
    data=SightingData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=kept_ready,
    side=Sort.PARTNER,
)
