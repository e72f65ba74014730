"""Making a key, and saying where to send news."""

from datetime import timedelta
from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import ValidationError

from portal.api.addresses import RefusedAddressError, written_right
from portal.api.data import LONGEST, SCOPE_WORDS, Scope
from portal.core.clock import utc_now
from portal.core.forms import SHORT, AtMost, DatePartsField, PortalForm, Required, options
from portal.submissions.rules import Outer

USUAL = timedelta(days=180)
MOST_URL = 2000  # characters


class ButtonForm(PortalForm):
    """A form that is only a button."""


class KeyForm(PortalForm):
    """A new key."""

    name = StringField(
        "What is it for?",
        [Required("Say what the key is for"), AtMost(SHORT)],
        description="Such as: order system in Rotterdam",
    )
    scopes = SelectMultipleField(
        "What may it be used for?",
        [Required("Choose at least one")],
        choices={scope.value: words for scope, words in SCOPE_WORDS.items()},
        coerce=Scope,
        description="Give no more than the machine needs",
    )
    expires_on = DatePartsField(
        "On which day does it end?",
        [Required("Enter the last day on which it works")],
        default=lambda: utc_now().date() + USUAL,
        description="At most a year from today. Make a new key before, and change over",
    )

    def validate_expires_on(self, field: Any) -> None:
        """Keep to a year from today."""
        today = utc_now().date()
        if field.data and not today <= field.data <= today + LONGEST:
            raise ValidationError("Enter a day from today to a year from today")


class WebhookForm(PortalForm):
    """A new webhook."""

    url = StringField(
        "Address",
        [Required("Enter the address"), AtMost(MOST_URL)],
        description="Such as https://orders.example.com/portal-news. It must be open to the"
        " internet, begin with https, and answer within 10 seconds",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    events = SelectMultipleField(
        "Of which new states do you want to hear?",
        [Required("Choose at least one")],
        choices=options(Outer),
        coerce=Outer,
        default=list(Outer),
    )

    def validate_url(self, field: Any) -> None:
        """Refuse what can never be reached from here; the rest is known when it is tried."""
        try:
            field.data = written_right(field.data)
        except RefusedAddressError as error:
            raise ValidationError(str(error)) from None
