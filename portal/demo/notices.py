"""Invented pre-export notifications over six months.

Planted: a container number used twice in a month; a consignee that is the subject of reports; an
import authorisation with the same number on two notices; a detour over a free zone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.demo.customers import AL_NOUR, BALTIC, KARACHI, SIAM, Customer
from portal.kinds.export_notice.data import ExportNoticeData
from portal.kinds.notices.data import (
    Authorisation,
    AuthorisationSort,
    Container,
)
from portal.reference.data import Unit
from portal.submissions.data import Leg, Line, Party, PartyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One invented notice."""

    firm: str
    days_ago: int
    exporter: str
    to: Customer
    goods: tuple[tuple[str, str, str, Unit], ...]  # substance, name, quantity, unit
    route: tuple[tuple[str, str, str, str, str], ...]  # mode, from, country, to, country
    container: str
    import_number: str
    use: str
    lead_days: int = 35  # from notice to dispatch
    free_zone: str | None = None

    def data(self, today: date) -> ExportNoticeData:
        """Return the record, with its days counted back from today."""
        sent = today - timedelta(days=self.days_ago)
        leaves = sent + timedelta(days=self.lead_days)
        return ExportNoticeData(
            lines=tuple(
                Line(substance=key, name=name, quantity=Decimal(amount), unit=unit)
                for key, name, amount, unit in self.goods
            ),
            parties=(
                Party(role=PartyRole.EXPORTER, name=self.exporter, country="NL", city="Rotterdam"),
                self.to.party(PartyRole.IMPORTER),
            ),
            declared_by="Nienke Bakker",
            declared_position="Customs declarant",
            end_use=self.use,
            dispatch_on=leaves,
            arrival_on=leaves + timedelta(days=28),
            exit_point="NLRTM",
            entry_point=self.route[-1][3],
            legs=self.legs(leaves),
            free_zones=(self.free_zone,) if self.free_zone else (),
            authorisations=(
                Authorisation(
                    sort=AuthorisationSort.EXPORT,
                    number=f"NL-EX-{self.container[-5:]}",
                    issuer="Central Import and Export Service",
                    issued_on=sent - timedelta(days=10),
                    expires_on=sent + timedelta(days=170),
                ),
                Authorisation(
                    sort=AuthorisationSort.IMPORT,
                    number=self.import_number,
                    issuer=f"Competent authority of {self.to.country}",
                    issued_on=sent - timedelta(days=20),
                    expires_on=sent + timedelta(days=160),
                ),
            ),
            containers=(Container(number=self.container, seals=(f"NL{self.container[-6:]}",)),),
            bills=(f"MEDU{self.container[-7:]}",),
            invoices=(f"2026-{self.days_ago:04}",),
        )

    def legs(self, leaves: date) -> tuple[Leg, ...]:
        """Return the route; a free zone lies at the end of the first leg."""
        return tuple(
            Leg(
                mode=mode,
                origin=origin,
                origin_country=origin_country,
                destination=destination,
                destination_country=destination_country,
                free_zone=self.free_zone if place == 0 else None,
                carrier="Merwede Line" if mode == "sea" else None,
                conveyance="MV Merwede Trader" if mode == "sea" else None,
                departs_on=leaves + timedelta(days=12 * place),
                arrives_on=leaves + timedelta(days=12 * place + 10),
            )
            for place, (
                mode,
                origin,
                origin_country,
                destination,
                destination_country,
            ) in enumerate(self.route)
        )


KG, L = Unit.KILOGRAM, Unit.LITRE
TO_KARACHI = (("sea", "NLRTM", "NL", "PKKHI", "PK"),)
OVER_DUBAI = (("sea", "NLRTM", "NL", "AEJEA", "AE"), ("sea", "AEJEA", "AE", "PKKHI", "PK"))
TO_BANGKOK = (("sea", "NLRTM", "NL", "SGSIN", "SG"), ("sea", "SGSIN", "SG", "THBKK", "TH"))
TO_TALLINN = (("road", "NLRTM", "NL", "DEHAM", "DE"), ("sea", "DEHAM", "DE", "EETLL", "EE"))
TO_DUBAI = (("sea", "NLRTM", "NL", "AEJEA", "AE"),)
MEK = ("methyl-ethyl-ketone", "Methyl ethyl ketone")
PERMANGANATE = ("potassium-permanganate", "Potassium permanganate")
TOLUENE = ("toluene", "Toluene")
ACETONE = ("acetone", "Acetone")
ANHYDRIDE = ("acetic-anhydride", "Acetic anhydride")
NOORDZEE, DELTA, RIJNLAND = (
    "Noordzee Chemie B.V.",
    "Delta Solvents N.V.",
    "Rijnland Laboratoriumbenodigdheden B.V.",
)


