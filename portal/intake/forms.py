"""Buttons and the last confirmation before sending."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField, TextAreaField

from portal.core.files import LIMITS
from portal.core.forms import LONG, SHORT, AtMost, PortalForm, Required


class ButtonForm(PortalForm):
    """A form that is only a button: it carries the token."""


class WayForm(PortalForm):
    """Which button of a page was pressed."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    way = StringField()


class SendForm(PortalForm):
    """The confirmation of what looks unlikely."""

    sure = BooleanField("I have checked the points above, and they are right")


class UploadForm(PortalForm):
    """One paper or picture."""

    file = FileField(
        "File",
        [FileRequired("Choose a file")],
        description=LIMITS,
    )
    note = StringField(
        "What it is", [AtMost(SHORT)], description="Such as: scan of the order, photo of the van"
    )


class WithdrawForm(PortalForm):
    """Why something is taken back."""

    reason = TextAreaField(
        "Why?",
        [Required("Say why"), AtMost(LONG)],
        description="Such as: filed twice; the order was a mistake of ours; the shipment is off",
    )
