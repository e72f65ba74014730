"""The pages that sightings and information requests share."""

from typing import Any

from wtforms import StringField, TextAreaField

from portal.core.forms import (
    SHORT,
    AtMost,
    PortalForm,
    container_number,
    imo_number,
    lines_of,
    one_a_line,
    optional,
)
from portal.kinds.traces.data import ROLES
from portal.submissions.questions import PartyForm, roles

EACH = "One on each line"


class TracesForm(PortalForm):
    """Containers, vehicles, vessels, papers."""

    containers = TextAreaField(
        "Container numbers",
        [AtMost(1000), one_a_line(container_number)],
        description="One on each line, such as CSQU3054383",
    )
    seals = TextAreaField("Seal numbers", [AtMost(1000), one_a_line()], description=EACH)
    plates = TextAreaField("Vehicle plates", [AtMost(1000), one_a_line()], description=EACH)
    vessel = StringField("Vessel or flight", [AtMost(SHORT)], description="Its name or number")
    imo = StringField("IMO number", [optional(imo_number)], description="Such as 9319466")
    waybills = TextAreaField(
        "Bills of lading or waybills", [AtMost(1000), one_a_line()], description=EACH
    )
    papers = TextAreaField(
        "Numbers on other papers",
        [AtMost(1000), one_a_line()],
        description="Permits, licences, notices, invoices; one on each line",
    )
    goods_words = TextAreaField(
        "Goods in words",
        [AtMost(1000)],
        description="If substance or quantity is not known: labels, drums, colour, smell",
    )

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        several = ("containers", "seals", "plates", "waybills", "papers")
        return {name: lines_of(self[name].data) for name in several} | {
            "vessel": self.vessel.data or None,
            "imo": self.imo.data or None,
            "goods_words": self.goods_words.data or None,
        }


class SubjectForm(PartyForm):
    """Somebody who was seen, or is asked about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = roles(ROLES)
        self.name.render_kw = {"autocomplete": "off"}  # no address book here
