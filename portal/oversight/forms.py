"""What an auditor looks for."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from portal.core.forms import SHORT, AtMost, DatePartsField, GetForm, PortalForm
from portal.oversight.data import Wanted


class TrailForm(GetForm):
    """Which entries of the trail."""

    deed = StringField(
        "Deed",
        [AtMost(SHORT)],
        description="Its beginning, such as submission or lead.approved",
    )
    person = StringField("Who", [AtMost(SHORT)], description="Part of the name or e-mail address")
    about = StringField(
        "About", [AtMost(SHORT)], description="The reference of a submission, or an id"
    )
    outcome = SelectField(
        "Outcome", choices={"": "All", "done": "Done", "refused": "Refused"}, default=""
    )
    since = DatePartsField("From", [Optional()])
    until = DatePartsField("To", [Optional()])
    before = IntegerField("Before", [Optional(), NumberRange(min=1)])

    def to_data(self) -> Wanted:
        """Return what is looked for; call only once valid."""
        return Wanted(
            deed=self.deed.data or "",
            person=self.person.data or "",
            about=self.about.data or "",
            outcome=self.outcome.data or "",
            since=self.since.data,
            until=self.until.data,
            before=self.before.data,
        )


class ButtonForm(PortalForm):
    """A form that is only a button."""
