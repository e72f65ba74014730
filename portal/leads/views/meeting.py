"""Two who wrote on the same page at once: what both changed is shown, and somebody chooses."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, requires
from portal.core.db import transaction
from portal.leads import queries
from portal.leads.models import LeadDraft
from portal.leads.versions.rules import Difference
from portal.leads.views.desk import Desk
from portal.leads.views.pages import bp
from portal.leads.views.writing import filled, keep, noted, page_of, together
from portal.leads.writing import queries as drafts
from portal.leads.writing import services
from portal.leads.writing.forms import ChoiceForm, told, words_at
from portal.leads.writing.merging import Clash


@bp.route("/<uuid:lead_id>/met/<string:part>", methods=["GET", "POST"])
@requires(Permission.LEAD_WRITE)
def met(lead_id: UUID, part: str) -> ResponseReturnValue:
    """Show what two changed at once, and let whoever typed choose."""
    page, desk, choice = page_of(part), noted(lead_id, part, None), ChoiceForm()
    draft, state = drafts.draft(desk.session, lead_id, part, desk.actor), page.state(desk.lead)
    if draft is None:
        return redirect(url_for(".edit", lead_id=lead_id, part=part))
    _, clashes = together(desk, part, draft.typed, draft.base, {})
    if choice.validate_on_submit():
        if choice.keep.data == "theirs":
            return forgotten(desk, part)
        chosen = choice.chosen(clashes)
        if len(chosen) == len(clashes) and choice.state.data == state:
            both, _ = together(desk, part, draft.typed, draft.base, chosen)
            keep(desk, part, both, state)
            return redirect(url_for(".edit", lead_id=lead_id, part=part))
    choice.state.data = state
    rows = list(differing(desk, part, draft, clashes))
    last = queries.newest_version(desk.session, lead_id)
    shown = {"lead": desk.lead, "last": last, "part": part, "rows": rows, "form": choice}
    again, picked = choice.is_submitted(), choice.picked()
    return render_template("leads/met.html", again=again, picked=picked, **shown), 409


def differing(
    desk: Desk, part: str, draft: LeadDraft, clashes: Sequence[Clash]
) -> Iterator[Difference]:
    """Yield what both changed, in the words of both."""
    page = page_of(part)
    mine, theirs = filled(page, desk, draft), page.form(formdata=None, data=page.values(desk.lead))
    for form in (mine, theirs):
        page.prepare(desk, form)
    own, others = told(mine), told(theirs)
    for one in clashes:
        (label, typed), (name, saved) = (
            words_at(own, one.mine_at),
            words_at(others, one.theirs_at),
        )
        yield Difference(label or name, saved, typed)


def forgotten(desk: Desk, part: str) -> ResponseReturnValue:
    """Forget what was typed, and go on with what was saved."""
    with transaction() as session:
        services.drop(session, desk.lead.id, part, desk.actor)
    return redirect(url_for(".edit", lead_id=desk.lead.id, part=part))
