"""The first page of a transit notice; the others are shared."""

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from portal.core.forms import SHORT, AtMost, DatePartsField, Required
from portal.kinds.notices.forms import PLACE_HINT, PLACES, ShipmentForm, place


class PassageForm(ShipmentForm):
    """What passes through, and when."""

    arrival_on = DatePartsField(
        "When do they enter this country?", [Required("Enter the day on which they enter")]
    )
    dispatch_on = DatePartsField(
        "When do they leave it again?",
        [Required("Enter the day on which they leave")],
        description="For example, 27 3 2027",
    )
    entry_point = StringField(
        "Where do they enter this country?",
        [Required("Enter the point of entry"), AtMost(SHORT), place],
        description=PLACE_HINT,
        render_kw=PLACES,
    )
    exit_point = StringField(
        "Where do they leave it?",
        [Required("Enter the point of exit"), AtMost(SHORT), place],
        description=PLACE_HINT,
        render_kw=PLACES,
    )

    def validate_arrival_on(self, field: Any) -> None:
        """Goods leave after they came."""
        if field.data and self.dispatch_on.data and field.data > self.dispatch_on.data:
            raise ValidationError("Enter a day that is not after the one on which they leave")
