"""The officers' questions on a hand-over."""

from uuid import UUID

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    DatePartsField,
    PortalForm,
    Required,
    answered,
)
from portal.partners.models import Consent


class HandOverForm(PortalForm):
    """To whom a lead is given, and until when they may read it."""

    partners = SelectMultipleField("Partners", [Required("Choose at least one partner")])
    expires_on = DatePartsField(
        "May be read until",
        [Optional()],
        description="Left empty, and at the latest: as long as the lead and the agreement allow",
    )

    def wanted(self) -> list[UUID]:
        """Return the chosen partners; call only once valid."""
        return [UUID(one) for one in self.partners.data or ()]


class ButtonForm(PortalForm):
    """A form that is only a button."""


class RecallForm(PortalForm):
    """Why a hand-over is taken back."""

    reason = TextAreaField(
        "Why is it taken back?",
        [Required("Say why it is taken back"), AtMost(LONG)],
        description="For this authority. The partner is told that it was recalled, and no reason",
    )


class ExpiryForm(PortalForm):
    """Until when a partner may read."""

    expires_on = DatePartsField(
        "May be read until",
        [Optional()],
        description="Left empty, and at the latest: as long as the lead and the agreement allow",
    )


class ConsentForm(PortalForm):
    """What an originator answered when asked."""

    originator = SelectField("Who told it", [Required("Choose the partner")], choices={})
    given_by = StringField("Who agreed there", [Required("Enter name and position"), AtMost(SHORT)])
    given_on = DatePartsField("On which day", [Required("Enter the day")])
    limits = TextAreaField("On what terms", [AtMost(LONG)])

    def to_consent(self) -> Consent:
        """Return the answer, unsaved; call only once valid."""
        return Consent(
            originator_id=UUID(answered(self.originator.data)),
            given_by=self.given_by.data,
            given_on=self.given_on.data,
            limits=self.limits.data or "",
        )