def notice(
    firm: str,
    days_ago: int,
    exporter: str,
    to: Customer,
    goods: tuple[tuple[str, str], str, Unit],
    route: tuple[tuple[str, str, str, str, str], ...],
    papers: tuple[str, str, str],
    **more: int | str,
) -> Notice:
    """Return a notice of one line; papers are container, import authorisation and use."""
    (key, name), amount, unit = goods
    return Notice(
        firm=firm,
        days_ago=days_ago,
        exporter=exporter,
        to=to,
        goods=((key, name, amount, unit),),
        route=route,
        container=papers[0],
        import_number=papers[1],
        use=papers[2],
        **more,  # type: ignore[arg-type]  # lead_days and free_zone
    )


COAT, CLEAN, FLAVOUR, WATER = (
    "Thinner for industrial coatings",
    "Cleaning of moulds",
    "Extraction of flavours",
    "Treatment of drinking water",
)
NOTICES: tuple[Notice, ...] = (
    notice(
        "maas",
        176,
        DELTA,
        BALTIC,
        (MEK, "12000", KG),
        TO_TALLINN,
        ("MSKU3306216", "EE-2026-0114", COAT),
    ),
    notice(
        "maas",
        161,
        NOORDZEE,
        SIAM,
        (ACETONE, "8000", KG),
        TO_BANGKOK,
        ("TCLU4265726", "TH-IM-5520", FLAVOUR),
    ),
    notice(
        "havenlijn",
        148,
        DELTA,
        KARACHI,
        (TOLUENE, "15000", KG),
        TO_KARACHI,
        ("MSCU6639870", "PK-NOC-771", CLEAN),
    ),
    notice(
        "maas",
        133,
        NOORDZEE,
        KARACHI,
        (PERMANGANATE, "2000", KG),
        TO_KARACHI,
        ("CSQU3054383", "PK-NOC-802", WATER),
    ),
    notice(
        "maas",
        119,
        DELTA,
        BALTIC,
        (MEK, "12500", KG),
        TO_TALLINN,
        ("MSKU3306237", "EE-2026-0131", COAT),
    ),
    notice(
        "havenlijn",
        101,
        NOORDZEE,
        AL_NOUR,
        (ANHYDRIDE, "160", KG),
        TO_DUBAI,
        ("TGHU7599330", "AE-MOH-2211", "Resale to textile works"),
        free_zone="AEJEA",
    ),
    notice(
        "maas",
        88,
        DELTA,
        SIAM,
        (ACETONE, "8200", KG),
        TO_BANGKOK,
        ("TCLU4265731", "TH-IM-5588", FLAVOUR),
    ),
    notice(
        "maas",
        74,
        NOORDZEE,
        KARACHI,
        (PERMANGANATE, "2500", KG),
        OVER_DUBAI,
        ("CSQU3054383", "PK-NOC-802", WATER),
        free_zone="AEJEA",
    ),
    notice(
        "havenlijn",
        63,
        DELTA,
        BALTIC,
        (TOLUENE, "14000", KG),
        TO_TALLINN,
        ("MSCU6639886", "EE-2026-0177", COAT),
    ),
    notice(
        "maas",
        52,
        NOORDZEE,
        SIAM,
        (MEK, "9000", KG),
        TO_BANGKOK,
        ("MSKU3306242", "TH-IM-5603", FLAVOUR),
    ),
    notice(
        "maas",
        40,
        RIJNLAND,
        BALTIC,
        (ACETONE, "4000", KG),
        TO_TALLINN,
        ("TCLU4265747", "EE-2026-0188", COAT),
    ),
    notice(
        "havenlijn",
        25,
        NOORDZEE,
        AL_NOUR,
        (ANHYDRIDE, "400", KG),
        TO_DUBAI,
        ("CSQU3054383", "AE-MOH-2211", "Resale to textile works"),
        free_zone="AEJEA",
        lead_days=9,
    ),
    notice(
        "maas",
        12,
        DELTA,
        KARACHI,
        (TOLUENE, "16000", KG),
        TO_KARACHI,
        ("MSCU6639891", "PK-NOC-851", CLEAN),
    ),
    notice(
        "maas",
        4,
        NOORDZEE,
        BALTIC,
        (MEK, "12500", KG),
        TO_TALLINN,
        ("MSKU3306258", "EE-2026-0201", COAT),
    ),
)
