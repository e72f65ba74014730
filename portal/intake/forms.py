"""Buttons and the last confirmation before sending."""

from wtforms import BooleanField, StringField

from portal.core.forms import PortalForm


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
