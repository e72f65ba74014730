"""The declaration of this kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.core.languages import gettext, translated
from portal.kinds.periodic_return.data import Movement, ReturnData
from portal.kinds.periodic_return.forms import EntryForm, PeriodForm
from portal.kinds.periodic_return.rules import balances, signed, totals
from portal.submissions.kind import Answers, Duty, Kind, Law, Problem, Step
from portal.submissions.questions import DeclarationForm, first

WHAT, END = "The period and what was handled", "Before you send it"
MOST = 100_000  # entries of one return; more than a few hundred are uploaded


def entry_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of entries."""
    amount = f"{first(typed, 'quantity')} {first(typed, 'unit')}"
    parts = (first(typed, "substance"), translated(first(typed, "movement")), amount)
    return ", ".join([*parts, first(typed, "counterparty")]).strip(", ")


STEPS = (
    Step("period", "Period", PeriodForm, WHAT),
    Step(
        "entries",
        "Stocks and movements",
        EntryForm,
        WHAT,
        item="entry",
        least=1,
        most=MOST,
        label=entry_label,
        intro="For each substance: the stock at the beginning and at the end, and each purchase,"
        " sale, import and export with who it was from or for. What was produced, used or lost"
        " may be one sum each. If you have many, upload them from a sheet.",
    ),
    Step("declaration", "Declaration", DeclarationForm, END),
)


def build(said: Answers) -> ReturnData:
    """Return the record that the answers make; what each counterparty gave is added on receipt."""
    entries = tuple(said["entries"])
    return ReturnData(
        lines=(),
        parties=(),
        entries=entries,
        balances=balances(entries),
        **said["period"],
        **said["declaration"],
    )


def problems(data: ReturnData) -> Sequence[Problem]:
    """Return what does not balance and is not explained, and what lies outside the period."""
    found = []
    if not data.explanation:
        found = [
            Problem(
                "period",
                gettext(
                    "%(name)s does not balance: %(difference)s kg. Mend an entry, or say why",
                    name=one.name,
                    difference=signed(one.difference),
                ),
            )
            for one in data.balances
            if one.difference
        ]
    outside = [
        place
        for place, one in enumerate(data.entries, start=1)
        if one.happened_on and not data.begins_on <= one.happened_on <= data.ends_on
    ]
    if outside:
        some = ", ".join(map(str, outside[:5]))
        found.append(Problem("entries", gettext("Entries outside the period: %(some)s", some=some)))
    return found


def doubts(data: ReturnData, today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed."""
    found = []
    if data.ends_on >= today:
        found.append(gettext("The period is not over yet."))
    for name in dict.fromkeys(one.name for one in data.entries):
        said = {one.movement for one in data.entries if one.name == name}
        missing = [what.value for what in (Movement.OPENING, Movement.CLOSING) if what not in said]
        if missing:
            words = ", ".join(map(translated, missing))
            found.append(
                gettext(
                    "%(name)s: not entered, and counted as zero: %(missing)s.",
                    name=name,
                    missing=words,
                )
            )
    return found


def duties(data: ReturnData, received_at: datetime, jurisdiction: str) -> Sequence[Duty]:
    """Return what comes next for the company."""
    return (
        Duty(
            "Keep the papers behind these figures. If one was wrong, correct the return here.",
            None,
            "Implementing Regulation (EU) 2015/1013" if jurisdiction == "EU" else "National law",
            confirmed=False,
        ),
    )


def completed(session: Session, data: ReturnData, law: Law) -> ReturnData:
    """Work the sums out again: they follow from the entries alone."""
    return replace(data, balances=balances(data.entries), totals=totals(data.entries))


RETURN = Kind(
    slug="return",
    title="Return over a period",
    prefix="RT",
    intro="Say what you held, made, bought, sold, moved and used of listed substances in a month,"
    " a quarter or a year.",
    steps=STEPS,
    data=ReturnData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=duties,
    completed=completed,
    gathers="entries",
)
