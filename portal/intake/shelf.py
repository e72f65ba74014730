"""What a page of a draft offers of the company's address book, and gives to it."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.addressbook import queries, services
from portal.addressbook.data import BY_ROLE, NEVER, PEOPLE, EntrySort, first
from portal.addressbook.forms import ShelfForm
from portal.addressbook.models import AddressEntry
from portal.core.access import Actor, Permission, may
from portal.core.forms import PortalForm, sent_by
from portal.intake.models import Draft
from portal.submissions.kind import Step, registered
from portal.submissions.questions import LineForm, PartyForm


def sorts_of(step: Step) -> tuple[EntrySort, ...]:
    """Return which entries fit a page; none where it names no business partner and no goods."""
    if issubclass(step.form, LineForm):
        return (EntrySort.PRODUCT,)
    if not issubclass(step.form, PartyForm):
        return ()
    roles = {str(value) for value, *_ in step.form(formdata=None).role.iter_choices()}
    return () if roles & NEVER else PEOPLE


def shelf(session: Session, step: Step, actor: Actor) -> ShelfForm | None:
    """Return what to choose from, as it was sent; None where nothing fits."""
    if not sorts_of(step) or not may(actor, Permission.COMPANY_WORK):
        return None
    form = ShelfForm()
    found = queries.offered(session, actor, sorts_of(step))
    form.book_entry.choices = {"": "Choose", **{str(one.id): one.label for one in found}}
    return form


def chosen(session: Session, step: Step, actor: Actor) -> AddressEntry | None:
    """Return the entry that was chosen, if it fits the page."""
    form = shelf(session, step, actor)
    if form is None or not form.validate() or not form.book_entry.data:
        return None
    return queries.get(session, UUID(form.book_entry.data), actor)


def filled(step: Step, form: PortalForm, entry: AddressEntry) -> Any:
    """Return the page as typed so far, with the entry's answers in the place of others; unsaved."""
    typed = {**sent_by(form), **entry.typed}
    several = [(name, value) for name, values in typed.items() for value in values]
    return step.form(formdata=MultiDict(several), meta={"csrf": False})


def count_use(draft: Draft, entry: AddressEntry, now: Any) -> None:
    """Count a use, save in a report that colleagues may not know of."""
    if not registered()[draft.kind].restricted:
        services.use(entry, now)


def keep(session: Session, step: Step, form: PortalForm, actor: Actor, now: Any) -> None:
    """Keep what is right on a page, if that was ticked."""
    wanted = shelf(session, step, actor)
    if wanted is None or not wanted.book_keep.data:
        return
    typed = sent_by(form)
    sort = BY_ROLE.get(first(typed, "role"), EntrySort.CUSTOMER)
    if issubclass(step.form, LineForm):
        sort = EntrySort.PRODUCT
    services.keep(session, sort, typed, actor, now)
