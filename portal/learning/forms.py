"""The forms of thanks to companies."""

from wtforms import BooleanField, TextAreaField

from portal.core.forms import LONG, AtMost, PortalForm, Required

MOST = 1000  # characters


class ThanksForm(PortalForm):
    """Thanks as an analyst proposes them."""

    text = TextAreaField(
        "What the company reads",
        [Required("Enter the text"), AtMost(MOST)],
        description="In general words: no substance, place, date or person,"
        " nor that it was this report",
    )


class GiveForm(ThanksForm):
    """Thanks as a supervisor gives them."""

    specific = BooleanField("It says more than general words, and the company may know it")


class RefuseForm(PortalForm):
    """Why thanks are not given."""

    remark = TextAreaField("Why not?", [Required("Say why not"), AtMost(LONG)])
