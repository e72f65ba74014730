"""The buttons of pairs and entities."""

from wtforms import HiddenField, StringField

from portal.core.forms import SHORT, AtMost, GetForm, PortalForm, Required
from portal.entities.data import Verdict

CHOICES = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNDECIDED)


class VerdictForm(PortalForm):
    """What an analyst says of two entities."""

    verdict = HiddenField("Verdict", [Required("Choose same, different or undecided")])
    note = StringField("Why (if it is not plain)", [AtMost(SHORT)])

    def chosen(self) -> Verdict | None:
        """Return what was chosen, if one may choose it."""
        return next((one for one in CHOICES if one.value == self.verdict.data), None)


class UndoForm(PortalForm):
    """A button that takes something back."""

    note = StringField("Why", [AtMost(SHORT)])


class PageForm(GetForm):
    """Where a page of a list begins."""

    after = StringField("After", [AtMost(SHORT)])
    put_aside = StringField("Put aside", [AtMost(SHORT)])
