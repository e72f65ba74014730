"""The steps of each checklist, as one table. A step that changes meaning takes a new code."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.leads.data import Category


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done before a lead goes out."""

    code: str
    words: str
    required: bool = False  # a lead is not submitted without it


ALWAYS = (
    Step("sources-read", "Each source was read in full, with its attachments"),
    Step("earlier-looked-up", "Earlier submissions and leads on the same subjects were looked up"),
    Step("grading-held", "Each grading was held against how the source knows it"),
)
OWN: Mapping[Category, tuple[Step, ...]] = {
    Category.DIVERSION: (
        Step("use-checked", "The stated use was held against what the customer does"),
        Step("quantity-checked", "The quantity was held against what the trade needs"),
        Step("stop-considered", "It was considered whether the goods can still be stopped"),
        Step("customer-known", "The customer's authority was asked, or it was decided not to"),
    ),
    Category.FRONT_COMPANY: (
        Step("register-searched", "The company register of its country was searched"),
        Step("address-seen", "The address was looked at: a mailbox, a shared office, a home"),
        Step("people-compared", "Owners and directors were held against other companies"),
        Step("accounts-followed", "Who pays was held against who orders"),
    ),
    Category.THEFT: (
        Step("police-asked", "The police reference was asked for"),
        Step("stock-checked", "The stock record was held against earlier returns"),
        Step("insiders-considered", "It was considered whether somebody inside may know of it"),
        Step("batch-told", "Batch numbers were taken down for those who may find the goods"),
    ),
    Category.ROUTE: (
        Step("stops-placed", "Each place on the route has its code and country"),
        Step("detour-explained", "Each detour was held against the usual way"),
        Step("papers-compared", "Papers were held against each other: seal, weight, waybill"),
        Step("posts-chosen", "It was considered which posts on the way can act"),
    ),
    Category.NEW_SUBSTANCE: (
        Step("structure-known", "The substance is told by name, structure or CAS number"),
        Step("laboratory-asked", "A laboratory was asked, or it was decided not to"),
        Step("lists-checked", "The lists of the countries on the way were looked up"),
        Step("industry-considered", "A bulletin to industry was considered"),
    ),
    Category.INTERNAL: (
        Step(
            "circle-kept",
            "It was decided who may know of it inside the company",
            required=True,
        ),
        Step("contact-chosen", "The contact at the company is not a person it speaks of"),
    ),
}


def steps_of(category: Category) -> tuple[Step, ...]:
    """Return the steps for a category, those of every lead first."""
    return (*ALWAYS, *OWN[category])
