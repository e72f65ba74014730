"""Invented losses, import and transit notices, returns and end-user declarations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.demo.customers import AL_NOUR, BALTIC, HUANYU, KARACHI, SIAM, Customer
from portal.kinds.end_user_declaration.data import EndUserDeclarationData, Use
from portal.kinds.import_notice.data import ImportNoticeData
from portal.kinds.loss.data import Certainty, How, LossData, Where
from portal.kinds.notices.data import Authorisation, AuthorisationSort, Container, Mode
from portal.kinds.periodic_return.data import Entry, Movement, Period, ReturnData
from portal.kinds.transit_notice.data import TransitNoticeData
from portal.reference.data import Unit
from portal.submissions.data import Leg, Line, Party, PartyRole, PartySort, SubmissionData


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One invented record of a kind, filed by a firm some days ago."""

    kind: str
    firm: str
    days_ago: int
    build: Callable[[date], SubmissionData]  # given the day of filing


def goods(key: str, name: str, quantity: str, unit: Unit = Unit.KILOGRAM) -> tuple[Line, ...]:
    """Return one line of a pure substance."""
    return (Line(substance=key, name=name, quantity=Decimal(quantity), unit=unit),)


def theft(day: date) -> LossData:
    """Return a theft out of a lorry that rested for a night."""
    driver = Party(
        role=PartyRole.WITNESS,
        sort=PartySort.PERSON,
        name="Oleksandr Hrytsenko",
        original_script="Олександр Гриценко",
        country="UA",
        phones=("+31612345670",),
    )
    return LossData(
        lines=goods("acetic-anhydride", "Acetic anhydride", "60", Unit.LITRE),
        parties=(driver,),
        declared_by="J. Dekker",
        declared_position="Site safety",
        discovered_on=day - timedelta(days=1),
        missing_from=day - timedelta(days=2),
        where=Where.VEHICLE,
        place="Rest area Meerpaal, A16 near Dordrecht",
        place_country="NL",
        carrier="Merwede Line",
        plates=("BX-TR-90",),
        how=How.THEFT,
        certainty=Certainty.KNOWN,
        circumstances=(
            "The curtain of the trailer was cut at night. Three cans of 20 litres were taken;"
            " solvents of more value beside them were left."
        ),
        share_of_stock=Decimal("1.5"),
        only_precursor=True,
        inside_knowledge=False,
        police_told=True,
        police_reference="PL1700-2026-331204",
        police_station="Dordrecht",
    )


def difference(day: date) -> LossData:
    """Return a difference found when stock was counted."""
    return LossData(
        lines=goods("ephedrine", "Ephedrine", "0.35"),
        parties=(),
        declared_by="K. Yilmaz",
        discovered_on=day,
        where=Where.SITE,
        place="Einsteinweg 44, 2333 CC Leiden",
        place_country="NL",
        how=How.DIFFERENCE,
        circumstances="Two bottles fewer than the books say. The lock of the cabinet is whole.",
        share_of_stock=Decimal(4),
        usual_loss=Decimal("0.1"),
        only_precursor=True,
        police_told=False,
    )


def sides(sender: Customer, receiver: Customer | None, here: str) -> tuple[Party, ...]:
    """Return exporter and importer of a notice; no receiver stands for a firm of this country."""
    own = Party(role=PartyRole.IMPORTER, name=here, country="NL", city="Rotterdam")
    return (
        sender.party(PartyRole.EXPORTER),
        receiver.party(PartyRole.IMPORTER) if receiver else own,
    )


def leg(mode: str, start: str, end: str, leaves: date, days: int) -> Leg:
    """Return a leg; the first two letters of a UN/LOCODE are its country."""
    return Leg(
        mode=mode,
        origin=start,
        origin_country=start[:2],
        destination=end,
        destination_country=end[:2],
        conveyance="MV Eastern Dawn" if mode == "sea" else None,
        departs_on=leaves,
        arrives_on=leaves + timedelta(days=days),
    )


def from_shanghai(day: date) -> ImportNoticeData:
    """Return an import from a maker in Shanghai."""
    leaves = day + timedelta(days=24)
    arrives = leaves + timedelta(days=30)
    return ImportNoticeData(
        lines=goods("potassium-permanganate", "Potassium permanganate", "18000"),
        parties=sides(HUANYU, None, "Noordzee Chemie B.V."),
        declared_by="N. Bakker",
        end_use="Water treatment, sold to water boards",
        dispatch_on=leaves,
        arrival_on=arrives,
        exit_point="CNSHA",
        entry_point="NLRTM",
        legs=(leg("sea", "CNSHA", "NLRTM", leaves, 30),),
        authorisations=(
            Authorisation(
                sort=AuthorisationSort.IMPORT,
                number="NL-IM-20417",
                issuer="Central Import and Export Service",
                issued_on=day - timedelta(days=9),
                expires_on=day + timedelta(days=170),
            ),
        ),
        containers=(Container(number="CSQU3054383", seals=("CN884120",)),),
        bills=("COSU6290114",),
        rests_at="NLRTM",
        rests_from=arrives,
        rests_until=arrives + timedelta(days=6),
        custody="Botlek Tank Storage",
        taken_on_by="Merwede Line",
        taken_on_how=Mode.INLAND_WATERWAY,
    )


