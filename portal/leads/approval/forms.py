"""What is asked of who decides on a lead."""

from collections.abc import Iterable

from wtforms import FieldList, FormField, HiddenField, TextAreaField

from portal.core.forms import LONG, AtMost, PortalForm, Required
from portal.leads.wording import Place


class SeenForm(PortalForm):
    """A decision on the words that were read."""

    seen = HiddenField("Seen")  # their seal


class ReasonForm(SeenForm):
    """A decision with a typed reason."""

    reason = TextAreaField("Why?", [Required("Say why"), AtMost(LONG)])


class PlaceRemarkForm(PortalForm):
    """What must be changed at one place."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    place = HiddenField("Place")
    text = TextAreaField("What must be changed here?", [AtMost(LONG)])


class SendBackForm(PortalForm):
    """What must be changed, on the whole and place by place."""

    remark = TextAreaField("What must be changed on the whole?", [AtMost(LONG)])
    places = FieldList(FormField(PlaceRemarkForm))

    def fill(self, places: Iterable[Place]) -> None:
        """Offer a remark on each place."""
        for place in places:
            self.places.append_entry({"place": place.key})

    def remarks(self) -> dict[str, str]:
        """Return the remarks by place."""
        return {
            one.form.place.data or "": one.form.text.data or ""
            for one in self.places
            if one.form.text.data
        }
