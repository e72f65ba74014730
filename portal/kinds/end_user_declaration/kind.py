"""The declaration of this kind."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from portal.core.languages import gettext
from portal.kinds.end_user_declaration.data import EndUserDeclarationData
from portal.kinds.end_user_declaration.forms import DeclarantForm, PaperForm, UseForm
from portal.submissions.data import PartyRole
from portal.submissions.kind import Answers, Duty, Kind, Problem, Step
from portal.submissions.questions import DeclarationForm, LineForm, line_label, party_label

CUSTOMER, USE, END = "The customer", "The use", "Before you send it"
EU_LAW, NATIONAL_LAW = "Regulation (EC) 273/2004, Article 4", "National law"
LONGEST = 3 * 366  # days that a declaration is usually valid

STEPS = (
    Step(
        "parties",
        "Customer and end user",
        DeclarantForm,
        CUSTOMER,
        item="person or organisation",
        least=1,
        label=party_label,
        intro="Start with the customer who signs. Add the end user, if it is another.",
    ),
    Step("paper", "The paper", PaperForm, CUSTOMER),
    Step(
        "substances",
        "Substances and quantity a year",
        LineForm,
        USE,
        item="substance",
        least=1,
        label=line_label,
        intro="List each substance with the quantity that the customer uses in a year.",
    ),
    Step("use", "Use and site", UseForm, USE),
    Step("declaration", "Declaration", DeclarationForm, END),
)


def build(said: Answers) -> EndUserDeclarationData:
    """Return the record that the answers make."""
    pages = ("paper", "use", "declaration")
    answers: dict[str, Any] = {name: value for page in pages for name, value in said[page].items()}
    return EndUserDeclarationData(
        lines=tuple(said["substances"]), parties=tuple(said["parties"]), **answers
    )


def problems(data: EndUserDeclarationData) -> Sequence[Problem]:
    """Return what contradicts itself between pages."""
    if not any(party.role is PartyRole.CUSTOMER for party in data.parties):
        return (Problem("parties", "Name the customer: nobody listed has that role"),)
    return ()


def doubts(data: EndUserDeclarationData, today: date) -> Sequence[str]:
    """Return what is unlikely and must be confirmed."""
    found = []
    if data.valid_until < today:
        found.append(gettext("The declaration is no longer valid."))
    if (data.valid_until - data.signed_on).days > LONGEST:
        found.append(gettext("The declaration is valid for more than three years."))
    return found


def duties(
    data: EndUserDeclarationData, received_at: datetime, jurisdiction: str
) -> Sequence[Duty]:
    """Return what comes next for the company."""
    basis = EU_LAW if jurisdiction == "EU" else NATIONAL_LAW
    return (
        Duty(
            "Ask for a new declaration before this one ends.",
            data.valid_until,
            basis,
            confirmed=False,
        ),
    )


END_USER_DECLARATION = Kind(
    slug="end-user-declaration",
    title="End-user declaration",
    prefix="ED",
    intro="Register what a customer declares: which substance, how much a year, for which use.",
    steps=STEPS,
    data=EndUserDeclarationData,
    build=build,
    problems=problems,
    doubts=doubts,
    duties=duties,
    trade=True,
)
