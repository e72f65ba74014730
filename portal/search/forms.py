"""The search and its filters."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from wtforms import SelectField, StringField

from portal.core.forms import (
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    GetForm,
    label_of,
    one_of,
    options,
    sent_by,
)
from portal.search.data import MOST_CHARACTERS, Order, Sort, Wanted
from portal.triage.life import Status


class SearchForm(GetForm):
    """What is looked for, and within which."""

    q = StringField("Words, names or numbers", [AtMost(MOST_CHARACTERS)])
    sort = SelectField("What", choices=options(Sort), coerce=Sort, default=Sort.ALL)
    order = SelectField("Order", choices=options(Order), coerce=Order, default=Order.BEST)
    kind = SelectField("Kind", choices={"": "All kinds"}, default="")
    status = SelectField(
        "Status",
        choices={"": "Any status", **{one.value: label_of(one) for one in Status}},
        coerce=one_of(Status),
    )
    substance = SelectField("Substance", choices={"": "Any substance"}, default="")
    country = CountryField("Country named")
    company = StringField(
        "Reporting company", [AtMost(SHORT)], description="Its whole name or reference"
    )
    begin = DatePartsField("Received from")
    end = DatePartsField("Received until")
    after = StringField("After", [AtMost(SHORT)])

    def offer(self, kinds: Mapping[str, str], substances: Mapping[str, str]) -> None:
        """Fill the lists."""
        self.kind.choices = {"": "All kinds", **kinds}
        self.substance.choices = {"": "Any substance", **substances}

    def refuse(self, field: str, message: str) -> None:
        """Add an error that only the database could find."""
        self[field].errors = [*self[field].errors, message]

    def narrowed(self) -> bool:
        """Tell whether a filter is used or is wrong, so that the filters are shown."""
        shown = (f for f in self if f.short_name not in {"q", "after"})
        return any(f.errors or f.data not in {None, "", f.default} for f in shown)

    def asked(self, after: str) -> dict[str, list[str]]:
        """Return the answers of the address of the page that begins after a place."""
        sent = {name: values for name, values in sent_by(self).items() if any(values)}
        return sent | {"after": [after]}

    def to_data(self, companies: Sequence[UUID]) -> Wanted:
        """Return the filters; call only once valid."""
        return Wanted(
            sort=self.sort.data or Sort.ALL,
            order=self.order.data or Order.BEST,
            kind=self.kind.data or "",
            status=self.status.data,
            substance=self.substance.data or "",
            country=self.country.data or "",
            companies=tuple(companies),
            begin=self.begin.data,
            end=self.end.data,
            after=self.after.data or "",
        )
