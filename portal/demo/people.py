"""Invented organisations and the people who sign in for them."""

from dataclasses import dataclass

from portal.core.access import Role


@dataclass(frozen=True, slots=True)
class Firm:
    """A company or freight forwarder."""

    key: str
    name: str
    legal_form: str
    address: str
    registration: str
    tax: str
    activities: tuple[str, ...]
    officer: str
    phone: str
    domain: str
    people: tuple[tuple[str, Role], ...]  # local part of the address: name from it


FIRMS = (
    Firm(
        "noordzee",
        "Noordzee Chemie B.V.",
        "Besloten vennootschap",
        "Botlekweg 121, 3197 KA Rotterdam",
        "24310755",
        "NL810244731B01",
        ("manufacture", "trade"),
        "Marijke van den Berg",
        "+31104381200",
        "noordzee.example",
        (("m.vandenberg", Role.COMPANY_ADMIN), ("j.dekker", Role.REPORTER)),
    ),
    Firm(
        "rijnland",
        "Rijnland Laboratoriumbenodigdheden B.V.",
        "Besloten vennootschap",
        "Einsteinweg 44, 2333 CC Leiden",
        "28099214",
        "NL807733120B01",
        ("trade", "laboratory"),
        "Sophie de Graaf",
        "+31715224060",
        "rijnland.example",
        (("s.degraaf", Role.COMPANY_ADMIN), ("k.yilmaz", Role.REPORTER)),
    ),
    Firm(
        "delta",
        "Delta Solvents N.V.",
        "Naamloze vennootschap",
        "Westelijke Randweg 9, 4791 RT Moerdijk",
        "20055871",
        "NL004587231B01",
        ("trade", "warehouse"),
        "Pieter Oosterhuis",
        "+31168388500",
        "delta-solvents.example",
        (("p.oosterhuis", Role.COMPANY_ADMIN), ("a.vos", Role.REPORTER)),
    ),
    Firm(
        "maas",
        "Maas & Merwede Expeditie B.V.",
        "Besloten vennootschap",
        "Reeweg 25, 3089 KM Rotterdam",
        "24411902",
        "NL812093345B01",
        ("freight forwarding", "customs agent"),
        "Hendrik Kuipers",
        "+31104952210",
        "maasmerwede.example",
        (("h.kuipers", Role.COMPANY_ADMIN), ("n.bakker", Role.REPORTER)),
    ),
    Firm(
        "havenlijn",
        "Havenlijn Forwarding B.V.",
        "Besloten vennootschap",
        "Anchoragelaan 50, 1118 LE Schiphol",
        "34188276",
        "NL809917722B01",
        ("freight forwarding",),
        "Lotte Hendriks",
        "+31206530800",
        "havenlijn.example",
        (("l.hendriks", Role.COMPANY_ADMIN),),
    ),
)

STAFF = (
    ("triage", "Tom Visser", Role.TRIAGE_OFFICER),
    ("triage2", "Fatima Benali", Role.TRIAGE_OFFICER),
    ("analyst", "Anna de Wit", Role.ANALYST),
    ("supervisor", "Ruud Mulder", Role.SUPERVISOR),
    ("registrar", "Els Smit", Role.REGISTRAR),
    ("auditor", "Joris Blom", Role.AUDITOR),
)
STAFF_DOMAIN = "authority.example"
