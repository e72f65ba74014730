"""The pages of a sighting."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    PortalForm,
    Required,
    answered,
    one_of,
    options,
)
from portal.kinds.sighting.data import Done, How

PLACES = {"data-suggest-url": "/places/suggest.json", "autocomplete": "off"}


class SeenForm(PortalForm):
    """What was seen, where and when."""

    once = ("seen_time",)

    seen_on = DatePartsField(
        "On which day was it seen?",
        [Required("Enter the day")],
        description="For example, 27 3 2026",
    )
    seen_time = StringField(
        "At about what time?", [AtMost(40)], description="Local time, such as 14:30"
    )
    place = StringField(
        "Where?",
        [Required("Enter the place"), AtMost(SHORT)],
        description="UN/LOCODE such as NLRTM, or the name of the post, port or road",
        render_kw=PLACES,
    )
    place_country = CountryField("Country of the place", [Required("Choose the country")])
    how = SelectField(
        "How was it found?",
        [Required("Choose how it was found")],
        choices=options(How, blank="Choose"),
        coerce=one_of(How),
    )
    what = TextAreaField(
        "What was seen?",
        [Required("Say what was seen"), AtMost(LONG)],
        description="In your own words: what stood there, what the papers said, what did not fit",
    )

    def validate_seen_on(self, field: Any) -> None:
        """Refuse the future; a day ahead is allowed for other time zones."""
        if field.data and (field.data - utc_now().date()).days > 1:
            raise ValidationError("Enter a day that is not in the future")

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "seen_on": answered(self.seen_on.data),
            "seen_time": self.seen_time.data or None,
            "place": answered(self.place.data),
            "place_country": answered(self.place_country.data),
            "how": answered(self.how.data),
            "what": answered(self.what.data),
        }


class DoneForm(PortalForm):
    """What was done with it."""

    done = RadioField(
        "What was done with it?",
        [Required("Choose what was done")],
        choices=options(Done),
        coerce=one_of(Done),
    )
    done_words = TextAreaField(
        "More about that",
        [AtMost(LONG)],
        description="Such as: opened with customs, two samples taken, sealed again",
    )
    held_until = DatePartsField(
        "Until when can it be held?",
        [Optional()],
        description="The last day on which the authority can still ask you to keep it",
    )
    case_number = StringField(
        "Your case number", [AtMost(SHORT)], description="Such as BKK-26-17, to name it later"
    )

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "done": answered(self.done.data),
            "done_words": self.done_words.data or None,
            "held_until": self.held_until.data,
            "case_number": self.case_number.data or None,
        }
