"""The page of subjects: ticked among what the sources name, or typed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.leads.models import Lead
from portal.leads.particulars import queries
from portal.leads.particulars.data import NamedSubject
from portal.leads.particulars.forms import SubjectsForm
from portal.leads.views.desk import Desk, Done, Page
from portal.leads.writing import services
from portal.leads.writing.rules import Press, Typed, next_row, quoted, with_row, without

FIRST = {"subjects": "name", "relations": "words"}


def values(lead: Lead) -> dict[str, Any]:
    """Return subjects and relations, as the form takes them."""
    plain = ("number", "sort", "name", "country", "part", "remark", "released")
    subjects = [
        {name: getattr(one, name) for name in plain}
        | {
            "other_names": "\n".join(one.other_names),
            "identifiers": "\n".join(f"{sort}: {value}" for sort, value in one.identifiers),
            "entity": str(one.entity_id or ""),
            "submission": str(one.submission_id or ""),
        }
        for one in lead.subjects
    ]
    relations = [row | {end: str(row[end]) for end in ("left", "right")} for row in lead.relations]
    return {"subjects": subjects, "relations": relations}


def offered(desk: Desk) -> list[NamedSubject]:
    """Return whom and what the sources name that the officer may read."""
    return queries.named(desk.session, [case.id for case in desk.sight.open])


def prepare(desk: Desk, form: SubjectsForm) -> Mapping[str, Any]:
    """Offer what the sources name, without what stands on the page already."""
    form.offer()
    there = {entry.entity.data for entry in form.subjects}
    return {"offered": [one for one in offered(desk) if str(one.entity_id) not in there]}


def press(desk: Desk, typed: Typed, asked: Press, form: SubjectsForm) -> Done:
    """Add, drop, or take what was ticked."""
    if asked.deed == "drop":
        return Done(without(typed, asked.about, asked.row), asked.about)
    if asked.deed == "take":
        wanted = set(form.ticked.data or ())
        for one in offered(desk):
            if str(one.entity_id) in wanted:
                typed = quoted(typed, "subjects", answers(one))
        return Done(typed, "subjects")
    row = next_row(typed, asked.about)
    first = FIRST.get(asked.about, "name")
    return Done(with_row(typed, asked.about, first), f"{asked.about}-{row}-{first}")


def answers(one: NamedSubject) -> dict[str, str]:
    """Return a subject as it would be typed."""
    return {
        "name": one.name,
        "sort": one.sort,
        "part": one.role,
        "country": one.country,
        "other_names": "\n".join(one.other_names),
        "identifiers": "\n".join(f"{sort}: {value}" for sort, value in one.identifiers),
        "entity": str(one.entity_id),
        "submission": str(one.submission_id),
    }


def save(desk: Desk, form: SubjectsForm) -> None:
    """Keep the subjects; one is an entity only if the lead or its sources say so."""
    subjects, relations = form.to_data()
    known: set[tuple[UUID | None, UUID | None]] = {
        *((one.entity_id, one.submission_id) for one in offered(desk)),
        *((one.entity_id, one.submission_id) for one in desk.lead.subjects),
    }
    for one in subjects:
        if (one["entity_id"], one["submission_id"]) not in known:
            one["entity_id"] = one["submission_id"] = None
    there = {one["number"] for one in subjects}
    kept = [row for row in relations if {row["left"], row["right"]} <= there]
    services.save_subjects(desk.session, desk.lead, subjects, kept, desk.actor, desk.now)


SUBJECTS_PAGE = Page(
    title="Subjects",
    form=SubjectsForm,
    template="leads/subjects.html",
    values=values,
    prepare=prepare,
    press=press,
    save=save,
)
