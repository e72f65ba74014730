"""The forms of a plan, of a country on its route, of what that says, and of the log."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import UUID as ID
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.core.files import LIMITS, Incoming
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
    container_number,
    email,
    lines_of,
    locode,
    one_a_line,
    one_of,
    optional,
    options,
    phone,
)
from portal.deliveries.consenting import Said
from portal.deliveries.data import BY_HAND, SUBSTITUTION_WORDS, EntrySort, Result, Substitution
from portal.deliveries.log import Told
from portal.deliveries.queries import SAID, SAID_OF_HALT, zone
from portal.deliveries.rules.consents import Act
from portal.leads.data import Marking

MOST_RISKS = 20
MOST_HALTS = 30
NARROWEST = (Marking.AMBER, Marking.AMBER_STRICT, Marking.RED)  # no plan is for a wider circle
ACTS: Mapping[Act, str] = {
    Act.ASK: "It was asked",
    Act.RECEIVE: "It agrees",
    Act.REFUSE: "It refuses",
    Act.WITHDRAW: "It withdraws its consent",
}


class HeldForm(PortalForm):
    """A form of somebody who saw the plan in a version."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """Return the version that was seen."""
        return int(self.version.data) if str(self.version.data or "").isdigit() else None


class RiskForm(PortalForm):
    """A risk with its measure."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    risk = TextAreaField("What may go wrong?", [AtMost(LONG)])
    measure = TextAreaField("What is done against it?", [AtMost(LONG)])

    def validate_measure(self, field: Any) -> None:
        """A measure is against something."""
        if field.data and not self.risk.data:
            raise ValidationError("Say against which risk this is")


class PlanForm(HeldForm):
    """What a plan says; it may be saved incomplete, and is checked when it is submitted."""

    title = StringField("Title", [Required("Enter a title"), AtMost(SHORT)])
    purpose = TextAreaField(
        "What is it for?", [Required("Say what it is for"), AtMost(LONG)], description="The aim"
    )
    marking = SelectField(
        "Marking",
        [Required("Choose the marking")],
        choices={"": "Choose", **{m.value: m.value for m in NARROWEST}},
        coerce=one_of(Marking),
        description="Traffic Light Protocol 2.0; stands on each page of the printed plan",
    )
    in_charge = SelectField("Person in charge", [Optional()], choices={})
    in_charge_phone = StringField(
        "Telephone of the person in charge", [optional(phone), AtMost(SHORT)]
    )
    deputy = SelectField("Deputy", [Optional()], choices={})
    deputy_phone = StringField("Telephone of the deputy", [optional(phone), AtMost(SHORT)])
    references = TextAreaField(
        "Submissions concerned",
        [AtMost(LONG), one_a_line(most=50)],
        description="References, one on each line",
    )
    containers = TextAreaField(
        "Containers concerned",
        [AtMost(LONG), one_a_line(container_number, most=50)],
        description="Numbers such as CSQU3054383, one on each line",
    )
    substitution = SelectField(
        "Are the goods replaced?",
        [Required("Choose whether the goods are replaced")],
        choices={one.value: words for one, words in SUBSTITUTION_WORDS.items()},
        coerce=one_of(Substitution),
        description="Countries agree to this too: changing it opens their consents again",
    )
    substituted_with = TextAreaField("With what?", [AtMost(LONG)])
    substituted_by = TextAreaField("By whom?", [AtMost(LONG)])
    substituted_where = TextAreaField("Where?", [AtMost(LONG)])
    watching = TextAreaField(
        "By what means are the goods watched?",
        [AtMost(LONG)],
        description="For example, a beacon, a seal with radio, observation teams and where they "
        "hand over",
    )
    communication = TextAreaField(
        "Who talks to whom, when and how?",
        [AtMost(LONG)],
        description="Reports, call signs, what happens when nobody answers",
    )
    cost = TextAreaField("What does it cost?", [AtMost(LONG)])
    payer = TextAreaField("Who pays?", [AtMost(LONG)])
    risks = FieldList(FormField(RiskForm), min_entries=1, max_entries=MOST_RISKS)
    more = SubmitField("Add another risk")
    conditions = TextAreaField(
        "When is it stopped?",
        [AtMost(LONG), one_a_line(most=30)],
        description="One condition on each line. Whoever says that one is met stops it at once",
    )

    def validate_substitution(self, field: Any) -> None:
        """Say what contradicts: nothing is replaced, and yet it is told with what."""
        told = (self.substituted_with, self.substituted_by, self.substituted_where)
        if field.data is Substitution.NONE and any(one.data for one in told):
            raise ValidationError("Choose partial or full, or leave open with what it is replaced")

    def to_data(self) -> dict[str, Any]:
        """Return the answers as the plan keeps them."""
        return {
            **{name: self[name].data or "" for name in SAID},
            "marking": answered(self.marking.data),
            "substitution": answered(self.substitution.data),
            "in_charge_id": UUID(self.in_charge.data) if self.in_charge.data else None,
            "deputy_id": UUID(self.deputy.data) if self.deputy.data else None,
            "references": [one.upper() for one in lines_of(self.references.data)],
            "containers": lines_of(self.containers.data),
            "conditions": lines_of(self.conditions.data),
            "risks": [(e.risk.data, e.measure.data or "") for e in self.risks if e.risk.data],
        }


