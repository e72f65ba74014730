"""What the pages of a draft show and where they lead; between the drafts and the templates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from sqlalchemy.orm import Session

from portal.core import files
from portal.core.access import Actor
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.core.errors import NotFoundError
from portal.core.forms import PortalForm, sent_by
from portal.core.languages import gettext
from portal.intake import completing, queries, services
from portal.intake.forms import SendForm, UploadForm, WayForm
from portal.intake.models import Draft
from portal.intake.queries import Book, Sheet
from portal.reference import queries as reference
from portal.submissions.kind import Law, Step
from portal.submissions.present import sections
from portal.submissions.queries import files_of


def typed(form: PortalForm) -> dict[str, list[str]]:
    """Return what the browser sent for each question of a form."""
    return sent_by(form)


def wants_to_leave() -> bool:
    """Tell whether the button "Save and come back later" was pressed."""
    return bool(WayForm().way.data == "later")


def wants_more(wrong: bool) -> bool:  # noqa: FBT001  a plain answer handed on
    """Tell whether the button "Save and add another" was pressed on a page that is right."""
    return not wrong and WayForm().way.data == "another"


def wants_to_take() -> bool:
    """Tell whether the button "Fill in" of the address book was pressed."""
    return bool(WayForm().way.data == "take")


def after(draft: Draft, step: Step) -> str:
    """Return where a step that was saved leads: the next step, or the overview."""
    steps = queries.kind_of(draft.kind).steps
    place = steps.index(step) + 1
    if wants_to_leave() or place >= len(steps):
        return url_for("intake.draft", draft_id=draft.id)
    return url_for("intake.page", draft_id=draft.id, slug=steps[place].slug)


def after_item(draft: Draft, step: Step) -> str:
    """Return where an item that was saved leads: the list it stands in, or the overview."""
    if wants_to_leave():
        return url_for("intake.draft", draft_id=draft.id)
    return url_for("intake.page", draft_id=draft.id, slug=step.slug)


def sheet_of(book: Book, step: Step, item_id: str) -> Sheet:
    """Return the page of one item.

    Raises:
        NotFoundError: the step is asked once, or the item was removed.
    """
    for sheet in book.sheets[step.slug]:
        if sheet.item is not None and sheet.item.id == item_id:
            return sheet
    raise NotFoundError


def autosave_url(draft: Draft, step: Step, item_id: str | None) -> str:
    """Return where a script may send what is being typed."""
    return url_for("intake.autosave", draft_id=draft.id, slug=step.slug, item_id=item_id)


def task_groups(draft: Draft, book: Book) -> list[dict[str, Any]]:
    """Return the task list: headings, each with its steps, their addresses and progress."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for step in book.kind.steps:
        count = len(book.sheets[step.slug]) if step.many else 0
        groups.setdefault(step.group, []).append(
            {
                "title": step.title,
                "href": url_for("intake.page", draft_id=draft.id, slug=step.slug),
                "progress": book.progress(step),
                "hint": gettext("%(number)s listed", number=count) if count else "",
            }
        )
    return [{"title": title, "tasks": tasks} for title, tasks in groups.items()]


def law() -> Law:
    """Return whose rules apply today."""
    config = current_app.config
    return Law(config["JURISDICTION"], config["COUNTRY"], utc_now().date())


def proof(session: Session, draft: Draft, actor: Actor) -> Mapping[str, Any]:
    """Return everything that the page before sending shows."""
    book = Book(queries.kind_of(draft.kind), draft.answers)
    if book.open_steps:
        found: Mapping[str, Any] = {"record": (), "problems": (), "doubts": ()}
    else:
        data = completing.completed(session, book.kind, book.data(), law())
        found = {
            "record": sections(data, book.kind.title, reference.names_beside(session)),
            "problems": book.kind.problems(data),
            "doubts": book.kind.doubted(session, data, actor, utc_now().date(), draft.corrects_id),
        }
    common = {"draft": draft, "kind": book.kind, "open_steps": book.open_steps}
    return {**common, **found, "files": files_of(session, draft.id)}


def still_a_draft(session: Session, draft_id: UUID, actor: Actor) -> Draft | None:
    """Return the draft, or None when it was sent already."""
    try:
        return queries.get(session, draft_id, actor)
    except NotFoundError:
        return None


def agreed(session: Session, draft: Draft, form: SendForm, actor: Actor) -> bool:
    """Tell whether the draft may be sent: complete, free of contradiction, doubts confirmed."""
    if not form.validate():
        return False
    shown = proof(session, draft, actor)
    if shown["open_steps"] or shown["problems"]:
        return False
    if shown["doubts"] and not form.sure.data:
        form.sure.errors = ["Tick that you have checked the points above"]
        return False
    return True


def attach(draft_id: UUID, form: UploadForm, actor: Actor) -> list[str]:
    """Store an upload and attach it to a draft; return why not, for the form."""
    try:
        incoming = files.accept(form.file.data)
    except files.RefusedFileError as refusal:
        return [str(refusal)]
    if incoming.scan is files.Scan.INFECTED:
        files.remove(incoming.stored_as)
    with transaction() as session:
        draft = queries.get(session, draft_id, actor)
        return services.attach(session, draft, incoming, form.note.data or "", actor, utc_now())
