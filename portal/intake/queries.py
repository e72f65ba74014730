"""Reading drafts, and what their pages say so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import DateTimeField

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.forms import PortalForm
from portal.intake.data import Item, Progress, Typed, items_of, typed_of
from portal.intake.models import Draft
from portal.submissions.data import SubmissionData
from portal.submissions.kind import Kind, Step, offered_to, registered


def kind_of(slug: str) -> Kind[Any]:
    """Return a kind.

    Raises:
        NotFoundError: no kind has this slug.
    """
    if slug not in registered():
        raise NotFoundError
    return registered()[slug]


def offered(slug: str, actor: Actor) -> Kind[Any]:
    """Return a kind that the actor's side files.

    Raises:
        NotFoundError: no kind has this slug, or it is not theirs to file: the two look the same.
    """
    if slug not in offered_to(actor):
        raise NotFoundError
    return offered_to(actor)[slug]


def get(session: Session, draft_id: UUID, actor: Actor) -> Draft:
    """Return a draft of the actor's own.

    Raises:
        NotFoundError: it does not exist, was sent, or is somebody else's.
    """
    query = select(Draft).where(Draft.id == draft_id, Draft.author_id == actor.id)
    draft = session.scalar(query)
    if draft is None:
        raise NotFoundError
    return draft


def own(session: Session, actor: Actor, limit: int = 50) -> Sequence[Draft]:
    """Return the actor's drafts, the last touched first."""
    query = select(Draft).where(Draft.author_id == actor.id)
    return session.scalars(query.order_by(Draft.saved_at.desc()).limit(limit)).all()


def filled(step: Step, typed: Typed) -> PortalForm:
    """Return the form of a page with what was typed, validated where anything was."""
    sent: MultiDict[str, str] = MultiDict(
        (name, value) for name, values in typed.items() for value in values
    )
    form = step.form(formdata=sent or None, meta={"csrf": False})
    if sent:
        form.validate()
    return form


def copied(kind: Kind[Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed answers that a similar submission begins with."""
    kept: dict[str, Any] = {}
    for step in kind.steps:
        if step.once or step.slug not in answers:
            continue
        if step.many:
            items = items_of(answers, step.slug)
            kept[step.slug] = [{"id": one.id, "typed": lasting(step, one.typed)} for one in items]
        else:
            kept[step.slug] = lasting(step, typed_of(answers, step.slug))
    return kept


def lasting(step: Step, typed: Typed) -> dict[str, list[str]]:
    """Return what was typed on a page without dates, times and what holds once."""
    form = step.form(formdata=None, meta={"csrf": False})
    gone = {*form.once, *(f.short_name for f in form if isinstance(f, DateTimeField))}
    return {name: values for name, values in typed.items() if name not in gone}


@dataclass(frozen=True)
class Sheet:
    """One page of a draft, filled and checked."""

    step: Step
    form: PortalForm
    typed: Typed
    item: Item | None = None

    @property
    def progress(self) -> Progress:
        """Tell how far this page is."""
        if not any(self.typed.values()):  # nothing was sent, or a page of boxes with none ticked
            return Progress.EMPTY
        return Progress.BEGUN if self.form.errors else Progress.DONE


@dataclass(frozen=True)
class Book:
    """A whole draft, filled and checked page by page."""

    kind: Kind[Any]
    answers: Mapping[str, Any]

    @cached_property
    def sheets(self) -> Mapping[str, tuple[Sheet, ...]]:
        """Return the pages of each step: one, or one for each item."""
        return {step.slug: self.read(step) for step in self.kind.steps}

    def read(self, step: Step) -> tuple[Sheet, ...]:
        """Fill and check the pages of one step."""
        if not step.many:
            typed = typed_of(self.answers, step.slug)
            return (Sheet(step, filled(step, typed), typed),)
        items = items_of(self.answers, step.slug)
        return tuple(Sheet(step, filled(step, one.typed), one.typed, one) for one in items)

    def progress(self, step: Step) -> Progress:
        """Tell how far a step is; a repeated step that needs no item is complete without one."""
        sheets = self.sheets[step.slug]
        states = {sheet.progress for sheet in sheets}
        if step.many:
            if len(sheets) < step.least:
                return Progress.EMPTY if not sheets else Progress.BEGUN
            if not sheets:
                return Progress.OPTIONAL
            return Progress.DONE if states <= {Progress.DONE} else Progress.BEGUN
        if states == {Progress.EMPTY} and not needs_answers(step):
            return Progress.OPTIONAL
        return states.pop()

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps that are not complete."""
        closed = {Progress.DONE, Progress.OPTIONAL}
        return tuple(s for s in self.kind.steps if self.progress(s) not in closed)

    def data(self) -> SubmissionData:
        """Return the record that the answers make; call only when no step is open."""
        said: dict[str, Any] = {}
        for step in self.kind.steps:
            read = [sheet.form.to_data() for sheet in self.sheets[step.slug]]
            said[step.slug] = read if step.many else read[0]
        built: SubmissionData = self.kind.build(said)
        return built


def needs_answers(step: Step) -> bool:
    """Tell whether an untouched page of a step would be refused."""
    form = step.form(formdata=MultiDict({"": ""}), meta={"csrf": False})
    return not form.validate()
