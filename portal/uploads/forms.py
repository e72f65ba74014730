"""Sending a sheet, and choosing what is filed of it."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import Optional

from portal.core.forms import SHORT, AtMost, GetForm, PortalForm, Required, one_of, options
from portal.uploads.data import Choice


class SheetForm(PortalForm):
    """A sheet, what it holds, and who says that it is true."""

    kind = SelectField("What does the sheet hold?", [Required("Choose what the sheet holds")])
    file = FileField(
        "Sheet",
        [FileRequired("Choose a file")],
        description="CSV or Excel (xlsx), at most 100,000 rows and 25 MB",
    )
    declared_by = StringField(
        "Your name",
        [Required("Enter your name"), AtMost(SHORT)],
        description="It stands in each record whose row names nobody else",
    )
    true = BooleanField(
        "I declare that everything in the sheet is true and complete as far as I know",
        [Required("Tick the declaration")],
    )


class ChoiceForm(PortalForm):
    """What is filed."""

    choice = RadioField(
        "What is to be filed?",
        [Required("Choose what is to be filed")],
        choices=options(Choice),
        coerce=one_of(Choice),
    )
    sure = BooleanField(
        "File it now: it cannot be taken back", [Required("Tick that it is to be filed")]
    )


class ButtonForm(PortalForm):
    """A form that is only a button: it carries the token."""


class PageForm(GetForm):
    """Where the page before ended."""

    after = IntegerField("After", [Optional()])
