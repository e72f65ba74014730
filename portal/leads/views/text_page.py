"""The page of texts: what a lead says, with its sources beside it."""

from collections.abc import Mapping
from typing import Any

from portal.leads import services as leads
from portal.leads.forms import LeadForm, id_of
from portal.leads.views.desk import Desk, Done, Page
from portal.leads.writing import queries, services
from portal.leads.writing.rules import Press, Typed, moved_up, next_row, quoted, with_row, without


def prepare(desk: Desk, form: LeadForm) -> Mapping[str, Any]:
    """Offer what texts can be said to come from, and open a source."""
    source = queries.opened(desk.session, desk.sight, desk.opened)
    choices = queries.offered(desk.sight, source)
    words = {one.provenance.token: one.taken_words for one in desk.lead.texts if one.submission_id}
    further = queries.resolved(desk.session, desk.sight, form.sources() - {*choices, *words})
    form.offer(choices, words | {token: one.words for token, one in further.items()})
    return {"source": source}


def press(desk: Desk, typed: Typed, asked: Press, _form: LeadForm) -> Done:
    """Add, drop or move a text, quote, or open a source."""
    match asked.deed:
        case "add":
            row = next_row(typed, "texts")
            return Done(with_row(typed, "texts", "text"), f"texts-{row}-text", desk.opened)
        case "drop":
            return Done(without(typed, "texts", asked.row), "texts", desk.opened)
        case "up":
            return Done(moved_up(typed, "texts", asked.row), "texts", desk.opened)
        case "open":
            return Done(typed, "source", id_of(asked.about))
    source = queries.opened(desk.session, desk.sight, desk.opened)
    found = source.quotable(asked.about) if source else None
    if found is None:
        return Done(typed, "source", desk.opened)
    more = quoted(typed, "texts", {"text": found.text, "taken": found.token})
    return Done(more, f"texts-{next_row(more, 'texts') - 1}-text", desk.opened)


def save(desk: Desk, form: LeadForm) -> None:
    """Keep what the lead says."""
    said, rows = form.to_data()
    kept = {str(text.id): text.provenance.token for text in desk.lead.texts}
    fresh = {row["taken"] for row in rows if row["taken"] != kept.get(row["row"], "")}
    known = dict(queries.resolved(desk.session, desk.sight, fresh))
    known |= {text.provenance.token: text.provenance for text in desk.lead.texts}
    texts = services.texts_of(desk.lead, rows, known)
    leads.revise(desk.session, desk.lead, said, texts, desk.actor, desk.now)


TEXT_PAGE = Page(
    title="What it says",
    form=LeadForm,
    template="leads/edit.html",
    values=queries.text_values,
    prepare=prepare,
    press=press,
    save=save,
)
