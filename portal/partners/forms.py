"""The partner's answers to a hand-over."""

from wtforms import StringField, TextAreaField
from wtforms.validators import UUID, Optional

from portal.core.forms import LONG, AtMost, GetForm, PortalForm


class AcknowledgeForm(PortalForm):
    """The partner's receipt."""

    answer = TextAreaField(
        "Message to the authority",
        [AtMost(LONG)],
        description="For example, who deals with it and how to reach them",
    )


class InboxForm(GetForm):
    """Which page of the inbox."""

    before = StringField("Before", [Optional(), UUID()])

    def valid_before(self) -> bool:
        """Tell whether a page after the first is asked for."""
        return bool(self.before.data) and bool(self.validate())