def through_rotterdam(day: date) -> TransitNoticeData:
    """Return a transit from Tallinn to Dubai that rests in the port."""
    arrives = day + timedelta(days=20)
    leaves = arrives + timedelta(days=5)
    return TransitNoticeData(
        lines=goods("toluene", "Toluene", "14500"),
        parties=sides(BALTIC, AL_NOUR, ""),
        declared_by="L. Hendriks",
        end_use="Thinner for paints",
        dispatch_on=leaves,
        arrival_on=arrives,
        entry_point="NLRTM",
        exit_point="NLRTM",
        legs=(
            leg("sea", "EETLL", "NLRTM", arrives - timedelta(days=4), 4),
            leg("sea", "NLRTM", "AEJEA", leaves, 25),
        ),
        free_zones=("AEJEA",),
        authorisations=(
            Authorisation(sort=AuthorisationSort.EXPORT, number="EE-EX-2207", issuer="Terviseamet"),
        ),
        containers=(Container(number="MSKU3306211", seals=("EE55810",)),),
        bills=("MAEU240911830",),
        rests_at="NLRTM",
        rests_from=arrives,
        rests_until=leaves,
        custody="Havenlijn Forwarding B.V.",
        taken_on_by="Gulf Feeder",
        taken_on_how=Mode.SEA,
    )


def entry(key: str, what: Movement, kilograms: str, other: str = "", land: str = "") -> Entry:
    """Return one line of a return."""
    return Entry(
        substance=key,
        name=key.replace("-", " ").capitalize(),
        movement=what,
        quantity_kg=Decimal(kilograms),
        counterparty=other or None,
        country=land or None,
    )


def month_of_solvents(day: date) -> ReturnData:
    """Return last month's movements of two solvents, of which one does not balance by 2 kg."""
    ends = day.replace(day=1) - timedelta(days=1)
    m = Movement
    return ReturnData(
        lines=(),
        parties=(),
        declared_by="A. Vos",
        declared_position="Compliance",
        period=Period.MONTH,
        begins_on=ends.replace(day=1),
        ends_on=ends,
        explanation="2 kg of acetone evaporated when a line was rinsed; see the log of the plant.",
        entries=(
            entry("toluene", m.OPENING, "41200"),
            entry("toluene", m.BOUGHT, "24000", "Noordzee Chemie B.V.", "NL"),
            entry("toluene", m.SOLD, "15000", KARACHI.name, "PK"),
            entry("toluene", m.SOLD, "6400", BALTIC.name, "EE"),
            entry("toluene", m.CLOSING, "43800"),
            entry("acetone", m.OPENING, "9120"),
            entry("acetone", m.IMPORTED, "8000", "Atelier Lumière SARL", "FR"),
            entry("acetone", m.USED, "310"),
            entry("acetone", m.EXPORTED, "8200", SIAM.name, "TH"),
            entry("acetone", m.CLOSING, "8608"),
        ),
    )


def declared(
    customer: Customer, key: str, name: str, kilograms: str, paper: tuple[str, Use, str, str]
) -> Callable[[date], EndUserDeclarationData]:
    """Return what a customer declares; the paper is number, use, the use in words, who signed."""
    number, use, words, signed_by = paper

    def build(day: date) -> EndUserDeclarationData:
        signed = day - timedelta(days=6)
        return EndUserDeclarationData(
            lines=goods(key, name, kilograms),
            parties=(customer.party(),),
            declared_by="J. Dekker",
            number=number,
            use=use,
            use_words=words,
            site_of_use=f"{customer.street}, {customer.city}",
            site_country=customer.country,
            signed_on=signed,
            valid_until=signed + timedelta(days=365),
            signed_by=signed_by,
        )

    return build


THAI = ("EUD-SIAM-2026", Use.FOOD, "สกัดกลิ่นรส (extraction of flavours)", "สมชาย ใจดี")
ARABIC = ("EUD-NOUR-26-4", Use.RESALE, "إعادة البيع لمصانع النسيج", "خالد النور")

OTHERS: tuple[Other, ...] = (
    Other(kind="loss", firm="noordzee", days_ago=96, build=theft),
    Other(kind="loss", firm="rijnland", days_ago=17, build=difference),
    Other(kind="import-notice", firm="maas", days_ago=30, build=from_shanghai),
    Other(kind="transit-notice", firm="havenlijn", days_ago=9, build=through_rotterdam),
    Other(kind="return", firm="delta", days_ago=20, build=month_of_solvents),
    Other(
        kind="end-user-declaration",
        firm="noordzee",
        days_ago=165,
        build=declared(SIAM, "acetone", "Acetone", "20000", THAI),
    ),
    Other(
        kind="end-user-declaration",
        firm="noordzee",
        days_ago=105,
        build=declared(AL_NOUR, "acetic-anhydride", "Acetic anhydride", "500", ARABIC),
    ),
)
