"""The page of amounts, route and events: taken from the sources, or typed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.leads.drawing.queries import moments_of
from portal.leads.models import Lead
from portal.leads.particulars import queries
from portal.leads.particulars.data import Place, Sum
from portal.leads.particulars.forms import FactsForm
from portal.leads.particulars.rules import around
from portal.leads.views.desk import Desk, Done, Page
from portal.leads.writing import services
from portal.leads.writing.rules import Press, Typed, moved_up, next_row, quoted, with_row, without
from portal.pictures.data import Moment

FIRST = {"amounts": "name", "stops": "name", "events": "when"}
MOST_MOMENTS = 80


def values(lead: Lead) -> dict[str, Any]:
    """Return amounts, stops and events, as the form takes them."""
    amounts = [
        row | {"least_kg": Decimal(row["least_kg"]), "most_kg": Decimal(row["most_kg"])}
        for row in lead.amounts
    ]
    return {"amounts": amounts, "stops": lead.stops, "events": lead.events}


def sums(desk: Desk) -> dict[str, Sum]:
    """Return how much the sources speak of that the officer may read, by token."""
    found = queries.sums(desk.session, [case.id for case in desk.sight.open])
    return {one.token: one for one in found}


def places(desk: Desk) -> dict[str, Place]:
    """Return the places that these sources tell, by token."""
    found = queries.places(desk.session, [case.id for case in desk.sight.open])
    return {one.token: one for one in found}


def moments(desk: Desk) -> dict[str, Moment]:
    """Return what happened around these sources, the newest, by token."""
    found = moments_of(desk.session, [case.id for case in desk.sight.open])[-MOST_MOMENTS:]
    return {f"{one.day}:{one.reference}:{one.words}": one for one in found}


def prepare(desk: Desk, form: FactsForm) -> Mapping[str, Any]:
    """Offer what the sources tell."""
    form.offer(
        {row["substance"]: [one["drug"] for one in row["yields"]] for row in desk.lead.amounts}
    )
    return {"sums": sums(desk), "places": places(desk), "moments": moments(desk)}


def press(desk: Desk, typed: Typed, asked: Press, form: FactsForm) -> Done:
    """Add, drop or move a row, or take what was ticked."""
    if asked.deed == "drop":
        return Done(without(typed, asked.about, asked.row), asked.about)
    if asked.deed == "up":
        return Done(moved_up(typed, asked.about, asked.row), asked.about)
    if asked.deed == "take":
        for row in taken(desk, asked.about, set(form.ticked.data or ())):
            typed = quoted(typed, asked.about, row)
        return Done(typed, asked.about)
    number = next_row(typed, asked.about)
    first = FIRST.get(asked.about, "name")
    return Done(with_row(typed, asked.about, first), f"{asked.about}-{number}-{first}")


def taken(desk: Desk, about: str, wanted: set[str]) -> list[dict[str, str]]:
    """Return what was ticked, as it would be typed."""
    if about == "amounts":
        return [amount(one) for token, one in sums(desk).items() if token in wanted]
    if about == "stops":
        return [stop(one) for token, one in places(desk).items() if token in wanted]
    cases = {case.reference: str(case.id) for case in desk.sight.open}
    return [
        {"when": f"{one.day:%Y-%m}", "words": one.words, "submission": cases[one.reference]}
        for token, one in moments(desk).items()
        if token in wanted
    ]


def amount(one: Sum) -> dict[str, str]:
    """Return an amount as it would be typed: as a range around what was filed."""
    exact = one.exact_kg
    least, most = around(exact) if exact is not None else (None, None)
    return {
        "substance": one.substance,
        "name": one.name,
        "cas": one.cas,
        "exact_kg": "" if exact is None else f"{exact.normalize():f}",
        "least_kg": "" if least is None else f"{least:f}",
        "most_kg": "" if most is None else f"{most:f}",
    }


def stop(one: Place) -> dict[str, str]:
    """Return a place as it would be typed."""
    said = {"part": one.part, "name": one.name, "locode": one.locode, "country": one.country}
    return said | {"submission": str(one.submission_id or "")}


def save(desk: Desk, form: FactsForm) -> None:
    """Keep amounts, route and events; a row is a source's only if the officer may read it."""
    amounts, stops, events = form.to_data()
    own = {str(case.id) for case in desk.sight.open}
    own |= {row.get("submission", "") for row in (*desk.lead.stops, *desk.lead.events)}
    for row in (*stops, *events):
        if row["submission"] not in own:
            row["submission"] = ""
    services.save_facts(
        desk.session,
        desk.lead,
        queries.listed(desk.session, amounts),
        queries.placed(desk.session, stops),
        events,
        desk.actor,
        desk.now,
    )


FACTS_PAGE = Page(
    title="Amounts, route, events",
    form=FactsForm,
    template="leads/facts.html",
    values=values,
    prepare=prepare,
    press=press,
    save=save,
)
