"""The forms of a list, of its entries, and of what is pasted."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import UUID as ID
from wtforms.validators import Optional, ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    GetForm,
    PortalForm,
    Required,
    answered,
    one_of,
)
from portal.core.languages import countries_in
from portal.entities.data import EntitySort
from portal.watchlists.data import (
    INFORMATION_WORDS,
    NATIONAL,
    SOURCE_WORDS,
    SUBJECTS,
    WATCHED,
    About,
    Information,
    NumberSort,
    Source,
    Watched,
)
from portal.watchlists.queries import today
from portal.watchlists.rules import Known, UnreadableError, last_day, read, read_lines

PASTED = 300_000  # characters
MOST_ERRORS = 20  # that are shown
SORTS = {"": "Choose", **{sort.value: label for sort, label in WATCHED.items()}}
NUMBERS: dict[str, str] = {
    "": "Choose",
    NumberSort.IDENTITY: "Passport or identity number",
    NumberSort.REGISTRATION: "Registration number",
    NumberSort.TAX: "Tax or VAT number",
    NumberSort.EORI: "EORI number",
    NumberSort.LEI: "LEI",
}


def within_a_year(_form: Any, field: Any) -> None:
    """Refuse a day that is past, or more than a year away."""
    now = today(utc_now())
    if field.data is not None and not now < field.data <= last_day(now):
        raise ValidationError("Choose a day from tomorrow to a year from today")


class ListForm(PortalForm):
    """What a list is for."""

    name = StringField("Name", [Required("Enter a name"), AtMost(SHORT)])
    reason = TextAreaField(
        "Why is this watched?",
        [Required("Enter the purpose of the list"), AtMost(LONG)],
        description="Supervisors read name and purpose without reading the entries",
    )


class NewListForm(ListForm):
    """A new list."""

    expires_on = DatePartsField(
        "Watch until",
        [Required("Enter the last day on which it is watched"), within_a_year],
        description="At most a year; it can be renewed. For example, 27 3 2027",
    )


class RenewForm(PortalForm):
    """How long a list runs on, and why."""

    expires_on = DatePartsField(
        "Watch until",
        [Required("Enter the last day on which it is watched"), within_a_year],
        description="At most a year from today",
    )
    reason = TextAreaField("Why must it go on?", [Required("Enter the reason"), AtMost(LONG)])


class ReasonForm(PortalForm):
    """Why something is done."""

    reason = TextAreaField("Why?", [Required("Enter the reason"), AtMost(LONG)])


class ButtonForm(PortalForm):
    """A form that is only a button."""


class ReaderForm(PortalForm):
    """Who reads a list too."""

    account = SelectField("Officer", [Required("Choose an officer")], choices={})

    def account_id(self) -> UUID:
        """Return the officer's id; call only once valid."""
        return UUID(self.account.data)


class AboutForm(PortalForm):
    """What is said of entries beside what they watch."""

    reason = TextAreaField("Why?", [Required("Enter the reason"), AtMost(LONG)])
    expires_on = DatePartsField(
        "Watch until",
        [Optional(), within_a_year],
        description="If left empty, as long as the list",
    )
    source = SelectField(
        "Source, if graded",
        choices={"": "Not graded", **{k.value: v for k, v in SOURCE_WORDS.items()}},
        coerce=one_of(Source),
    )
    information = SelectField(
        "Information, if graded",
        choices={"": "Not graded", **{k.value: v for k, v in INFORMATION_WORDS.items()}},
        coerce=one_of(Information),
    )

    def __iter__(self) -> Iterator[Field]:
        """Yield what is watched first, then what is said of it."""
        last = {"reason": 1, "expires_on": 2, "source": 3, "information": 4}
        fields: Iterator[Field] = super().__iter__()
        return iter(sorted(fields, key=lambda one: last.get(one.short_name, 0)))

    def about(self) -> About:
        """Return what is said; call only once valid."""
        return About(
            reason=answered(self.reason.data),
            expires_on=self.expires_on.data,
            source=self.source.data,
            information=self.information.data,
        )


class EntryForm(AboutForm):
    """One entry."""

    sort = SelectField(
        "What is it?",
        [Required("Choose what it is")],
        choices=SORTS,
        coerce=one_of(EntitySort),
    )
    text = StringField(
        "Name, address or number",
        [Required("Enter who or what is watched"), AtMost(SHORT)],
        description="In any script. Names match in other scripts, spellings and orders too",
    )
    country = CountryField("Country, if known", [Optional()])
    born = DatePartsField("Date of birth, of a person", [Optional()])
    number = StringField("Number of a person or organisation", [AtMost(SHORT)])
    number_sort = SelectField(
        "Which number is it?", [Optional()], choices=NUMBERS, coerce=one_of(NumberSort)
    )
    watched: Watched | None = None  # what was read, once valid

    def validate(self, **kwargs: Any) -> bool:
        """Read what is watched; say what of it cannot be."""
        if not super().validate(**kwargs) or self.contradicts():
            return False
        known = Known(
            country=self.country.data or "",
            born=self.born.data,
            number=self.number.data or "",
            number_sort=self.number_sort.data,
        )
        try:
            self.watched = read(self.sort.data, answered(self.text.data), known)
        except UnreadableError as error:
            self.text.errors = [str(error)]
        return self.watched is not None

    def contradicts(self) -> bool:
        """Say which answers do not go with the sort."""
        sort = self.sort.data
        if sort not in SUBJECTS and self.number.data:
            self.number.errors = ["Only a person or organisation has a number beside its name"]
        if sort is not EntitySort.PERSON and self.born.data:
            self.born.errors = ["Only a person has a date of birth"]
        if self.country.data and sort not in SUBJECTS | NATIONAL | {EntitySort.ADDRESS}:
            self.country.errors = [f"A country says nothing of this: {WATCHED[sort].lower()}"]
        return bool(self.number.errors or self.born.errors or self.country.errors)


class PasteForm(AboutForm):
    """Many entries of one sort."""

    sort = SelectField(
        "What are they?",
        [Required("Choose what they are")],
        choices=SORTS,
        coerce=one_of(EntitySort),
    )
    lines = TextAreaField(
        "One on each line",
        [Required("Paste at least one line"), AtMost(PASTED)],
        description="After a name, address or number may follow a country code; after a name also a"
        " date of birth and a number: Somchai Jaidee; TH; 1984-03-27; AA1234567",
    )
    watched: tuple[Watched, ...] = ()
    wrong: tuple[str, ...] = ()  # which lines, and why

    def validate(self, **kwargs: Any) -> bool:
        """Read every line; nothing is taken while one cannot be."""
        if not super().validate(**kwargs):
            return False
        found, wrong = read_lines(self.sort.data, self.lines.data or "", countries_in("en"))
        if wrong:
            lines = "1 line" if len(wrong) == 1 else f"{len(wrong):,} lines"
            self.lines.errors = [f"{lines} cannot be taken, so that nothing was"]
        self.wrong = tuple(wrong[:MOST_ERRORS])
        self.watched = tuple(found)
        return not wrong


class WatchForm(AboutForm):
    """On which list somebody comes that the portal knows already."""

    watch_list = SelectField("On which list?", [Required("Choose a list")], choices={})

    def list_id(self) -> UUID:
        """Return the list's id; call only once valid."""
        return UUID(self.watch_list.data)


class EntriesForm(GetForm):
    """Which entries of a list are shown."""

    q = StringField("Find in this list", [AtMost(SHORT)])
    after = StringField("After", [Optional(), ID()])
