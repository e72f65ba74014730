"""The indicators that a reporter can tick: named circumstances of risk, each with its source.

Those that the portal can see by itself are rules (portal.triage.rules) and are not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ARTICLE_9 = "Regulation (EU) 2019/1148, Article 9(1)"
PRACTICE = "Practice of the trade; no published text was checked"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One circumstance of risk."""

    code: str  # never changes meaning
    group: str
    statement: str
    weight: int  # points towards priority
    source: str = PRACTICE
    confirmed: bool = False  # False: general knowledge, shown as such
    asked: bool = True  # False: a question of its own asks it; listed here for the guidance only


INDICATORS: tuple[Indicator, ...] = (
    Indicator("customer-new", "The customer", "Is new to you and nobody you know knows them", 5),
    Indicator(
        "customer-unwilling",
        "The customer",
        "Is unwilling to say who they are, where they are, or to show proof of it",
        15,
        ARTICLE_9,
        confirmed=True,
    ),
    Indicator(
        "use-unclear",
        "The customer",
        "Is unclear about what the goods are for",
        15,
        ARTICLE_9,
        confirmed=True,
    ),
    Indicator(
        "use-unfamiliar",
        "The customer",
        "Does not know the product as a user would, or cannot explain the use",
        15,
        ARTICLE_9,
        confirmed=True,
    ),
    Indicator("contact-thin", "The customer", "Can be reached by mobile phone or web-mail only", 5),
    Indicator("acts-for-unnamed", "The customer", "Acts for somebody who is not named", 15),
    Indicator("nervous", "The customer", "Is nervous, in a hurry or insists on discretion", 10),
    Indicator("refused-elsewhere", "The customer", "Was refused by another supplier", 15),
    Indicator(
        "quantity-uncommon",
        "The order",
        "Quantity, combination or concentration is uncommon for a legitimate use",
        15,
        ARTICLE_9,
        confirmed=True,
    ),
    Indicator("small-packs", "The order", "Asks for small packs of what comes in drums", 10),
    Indicator("purity-unusual", "The order", "Asks for a purity that the use does not need", 10),
    Indicator("urgent", "The order", "Is urgent without a reason", 5),
    Indicator("irregular", "The order", "Orders come at odd times or in odd amounts", 5),
    Indicator(
        "neutral-packing",
        "The order",
        "Asks for neutral packing, other labels, or labels taken off",
        20,
    ),
    Indicator("false-description", "The order", "Asks for another description on the papers", 25),
    Indicator(
        "payment-unusual",
        "Payment",
        "Insists on an unusual way to pay, such as a large sum in cash",
        15,
        ARTICLE_9,
        confirmed=True,
    ),
    Indicator("above-market", "Payment", "Offers more than the market price", 10),
    Indicator("overpaid", "Payment", "Paid too much and asks for the rest back", 15),
    Indicator("no-credit", "Payment", "Wants no credit where credit is usual", 5),
    Indicator(
        "cash-before", "Payment", "Pays in cash before the goods are handed over", 0, asked=False
    ),
    Indicator("paid-by-other", "Payment", "Somebody else pays", 0, asked=False),
    Indicator("paid-crypto", "Payment", "Pays in crypto-assets", 0, asked=False),
    Indicator(
        "self-collection",
        "Delivery and route",
        "Wants to collect the goods where delivery is usual",
        0,
        asked=False,
    ),
    Indicator("own-vehicle", "Delivery and route", "Collects with an unmarked vehicle", 10),
    Indicator("route-odd", "Delivery and route", "The route makes no commercial sense", 15),
    Indicator(
        "transit-needless",
        "Delivery and route",
        "Passes through a country where no transit is needed",
        10,
    ),
    Indicator("packing-weak", "Delivery and route", "Packing or labels are weak or strange", 10),
    Indicator("destination-changed", "Delivery and route", "Changed the destination late", 15),
    Indicator("papers-altered", "Documents", "A paper looks altered", 20),
    Indicator("stamps-differ", "Documents", "Stamps or signatures differ from those known", 20),
    Indicator(
        "authorisation-unknown", "Documents", "The issuer does not know the authorisation", 25
    ),
    Indicator("declaration-copied", "Documents", "The declaration of use is missing or copied", 10),
    Indicator(
        "only-precursor-taken",
        "Loss or theft",
        "Only the listed substance was taken, nothing else of value",
        0,
        asked=False,
    ),
    Indicator(
        "inside-knowledge",
        "Loss or theft",
        "Whoever did it knew the place, the times or the stock",
        0,
        asked=False,
    ),
)

OFFERED: tuple[Indicator, ...] = tuple(one for one in INDICATORS if one.asked)
BY_CODE: Mapping[str, Indicator] = {one.code: one for one in INDICATORS}
