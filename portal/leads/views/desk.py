"""What the pages have in common on which a lead is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.leads.forms import PageForm
from portal.leads.knowing import Sight
from portal.leads.models import Lead
from portal.leads.writing.rules import Press, Typed, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A lead on somebody's desk: what they see of it, and which source is open beside it."""

    session: Session
    lead: Lead
    sight: Sight
    actor: Actor
    now: datetime
    opened: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a page when a button was pressed, and where the reader goes on."""

    typed: Typed
    anchor: str = ""
    opened: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page on which something of a lead is written."""

    title: str
    form: type[PageForm]
    template: str
    values: Callable[[Lead], dict[str, Any]]  # as the lead holds them
    prepare: Callable[[Desk, Any], Mapping[str, Any]]  # choices of the form; more for the template
    press: Callable[[Desk, Typed, Press, Any], Done]  # a button that does not save
    save: Callable[[Desk, Any], None]

    def state(self, lead: Lead) -> str:
        """Return the state of this page of a lead."""
        return state_of(self.values(lead))
