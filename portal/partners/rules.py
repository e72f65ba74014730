"""When a hand-over is refused, and why."""

from collections.abc import Iterator
from datetime import date

from portal.leads.data import Category, Marking, at_most
from portal.partners.data import Terms


def refusals(
    terms: Terms, marking: Marking, category: Category, expires_on: date | None, today: date
) -> Iterator[str]:
    """Yield each reason for which a lead may not be handed to a partner."""
    if not terms.active:
        yield f"{terms.name} is not an active partner."
    if terms.agreement_until is not None and terms.agreement_until < today:
        yield f"The agreement with {terms.name} ended on {terms.agreement_until:%-d %B %Y}."
    if terms.marking_max is None:
        yield f"No agreement says which marking {terms.name} may receive."
    elif not at_most(marking, terms.marking_max):
        yield f"{terms.name} may receive up to {terms.marking_max}; this lead is {marking}."
    if terms.categories and category not in terms.categories:
        yield f"The agreement with {terms.name} does not cover leads about a {category}."
    if expires_on is not None and expires_on < today:
        yield f"The lead could be used until {expires_on:%-d %B %Y} only."
