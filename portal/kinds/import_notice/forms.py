"""The first page of an import notice; the others are shared."""

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from portal.core.forms import SHORT, AtMost, DatePartsField, Required
from portal.kinds.notices.forms import PLACE_HINT, PLACES, ShipmentForm, place


class ArrivalForm(ShipmentForm):
    """What comes in, and when."""

    dispatch_on = DatePartsField(
        "When do they leave the other country?",
        [Required("Enter the day on which they leave")],
        description="For example, 27 3 2027",
    )
    arrival_on = DatePartsField(
        "When are they to arrive here?", [Required("Enter the day on which they are to arrive")]
    )
    exit_point = StringField(
        "Where do they leave the other country?",
        [Required("Enter the point of exit"), AtMost(SHORT), place],
        description=PLACE_HINT,
        render_kw=PLACES,
    )
    entry_point = StringField(
        "Where do they enter this country?",
        [Required("Enter the point of entry"), AtMost(SHORT), place],
        description=PLACE_HINT,
        render_kw=PLACES,
    )

    def validate_arrival_on(self, field: Any) -> None:
        """Keep the dates in order."""
        if field.data and self.dispatch_on.data and field.data < self.dispatch_on.data:
            raise ValidationError("Enter an arrival that is not before the departure")
