"""What somebody types into each kind, page by page: as little as is needed, and some more."""

from typing import Any

Answers = dict[str, Any]


def items(*typed: dict[str, str]) -> list[dict[str, Any]]:
    """Return the items of a repeated step."""
    return [
        {"id": f"i{number}", "typed": {name: value.split("|") for name, value in one.items()}}
        for number, one in enumerate(typed)
    ]


def page(**typed: str) -> dict[str, list[str]]:
    """Return one page; parts of one answer are divided by a bar."""
    return {name: value.split("|") for name, value in typed.items()}


DECLARATION = page(declared_by="A. Reporter", true="y", own_reference="PO-4711")
ACETIC = {"substance": "acetic anhydride", "quantity": "216", "unit": "kg", "form": "pure"}
CUSTOMER = {"role": "customer", "sort": "organisation", "name": "Siam Coatings", "country": "TH"}
EXPORTER = {"role": "exporter", "sort": "organisation", "name": "Rijn Chemie", "country": "NL"}
IMPORTER = {"role": "importer", "sort": "organisation", "name": "Siam Coatings", "country": "TH"}
LEG = {
    "mode": "sea",
    "origin": "NLRTM",
    "origin_country": "NL",
    "destination": "THBKK",
    "destination_country": "TH",
    "conveyance": "Ever Given",
}
NOTICE: Answers = {
    "shipment": page(
        frequency="one shipment",
        end_use="Coatings for floors",
        dispatch_on="1|3|2099",
        arrival_on="1|4|2099",
        exit_point="NLRTM",
        entry_point="THBKK",
    ),
    "substances": items(ACETIC),
    "parties": items(EXPORTER, IMPORTER),
    "authorisations": items(
        {"sort": "import authorisation", "number": "TH-2026-77", "issuer": "FDA Thailand"}
    ),
    "legs": items(LEG),
    "containers": items({"number": "CSQU3054383", "seals": "S-1"}),
    "papers": page(bills="MAEU123456"),
    "declaration": DECLARATION,
}
STAY: Answers = {
    **NOTICE,
    "stay": page(rests_at="NLRTM", rests_from="2|3|2099", rests_until="9|3|2099"),
}
BY_KIND: dict[str, Answers] = {
    "suspicious-order": {
        "event": page(happened="order", happened_on="20|3|2026", done="refused", can_stop="no"),
        "substances": items(ACETIC),
        "grounds": page(grounds="Would not say what it is for."),
        "parties": items(CUSTOMER),
        "declaration": DECLARATION,
    },
    "loss": {
        "discovery": page(
            discovered_on="20|3|2026",
            where="in transit with a carrier",
            place="Between Rotterdam and Duisburg",
            place_country="NL",
            carrier="Waal Transport",
        ),
        "substances": items(ACETIC),
        "circumstances": page(
            how="disappearance in transit",
            certainty="supposed",
            circumstances="One drum of ten did not arrive.",
            share_of_stock="2.5",
        ),
        "parties": [],
        "measures": page(police_told="yes", police_reference="PL1500-2026-1"),
        "declaration": DECLARATION,
    },
    "export-notice": NOTICE,
    "import-notice": STAY,
    "transit-notice": STAY
    | {"shipment": NOTICE["shipment"] | page(arrival_on="1|3|2099", dispatch_on="9|3|2099")},
    "return": {
        "period": page(period="month", begins_on="1|2|2026"),
        "entries": items(
            {"substance": "toluene", "movement": "opening stock", "quantity": "100", "unit": "kg"},
            {
                "substance": "toluene",
                "movement": "sold",
                "quantity": "0.04",
                "unit": "t",
                "counterparty": "Siam Coatings",
                "country": "TH",
            },
            {"substance": "toluene", "movement": "closing stock", "quantity": "60", "unit": "kg"},
        ),
        "declaration": DECLARATION,
    },
    "end-user-declaration": {
        "parties": items(CUSTOMER),
        "paper": page(
            number="EUD-2026-9",
            single="no",
            signed_on="1|2|2026",
            valid_until="31|1|2099",
            signed_by="S. Chaiwat",
        ),
        "substances": items(ACETIC),
        "use": page(
            use="paints, inks, coatings or adhesives",
            use_words="Hardener for floor coatings",
            site_of_use="12 Soi 3, Samut Prakan",
            site_country="TH",
        ),
        "declaration": DECLARATION,
    },
}
OF_PARTNERS: dict[str, Answers] = {
    "sighting": {
        "seen": page(
            seen_on="20|3|2026",
            seen_time="14:30",
            place="THBKK",
            place_country="TH",
            how="routine control",
            what="Forty blue drums behind furniture.",
        ),
        "traces": page(containers="CSQU3054383", plates="70-1234"),
        "parties": [],
        "substances": items(ACETIC),
        "done": page(done="held", held_until="1|3|2099", case_number="BKK-26-17"),
        "declaration": DECLARATION,
    },
    "information-request": {
        "question": page(
            question="Was this container announced?",
            why="It was opened on the way.",
            legal_basis="Article 17 of the Convention of 1988",
        ),
        "terms": page(
            urgency="urgent",
            answer_by="1|3|2099",
            marking="TLP:AMBER",
            shown_to="to this authority alone",
        ),
        "traces": page(containers="CSQU3054383"),
        "parties": items(
            {"role": "consignee", "sort": "organisation", "name": "Siam Coatings", "country": "TH"}
        ),
        "substances": [],
        "declaration": DECLARATION,
    },
}
OF_ANYBODY = BY_KIND | OF_PARTNERS
