"""Linking, merging and splitting leads; sources that are added or taken away."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    PortalForm,
    Required,
    answered,
    one_of,
    options,
)
from portal.leads.data import LinkSort
from portal.leads.linking.services import Split

NONE = "There is no such lead. Enter its reference, such as LD-7KQ2-M9XC"


class OtherForm(PortalForm):
    """Another lead, by its reference."""

    other = StringField(
        "Reference of the other lead",
        [Required("Enter the reference of the other lead"), AtMost(SHORT)],
        description="For example, LD-7KQ2-M9XC",
    )


class LinkForm(OtherForm):
    """How two leads belong together."""

    sort = SelectField(
        "How do they belong together?",
        [Required("Choose how they belong together")],
        choices=options(LinkSort, blank="Choose"),
        coerce=one_of(LinkSort),
    )
    note = TextAreaField("Note", [AtMost(LONG)])


class MergeForm(OtherForm):
    """Into which lead this one goes."""


class SourceForm(PortalForm):
    """A submission on which a lead is to rest too."""

    reference = StringField(
        "Reference of the submission",
        [Required("Enter the reference of the submission"), AtMost(SHORT)],
    )


class SplitForm(PortalForm):
    """What a new lead takes."""

    title = StringField("Title of the new lead", [Required("Enter a title"), AtMost(SHORT)])
    texts = SelectMultipleField("Texts that move to the new lead", choices={})
    sources = SelectMultipleField("Submissions on which the new lead rests", choices={})
    leave = BooleanField("This lead rests on them no more")

    def offer(self, texts: Mapping[UUID, str], sources: Mapping[UUID, str]) -> None:
        """Set what can be chosen."""
        self.texts.choices = {str(key): words for key, words in texts.items()}
        self.sources.choices = {str(key): words for key, words in sources.items()}

    def validate_texts(self, _field: object) -> None:
        """Ask for something that the new lead takes."""
        if not self.texts.data and not self.sources.data:
            raise ValidationError("Choose at least one text or submission")

    def to_data(self) -> Split:
        """Return what the new lead takes; call only once valid."""
        return Split(
            title=answered(self.title.data),
            texts=frozenset(map(UUID, self.texts.data or ())),
            sources=frozenset(map(UUID, self.sources.data or ())),
            leave=bool(self.leave.data),
        )
