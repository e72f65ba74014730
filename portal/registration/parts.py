"""The pages on the parts of a vetting file: licences, sites, deputies, and what changes seldom."""

from enum import StrEnum
from typing import Any

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.db import get_session
from portal.core.files import LIMITS
from portal.core.forms import (
    SHORT,
    AtMost,
    PortalForm,
    Required,
    email,
    lines_of,
    optional,
    phone,
)
from portal.core.languages import gettext
from portal.reference import queries as reference
from portal.registration.forms import PHONE_HINT, LicencePart, OfficerForm, SitePart


class PartSort(StrEnum):
    """What a part of a vetting file is called."""

    LICENCE = "licence"
    SITE = "site"
    DEPUTY = "deputy"


EXACT = 100  # score of a name or number typed in full
MOST_SUBSTANCES = 100  # of one licence


def need(field: Any, message: str) -> None:
    """Ask for an answer that the application leaves open, in the same place of the page."""
    field.validators = [Required(message), *field.validators]
    field.flags.required = True


class LicenceForm(LicencePart):
    """A licence with its document."""

    class Meta(PortalForm.Meta):
        """This is a page's own form."""

        csrf = True

    substances = TextAreaField(
        "Substances it covers",
        [AtMost(5000)],
        description="One on each line, by name or CAS number, if it covers certain substances only",
    )
    file = FileField("Document", description=LIMITS)

    keys: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        need(self.number, "Enter the number of the licence")

    def validate_substances(self, field: Any) -> None:
        """Find each substance on the list."""
        keys = []
        for number, line in enumerate(lines_of(field.data), start=1):
            if number > MOST_SUBSTANCES:
                raise ValidationError(gettext("Use at most %(most)s lines", most=MOST_SUBSTANCES))
            hits = reference.find_substances(get_session(), line)
            exact = {hit.substance.key for hit in hits if hit.score >= EXACT}
            if len(exact) != 1:
                words = gettext(
                    "Line %(number)s: no single substance on the list has this name or number."
                    " Use its CAS number",
                    number=number,
                )
                raise ValidationError(words)
            keys.append(exact.pop())
        self.keys = tuple(dict.fromkeys(keys))

    def said(self) -> dict[str, Any]:
        """Return the licence by column."""
        return super().said() | {"substances": list(self.keys)}


class SiteForm(SitePart):
    """A site."""

    class Meta(PortalForm.Meta):
        """This is a page's own form."""

        csrf = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        need(self.name, "Enter the name of the site")
        need(self.address, "Enter the address of the site")
        need(self.country, "Choose the country")


class DeputyForm(PortalForm):
    """Somebody who stands in for the responsible officer."""

    name = StringField("Name", [Required("Enter the name"), AtMost(SHORT)])
    position = StringField("Position", [AtMost(SHORT)])
    phone = StringField(
        "Telephone, day and night",
        [Required("Enter a telephone number"), optional(phone)],
        description=PHONE_HINT,
    )
    email = StringField("E-mail address", [optional(email)])

    def said(self) -> dict[str, Any]:
        """Return the deputy by column."""
        return {name: self[name].data or "" for name in ("name", "position", "phone", "email")}


class FactsForm(OfficerForm):
    """What a company changes of itself without asking; name and numbers are the registrar's."""

    legal_form = StringField("Legal form", [AtMost(SHORT)], description="Such as B.V. or LLC")
    trade_names = TextAreaField("Trade names", [AtMost(1000)], description="One on each line")
    other_addresses = TextAreaField(
        "Other addresses",
        [AtMost(5000)],
        description="Such as for post or invoices. One on each line. Places where you handle"
        " substances are sites",
    )

    def said(self) -> dict[str, Any]:
        """Return what may be changed, by column."""
        names = ("legal_form", "trade_names", "other_addresses")
        return super().said() | {name: self[name].data or "" for name in names}
