"""What an officer chooses of a picture."""

from wtforms import IntegerRangeField, SelectField, StringField

from portal.core.forms import SHORT, AtMost, GetForm

YEAR, MONTH = 365, 30
PERIODS = {str(YEAR): "365 days", str(MONTH): "30 days"}


class QuantitiesForm(GetForm):
    """Which substance, over how long."""

    substance = SelectField("Substance", choices={})
    days = SelectField("Over", choices=PERIODS, default=str(YEAR))

    def period(self) -> int:
        """Return the days; what cannot be read counts as a year."""
        if self.days.data not in PERIODS:
            self.days.data = str(YEAR)
        return int(self.days.data)

    def wanted(self, usual: str) -> str:
        """Return the substance, by default the usual one; nothing when there is none to choose."""
        keys = [str(key) for key in self.substance.choices]
        if self.substance.data not in keys:
            first = keys[0] if keys else ""
            self.substance.data = usual if usual in keys else first
        return str(self.substance.data)


class NetworkForm(GetForm):
    """What the script of the network reads; nothing of it is sent."""

    until = IntegerRangeField("Filed up to", default=0)
    find = StringField("Find in the picture", [AtMost(SHORT)])
    begin = SelectField("Path from", choices={})
    end = SelectField("to", choices={})
