"""The filter of the queue, saved views, deeds on many cases, notes between shifts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    Field,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, ValidationError

from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    GetForm,
    PortalForm,
    Required,
    RequiredIf,
    label_of,
    one_of,
    options,
)
from portal.triage.desk.data import PAGE, Clock, Order, Wanted, Whose, Within, read_id
from portal.triage.desk.models import Shift
from portal.triage.life import CHOSEN, Outcome, Status


def one_id(value: Any) -> UUID | None:
    """Return an id; none for no answer."""
    return value if isinstance(value, UUID) else UUID(value) if value else None


class QueueForm(GetForm):
    """Which part of the queue, in which order."""

    status = SelectField(
        "Status",
        choices={"": "All open", **{s.value: label_of(s) for s in Status}},
        coerce=one_of(Status),
    )
    whose = SelectField(
        "Whose", choices={w.value: label_of(w) for w in Whose}, default=Whose.ANYBODY.value
    )
    kind = SelectField("Kind", choices={"": "All kinds"}, default="")
    order = SelectField("Order", choices=options(Order), coerce=Order, default=Order.WORST)
    substance = SelectField("Substance", choices={"": "All substances"}, default="")
    country = CountryField("Country named")
    company = StringField(
        "Reporting company",
        [AtMost(SHORT)],
        description="Its name, or a part of it",
        render_kw={"data-suggest-url": "/triage/companies.json", "autocomplete": "off"},
    )
    within = SelectField(
        "Received within", choices=options(Within, blank="Any time"), coerce=one_of(Within)
    )
    clock = SelectField(
        "Clock ends", choices=options(Clock, blank="At any time"), coerce=one_of(Clock)
    )
    stoppable = BooleanField("Can still be stopped")
    flagged = BooleanField("Flagged")
    after = StringField("After", [AtMost(SHORT)])
    before = StringField("Before", [AtMost(SHORT)])
    open = StringField("Open", [AtMost(SHORT)])
    view = StringField("View", [AtMost(SHORT)])

    def asked(self) -> bool:
        """Tell whether the address asks for anything."""
        return any(field.raw_data for field in self)

    def to_data(self) -> Wanted:
        """Return what is wanted; what cannot be read counts as not asked."""
        officer = None if self.read("whose", "") in set(Whose) else self.read("whose", "")
        return Wanted(
            status=self.read("status"),
            kind=self.read("kind", ""),
            whose=Whose.ANYBODY if officer else Whose(self.read("whose", Whose.ANYBODY)),
            officer=UUID(officer) if officer else None,
            substance=self.read("substance", ""),
            country=self.read("country", ""),
            company=read_id(self.read("company")),
            within=self.read("within"),
            clock=self.read("clock"),
            stoppable=self.read("stoppable", False),  # noqa: FBT003  the answer of a box
            flagged=self.read("flagged", False),  # noqa: FBT003
            order=self.read("order", Order.WORST),
            after=self.read("after", ""),
            before=self.read("before", ""),
        )

    def read(self, name: str, otherwise: Any = None) -> Any:
        """Return one answer, if it can be read."""
        field: Field = self[name]
        return otherwise if field.errors or not field.data else field.data

    def opened(self) -> UUID | None:
        """Return the case that is shown beside the queue."""
        return read_id(self.open.data)

    def viewed(self) -> UUID | None:
        """Return the saved view that is shown."""
        return read_id(self.view.data)


class LiveForm(QueueForm):
    """The same filter, and since when news count."""

    since = StringField("Since", [AtMost(SHORT)])

    def moment(self, now: datetime) -> datetime:
        """Return since when news count; now, where the address does not say."""
        try:
            told = datetime.fromisoformat((self.since.data or "").replace(" ", "+"))
        except ValueError:
            return now
        return told if told.tzinfo else now


class FindForm(GetForm):
    """A reference to look up."""

    reference = StringField("Find a case by its reference", [AtMost(SHORT)], id="desk-find")


class TypedForm(GetForm):
    """What somebody has typed so far of a company's name."""

    q = StringField("Company", [AtMost(SHORT)])


class CompareForm(GetForm):
    """Two submissions to lay side by side."""

    left = StringField("Left", [AtMost(SHORT)])
    right = StringField("Right", [AtMost(SHORT)])

    def ids(self) -> tuple[UUID, UUID] | None:
        """Return both ids; none where one cannot be read, or both are the same."""
        left, right = read_id(self.left.data), read_id(self.right.data)
        return (left, right) if left and right and left != right else None


class ViewForm(PortalForm):
    """A name for what the queue shows."""

    name = StringField(
        "Name of the view",
        [Required("Enter a name"), AtMost(60)],
        description="A view of yours that has this name is replaced",
    )
    shared = BooleanField("Share it with the office")


class KeysForm(PortalForm):
    """Whether single keys do something."""

    keys = BooleanField("Single keys do something on the queue and on cases")


def chosen(_form: Form, field: Field) -> None:
    """Refuse none, and more than a page."""
    if not field.data:
        raise ValidationError("Tick at least one case")
    if len(field.data) > PAGE:
        raise ValidationError(f"Tick at most {PAGE} cases; there are {len(field.data)}")


class CasesForm(PortalForm):
    """Cases that were ticked."""

    cases = SelectMultipleField("Cases", [chosen], coerce=UUID, validate_choice=False)


DEEDS = {
    "take": "Take",
    "unassign": "Give back to the queue",
    "assign": "Assign to the officer",
    "close": "Close with the outcome",
}


class BulkForm(CasesForm):
    """One deed on many cases."""

    class Meta(PortalForm.Meta):
        """Say nowhere that an answer may stay open: that depends on the deed."""

        search = True

    deed = SelectField("What to do", [Required("Choose what to do")], choices=DEEDS)
    officer = SelectField(
        "Officer, to assign",
        [RequiredIf("deed", {"assign"}, "Choose an officer")],
        choices={"": "Choose"},
        coerce=one_id,
    )
    outcome = SelectField(
        "Outcome, to close",
        [RequiredIf("deed", {"close"}, "Choose the outcome")],
        choices={"": "Choose", **{o.value: label_of(o) for o in Outcome if o in CHOSEN}},
        coerce=one_of(Outcome),
    )
    reason = TextAreaField(
        "Why, to close", [RequiredIf("deed", {"close"}, "Enter the reason"), AtMost(LONG)]
    )


class ReassignForm(PortalForm):
    """Cases of one officer for another."""

    giver = SelectField(
        "From", [Required("Choose whose cases")], choices={"": "Choose"}, coerce=one_id
    )
    taker = SelectField(
        "To", [Required("Choose an officer")], choices={"": "Choose"}, coerce=one_id
    )
    number = IntegerField(
        "How many, the worst first",
        [Required("Enter a number"), NumberRange(1, PAGE, f"Enter a number from 1 to {PAGE}")],
        default=PAGE,
    )


class ShiftForm(PortalForm):
    """What the next shift must know, and the cases it gets."""

    shift = SelectField("Your shift", choices=options(Shift), coerce=Shift)
    text = TextAreaField(
        "What the next shift must know",
        [Required("Enter what the next shift must know"), AtMost(LONG)],
        description="Every officer reads this: name cases by their references, not people",
    )
    cases = SelectMultipleField(
        "Cases to hand over",
        coerce=UUID,
        description="They go back to the queue for the next shift",
    )


def choose(field: SelectField | SelectMultipleField, values: dict[str, str]) -> None:
    """Add what can be chosen to a field."""
    field.choices = {**(field.choices or {}), **values}
