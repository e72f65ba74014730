"""The partner's answers to a hand-over."""

from wtforms import TextAreaField

from portal.core.forms import LONG, AtMost, PortalForm


class AcknowledgeForm(PortalForm):
    """The partner's receipt."""

    answer = TextAreaField(
        "Message to the authority",
        [AtMost(LONG)],
        description="For example, who deals with it and how to reach them",
    )