class HaltForm(HeldForm):
    """A country on the route."""

    number = IntegerField(
        "Its place in the order",
        [Required("Enter its place in the order"), NumberRange(1, MOST_HALTS, "Enter 1 to 30")],
    )
    country = CountryField("Country", [Required("Choose the country")])
    place = StringField(
        "Place",
        [Required("Enter the place"), AtMost(SHORT)],
        description="Where the goods come under the eyes of this country",
    )
    locode = StringField(
        "UN/LOCODE of the place",
        [optional(locode)],
        description="Such as NLRTM; puts it on the map",
    )
    planned_on = DatePartsField("Planned day", [Required("Enter the planned day")])
    planned_time = TimeField(
        "Planned time",
        [Required("Enter the planned time")],
        description="In the authority's time zone, such as 14:30",
    )
    legal_basis = TextAreaField(
        "Legal basis",
        [AtMost(LONG)],
        description="For example, the article of the law of this country",
    )
    authority = StringField("Authority", [AtMost(SHORT)])
    contact = StringField("Contact", [AtMost(SHORT)], description="Name or function")
    day_phone = StringField("Telephone by day", [optional(phone), AtMost(SHORT)])
    night_phone = StringField("Telephone by night", [optional(phone), AtMost(SHORT)])
    email = StringField("E-mail", [optional(email), AtMost(SHORT)])

    def to_data(self) -> dict[str, Any]:
        """Return the answers as the route keeps them."""
        return {
            **{name: self[name].data or "" for name in SAID_OF_HALT},
            "number": answered(self.number.data),
            "country": answered(self.country.data),
            "planned_at": moment(self.planned_on.data, self.planned_time.data),
        }


def moment(day: date | None, hour: time | None) -> datetime:
    """Return a day and time of the authority's zone."""
    return datetime.combine(answered(day), answered(hour), zone())


class ConsentForm(HeldForm):
    """What a country says."""

    act = SelectField("What happened?", [Required("Choose what happened")], choices={})
    said_on = DatePartsField("When?", [Required("Enter the day")])
    by_whom = StringField(
        "By whom?",
        [Required("Enter who asked or answered"), AtMost(SHORT)],
        description="The office or person of that country",
    )
    reference = StringField("Reference", [AtMost(SHORT)])
    conditions = TextAreaField("On what conditions?", [AtMost(LONG)])
    valid_from = DatePartsField("Valid from", [Optional()], description="Of a consent, if it says")
    valid_until = DatePartsField("Valid until", [Optional()], description="The last day")
    document = FileField("Document", description=LIMITS)

    def to_data(self, document: Incoming | None) -> Said:
        """Return what is recorded."""
        return Said(
            act=Act(self.act.data),
            said_on=answered(self.said_on.data),
            by_whom=answered(self.by_whom.data),
            reference=self.reference.data or "",
            conditions=self.conditions.data or "",
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            document=document,
        )


class EntryForm(PortalForm):
    """An entry of the log."""

    sort = SelectField(
        "What is it?",
        [Required("Choose what it is")],
        choices={"": "Choose", **{one.value: one.value.capitalize() for one in BY_HAND}},
        coerce=one_of(EntrySort),
    )
    on = DatePartsField("Day", [Required("Enter the day")])
    hour = TimeField(
        "Time",
        [Required("Enter the time")],
        description="In the authority's time zone, such as 14:30",
    )
    halt = SelectField("At which place of the route?", [Optional()], choices={})
    place = StringField("Where exactly?", [AtMost(SHORT)])
    who = StringField("Who?", [AtMost(SHORT)], description="Who saw it, said it or did it")
    text = TextAreaField("What?", [Required("Say what it was"), AtMost(LONG)])

    def to_data(self) -> Told:
        """Return what the entry tells."""
        return Told(
            sort=answered(self.sort.data),
            at=moment(self.on.data, self.hour.data),
            halt_id=UUID(self.halt.data) if self.halt.data else None,
            place=self.place.data or "",
            who=self.who.data or "",
            text=answered(self.text.data),
        )


class ReasonForm(HeldForm):
    """Why something is done."""

    reason = TextAreaField("Why?", [Required("Enter the reason"), AtMost(LONG)])


class StopForm(PortalForm):
    """Why it is stopped; asks for no version, since nothing may hold a stop up."""

    reason = TextAreaField("Why?", [Required("Enter the reason"), AtMost(LONG)])


class EndForm(HeldForm):
    """What came of it."""

    result = SelectField(
        "What came of it?",
        [Required("Choose what came of it")],
        choices=options(Result, blank="Choose"),
        coerce=one_of(Result),
    )
    text = TextAreaField("In words", [Required("Say what came of it"), AtMost(LONG)])


class PersonForm(PortalForm):
    """Who needs to know."""

    account = SelectField("Officer", [Required("Choose an officer")], choices={})

    def account_id(self) -> UUID:
        """Return the officer's id; call only once valid."""
        return UUID(self.account.data)


class ButtonForm(HeldForm):
    """A form that is only a button."""


class ListForm(GetForm):
    """Which page of the list."""

    before = StringField("Before", [Optional(), ID()])

    def valid_before(self) -> bool:
        """Tell whether a page after the first is asked for."""
        return bool(self.before.data) and bool(self.validate())
