"""Invented suspicious orders over six months.

Planted: one telephone behind three names at three suppliers (Badr, Al Nour, Nova Trade); acetic
anhydride in several orders that together pass the yearly threshold; a customer refused by one and
served by another; red phosphorus and iodine to the place where ephedrine went; a designer
precursor's first appearance; a plate seen twice.
"""

from dataclasses import dataclass
from decimal import Decimal

from portal.demo.customers import (
    AL_NOUR,
    ATELIER,
    BADR,
    BALTIC,
    BEKOV,
    HUANYU,
    KARACHI,
    KLUSBEDRIJF,
    NOVA,
    SIAM,
    VAN_DIJK,
    Customer,
)
from portal.kinds.suspicious_order.data import ContactWay, Done, Happened, YesNoUnknown
from portal.reference.data import GoodsForm, Strength, Unit
from portal.submissions.data import Line, Party, PartyRole, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One invented report."""

    firm: str
    days_ago: int
    customer: Customer
    goods: tuple[tuple[str, str, Unit], ...]  # substance, quantity, unit
    grounds: str
    happened: Happened = Happened.ORDER
    done: Done = Done.REFUSED
    payments: tuple[Payment, ...] = (Payment.TRANSFER,)
    contact: tuple[ContactWay, ...] = (ContactWay.EMAIL,)
    indicators: tuple[str, ...] = ()
    use: str | None = None
    plates: tuple[str, ...] = ()
    collects: bool | None = None
    can_stop: YesNoUnknown = YesNoUnknown.NO
    payer_country: str | None = None
    delivery: str | None = None
    delivery_country: str | None = None
    others: tuple[Party, ...] = ()


def line(substance: str, name: str, cas: str | None, quantity: str, unit: Unit) -> Line:
    """Return a line of the pure substance; liquids sold as solutions name their strength."""
    solution = SOLUTIONS.get(substance)
    return Line(
        substance=substance,
        name=name,
        cas_number=cas,
        form=GoodsForm.SOLUTION_BY_WEIGHT if solution else GoodsForm.PURE,
        strength=Decimal(solution) if solution else None,
        strength_unit=Strength.PERCENT_BY_WEIGHT if solution else None,
        quantity=Decimal(quantity),
        unit=unit,
    )


SOLUTIONS = {"hydrochloric-acid": "37", "methylamine": "40", "sulphuric-acid": "96"}
KG, L = Unit.KILOGRAM, Unit.LITRE
CASH, CREDIT = Payment.CASH, Payment.CREDIT
AA = "acetic-anhydride"

ORDERS: tuple[Order, ...] = (
    Order(
        firm="noordzee",
        days_ago=178,
        customer=BALTIC,
        goods=(("methyl-ethyl-ketone", "400", L),),
        grounds=(
            "First order; asked for delivery to a rented yard instead of the plant. "
            "Explained later: the plant is being rebuilt."
        ),
        use="Thinner for coatings",
        done=Done.DELAYED,
        indicators=("customer-new",),
    ),
    Order(
        firm="rijnland",
        days_ago=172,
        customer=KLUSBEDRIJF,
        goods=(("formic-acid", "25", KG), ("formamide", "50", L)),
        grounds=(
            "A handyman's firm that could not say what formamide is. Wanted to pay at the door."
        ),
        payments=(CASH,),
        contact=(ContactWay.PHONE,),
        indicators=("use-unclear", "payment-unusual"),
        collects=True,
        plates=("8-KRZ-41",),
    ),
    Order(
        firm="delta",
        days_ago=165,
        customer=ATELIER,
        goods=(("acetone", "60", L),),
        grounds=(
            "Small order for a studio; asked that the drums carry no label because of neighbours."
        ),
        indicators=("neutral-packing",),
        use="Cleaning of brushes and resin",
    ),
    Order(
        firm="noordzee",
        days_ago=160,
        customer=BADR,
        goods=((AA, "45", L),),
        grounds="New customer with a web-mail address. Asked twice how soon, never at what price.",
        indicators=("customer-new", "urgent"),
        use="Textile treatment",
        done=Done.FULFILLED,
        happened=Happened.COMPLETED,
        delivery="Jebel Ali Free Zone, store 15",
        delivery_country="AE",
    ),
    Order(
        firm="rijnland",
        days_ago=151,
        customer=SIAM,
        goods=(("piperonal", "20", KG),),
        grounds="Says flavour house, but asks for a purity that flavour does not need.",
        indicators=("purity-unusual",),
        use="Flavour compounds",
        delivery="Bangkok port",
        delivery_country="TH",
    ),
    Order(
        firm="delta",
        days_ago=143,
        customer=BADR,
        goods=((AA, "40", L),),
        grounds=(
            "Same voice on the telephone as for another firm's order two weeks ago, "
            "as our driver recalls."
        ),
        indicators=("acts-for-unnamed",),
        use="Textile treatment",
        done=Done.FULFILLED,
        happened=Happened.COMPLETED,
        payments=(Payment.THIRD_PARTY,),
        payer_country="TR",
    ),
    Order(
        firm="noordzee",
        days_ago=139,
        customer=VAN_DIJK,
        goods=(("formic-acid", "60", KG),),
        grounds=(
            "A private person who wants sixty kilograms and collects with a van "
            "without a firm's name."
        ),
        payments=(CASH,),
        contact=(ContactWay.WALK_IN,),
        indicators=("own-vehicle", "quantity-uncommon"),
        collects=True,
        plates=("8-KRZ-41",),
    ),
    Order(
        firm="rijnland",
        days_ago=130,
        customer=HUANYU,
        goods=(("phenylacetic-acid", "500", Unit.GRAM),),
        grounds="Asked for a sample only, then for the names of our other customers.",
        happened=Happened.ENQUIRY,
        contact=(ContactWay.MARKETPLACE,),
        indicators=("use-unclear",),
    ),
    Order(
        firm="delta",
        days_ago=122,
        customer=AL_NOUR,
        goods=((AA, "48", L),),
        grounds="Wanted one drum less than the quantity from which we register customers.",
        indicators=("quantity-uncommon", "customer-unwilling"),
        use="Resale",
        done=Done.FULFILLED,
        happened=Happened.COMPLETED,
        delivery="LOB 15, Jebel Ali Free Zone",
        delivery_country="AE",
    ),
    Order(
        firm="noordzee",
        days_ago=118,
        customer=KARACHI,
        goods=(("potassium-permanganate", "75", KG),),
        grounds="A leather works that does not tan, as the trade register says.",
        indicators=("use-unfamiliar",),
        use="Water treatment",
        delivery="Karachi",
        delivery_country="PK",
    ),
    Order(
        firm="rijnland",
        days_ago=110,
        customer=NOVA,
        goods=((AA, "30", L),),
        grounds="Post box as only address; refused to show a declaration of use.",
        indicators=("customer-unwilling", "contact-thin"),
        payments=(Payment.CRYPTO,),
    ),
    Order(
        firm="delta",
        days_ago=104,
        customer=BALTIC,
        goods=(("toluene", "1000", L),),
        grounds="More than double of what they usually take. Found to be for a new line.",
        use="Coatings",
        done=Done.FULFILLED,
        payments=(CREDIT,),
    ),
    Order(
        firm="noordzee",
        days_ago=97,
        customer=BEKOV,
        goods=(("ephedrine", "2", KG), ("red-phosphorus", "5", KG)),
        grounds="Asked by messenger whether both can go into one parcel with another description.",
        contact=(ContactWay.SOCIAL,),
        payments=(Payment.PREPAID_CASH,),
        indicators=("false-description", "use-unclear", "small-packs"),
        happened=Happened.ENQUIRY,
        delivery="Almaty",
        delivery_country="KZ",
    ),
    Order(
        firm="rijnland",
        days_ago=90,
        customer=BEKOV,
        goods=(("iodine", "10", KG),),
        grounds="Buys iodine as a private person and asks that nothing is written on the parcel.",
        contact=(ContactWay.SOCIAL,),
        payments=(Payment.CRYPTO,),
        indicators=("neutral-packing",),
        done=Done.FULFILLED,
        happened=Happened.COMPLETED,
        delivery="Almaty",
        delivery_country="KZ",
    ),
    Order(
        firm="delta",
        days_ago=84,
        customer=KLUSBEDRIJF,
        goods=(("acetone", "200", L), ("hydrochloric-acid", "100", L)),
        grounds="Collected at dusk, in a hurry, with exact cash.",
        payments=(CASH,),
        indicators=("nervous", "payment-unusual"),
        collects=True,
        plates=("8-KRZ-41", "VK-902-B"),
        done=Done.FULFILLED,
        happened=Happened.COLLECTION,
    ),
    Order(
        firm="noordzee",
        days_ago=77,
        customer=ATELIER,
        goods=(("sulphuric-acid", "20", L),),
        grounds="Art studio with no use that we know of; our adviser visited and found etching.",
        use="Etching",
        done=Done.FULFILLED,
    ),
    Order(
        firm="rijnland",
        days_ago=71,
        customer=HUANYU,
        goods=(("mapa", "25", KG),),
        grounds=(
            "Offers to sell and to buy the same substance. We had never been asked for it before."
        ),
        contact=(ContactWay.MARKETPLACE,),
        happened=Happened.ENQUIRY,
        indicators=("use-unclear",),
    ),
    Order(
        firm="delta",
        days_ago=66,
        customer=SIAM,
        goods=(("methyl-ethyl-ketone", "800", L),),
        grounds="Flavour house orders solvents by the drum for another consignee.",
        others=(AL_NOUR.party(PartyRole.CONSIGNEE),),
        delivery="Jebel Ali",
        delivery_country="AE",
        done=Done.DELAYED,
        can_stop=YesNoUnknown.YES,
    ),
    Order(
        firm="noordzee",
        days_ago=58,
        customer=NOVA,
        goods=(("piperidine", "10", L),),
        grounds="Refused to name the end user; asks for advance invoice to a firm abroad.",
        payer_country="AE",
        payments=(Payment.THIRD_PARTY,),
        indicators=("acts-for-unnamed",),
    ),
    Order(
        firm="rijnland",
        days_ago=51,
        customer=VAN_DIJK,
        goods=(("methylamine", "30", L),),
        grounds="Says he tans leather at home. Could not name a step of it.",
        payments=(CASH,),
        contact=(ContactWay.WALK_IN,),
        indicators=("use-unfamiliar", "nervous"),
        collects=True,
        plates=("VK-902-B",),
    ),
    Order(
        firm="delta",
        days_ago=44,
        customer=BADR,
        goods=((AA, "46", L),),
        grounds="Third order of nearly the same quantity, again below the limit.",
        indicators=("quantity-uncommon",),
        use="Textile treatment",
        done=Done.DELAYED,
        can_stop=YesNoUnknown.YES,
        delivery="LOB 15, Jebel Ali Free Zone",
        delivery_country="AE",
    ),
    Order(
        firm="noordzee",
        days_ago=36,
        customer=KARACHI,
        goods=(("potassium-permanganate", "400", KG),),
        grounds="Five times the order of the spring, with payment by a firm we do not know.",
        payments=(Payment.THIRD_PARTY,),
        payer_country="AE",
        indicators=("above-market",),
        use="Water treatment",
        delivery="Karachi",
        delivery_country="PK",
    ),
    Order(
        firm="rijnland",
        days_ago=27,
        customer=AL_NOUR,
        goods=(("ephedrine", "500", Unit.GRAM),),
        grounds="Trading firm without a licence asks for ephedrine as a reference substance.",
        happened=Happened.ENQUIRY,
        indicators=("customer-unwilling", "use-unclear"),
    ),
    Order(
        firm="delta",
        days_ago=18,
        customer=BALTIC,
        goods=(("acetone", "600", L),),
        grounds="Changed the place of delivery after the truck had left.",
        indicators=("destination-changed",),
        use="Coatings",
        payments=(CREDIT,),
        done=Done.DELAYED,
        can_stop=YesNoUnknown.YES,
    ),
    Order(
        firm="noordzee",
        days_ago=9,
        customer=NOVA,
        goods=((AA, "90", L),),
        grounds="Refused in summer; now asks under the same telephone for twice as much.",
        payments=(Payment.PREPAID_CASH,),
        indicators=("urgent", "above-market", "customer-unwilling"),
        can_stop=YesNoUnknown.YES,
        collects=True,
        plates=("VK-902-B",),
    ),
    Order(
        firm="rijnland",
        days_ago=2,
        customer=BEKOV,
        goods=(("1-boc-4-piperidone", "3", KG),),
        grounds=(
            "Asked for the price of a substance that is listed since short, and for a"
            " name that customs would not know."
        ),
        contact=(ContactWay.SOCIAL,),
        happened=Happened.ENQUIRY,
        indicators=("false-description",),
        delivery="Almaty",
        delivery_country="KZ",
    ),
)
