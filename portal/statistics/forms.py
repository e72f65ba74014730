"""Which months, kind, substance and country are counted; why counts are taken away."""

from datetime import date

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from portal.core.forms import LONG, AtMost, GetForm, PortalForm, Required
from portal.core.languages import countries, month
from portal.statistics.data import Wanted
from portal.statistics.rules import month_of, months_between, years_before
from portal.submissions.kind import registered

YEARS = 10  # that can be chosen at most
FORMATS = {"csv": "CSV", "xlsx": "Excel workbook"}


class FilterForm(GetForm):
    """What is counted."""

    first = SelectField("From", [Optional()], choices={})
    last = SelectField("To", [Optional()], choices={})
    kind = SelectField("Kind", [Optional()], choices={})
    substance = SelectField("Substance", [Optional()], choices={})
    country = SelectField("Country", [Optional()], choices={})

    def offer(self, begun: date, today: date, substances: dict[str, str]) -> None:
        """Offer the months since the first submission, and what there is."""
        oldest = max(month_of(begun), years_before(month_of(today), YEARS))
        months = {one.isoformat(): month(one) for one in months_between(oldest, today)[::-1]}
        self.first.choices = months
        self.last.choices = months
        self.kind.choices = {"": "Any", **{k.slug: k.title for k in registered().values()}}
        self.substance.choices = {"": "Any", **substances}
        self.country.choices = {"": "Any", **countries()}
        earliest = max(oldest, years_before(month_of(today), 1))
        self.first.data = self.first.data or earliest.isoformat()
        self.last.data = self.last.data or month_of(today).isoformat()

    def wanted(self) -> Wanted:
        """Return what is asked for; call only once valid."""
        first, last = date.fromisoformat(self.first.data), date.fromisoformat(self.last.data)
        return Wanted(
            first=min(first, last),
            last=max(first, last),
            kind=self.kind.data or "",
            substance=self.substance.data or "",
            country=self.country.data or "",
        )

    def asked(self) -> dict[str, str]:
        """Return the answers, for an address."""
        names = ("first", "last", "kind", "substance", "country")
        return {name: self[name].data for name in names if self[name].data}


class YearForm(GetForm):
    """Which year."""

    year = SelectField("Year", [Optional()], choices={})

    def offer(self, today: date) -> None:
        """Offer the last years; the one before this is due first."""
        years = range(today.year, today.year - YEARS, -1)
        self.year.choices = {str(one): str(one) for one in years}
        self.year.data = self.year.data or str(today.year - 1)

    def wanted(self) -> int:
        """Return the year; call only once valid."""
        return int(self.year.data)


class ExportForm(PortalForm):
    """Why counts are taken away, and as what."""

    format = RadioField(
        "As what?", [Required("Choose the format")], choices=FORMATS, default="xlsx"
    )
    reason = TextAreaField(
        "What for?",
        [Required("Enter what they are for"), AtMost(LONG)],
        description="Kept with your name; auditors read it",
    )


class YearExportForm(ExportForm):
    """The yearly tables can be a paper too."""

    format = RadioField(
        "As what?",
        [Required("Choose the format")],
        choices={"pdf": "PDF", **FORMATS},
        default="pdf",
    )
