"""The page on which a lead begins."""

from uuid import UUID

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import UUID as ID
from wtforms.validators import Optional

from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    GetForm,
    PortalForm,
    answered,
    one_of,
    options,
)
from portal.leads.data import Category
from portal.leads.forms import id_of
from portal.leads.making.services import Start


class AskedForm(GetForm):
    """From what a lead is to begin."""

    submission = SelectMultipleField("Submissions", coerce=str, validate_choice=False)
    finding = StringField("Finding", [Optional(), ID()])
    entity = StringField("Entity", [Optional(), ID()])

    def submissions(self) -> list[UUID]:
        """Return the submissions that the address names; what is no id is left out."""
        return [one for text in self.submission.data or [] if (one := id_of(text))]

    def about(self, name: str) -> UUID | None:
        """Return the finding or the entity that the address names, if it does."""
        return id_of(str(self[name].data or ""))


class TickedForm(PortalForm):
    """Cases that were ticked in the queue."""

    cases = SelectMultipleField("Cases", coerce=str, validate_choice=False)

    def chosen(self) -> list[UUID]:
        """Return the cases, each once."""
        found = [one for text in self.cases.data or [] if (one := id_of(text))]
        return list(dict.fromkeys(found))


class StartForm(TickedForm):
    """What a lead is called, what it is about, and on what it rests."""

    class Meta(TickedForm.Meta):
        """Say nowhere that an answer may stay open: that depends on the others."""

        search = True

    title = StringField("Title", [AtMost(SHORT)])
    category = SelectField(
        "Category", choices=options(Category, blank="Choose"), coerce=one_of(Category)
    )
    reason = TextAreaField(
        "Why is it begun?",
        [AtMost(LONG)],
        description="Needed only where the lead rests on nothing that was filed",
    )
    into = SelectField("Or add to a lead of yours", choices={"": "No, begin a new one"}, default="")

    def validate(self, **kwargs: object) -> bool:
        """Ask for title and category of a new lead, and for a reason where it rests on nothing."""
        valid = bool(super().validate(**kwargs))
        if self.into.data:
            return valid
        for field, message in (
            (self.title, "Enter a title"),
            (self.category, "Choose the category"),
        ):
            if not field.data:
                field.errors, valid = [message], False
        if not self.cases.data and not self.reason.data:
            self.reason.errors, valid = ["Say why this lead is begun without a submission"], False
        return valid

    def to_data(self) -> Start:
        """Return how the lead begins; call only once valid."""
        return Start(
            title=answered(self.title.data),
            category=answered(self.category.data),
            reason=self.reason.data or "",
            cases=frozenset(self.chosen()),
        )
