"""One number of an authorisation is said to come from different issuers.

Whether the issuer knows it, only the issuer can say; that two are named shows that one cannot.
Source: own records.
"""

from portal.core.text import compact_key
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, here, there
from portal.triage.names import same


def check(case: Case) -> Finding | None:
    """Raise a number that another submission gives another issuer."""
    for paper in case.filed.facts.documents:
        for past in case.around:
            for other in past.filed.facts.documents:
                if compact_key(paper.number) != compact_key(other.number):
                    continue
                if paper.issuer and other.issuer and not same(paper.issuer, other.issuer):
                    return Finding(
                        f"{paper.number} is said to come from {paper.issuer} and from"
                        f" {other.issuer}.",
                        (
                            here(case, paper.path, f"{paper.number}, {paper.issuer}"),
                            there(past, other.path, f"{other.number}, {other.issuer}"),
                        ),
                    )
    return None


OTHER_ISSUER = Rule(
    code="other-issuer-1",
    title="Authorisation of two issuers",
    weight=20,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
