"""Buttons and answers of a hand-over."""

from wtforms import RadioField, TextAreaField

from portal.core.forms import LONG, AtMost, PortalForm, Required


class HandOverForm(PortalForm):
    """To whom a lead is given."""

    partner = RadioField("Give this lead to", [Required("Choose a partner")], choices={})


class AcknowledgeForm(PortalForm):
    """The partner's receipt."""

    answer = TextAreaField(
        "Message to the authority",
        [AtMost(LONG)],
        description="For example, who deals with it and how to reach them",
    )
