"""A finding names its evidence so that an officer can click to each field."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from portal.core.access import Role
from portal.kinds.loss.data import How, LossData, Where
from portal.kinds.notices.data import Authorisation, AuthorisationSort, Container
from portal.reference.data import Unit
from portal.submissions.data import Party, PartyRole, Payment
from portal.triage.models import FindingRow
from tests.factories import NOON, customer, line, make_submission, notice, order

DAY = timedelta(days=1)


def report(name, **more):
    answers = {
        "parties": (
            customer(
                name,
                phones=("+31612094417", "+31612094418"),
                emails=("a@gmail.com",),
                street="Havenweg 7",
                bank_account="NL91ABNA0417164300",
                city="Venlo",
            ),
        ),
        "lines": (line("acetic-anhydride", "60", unit=Unit.LITRE), line("ephedrine", "2")),
        "plates": ("VK-902-B", "VK-903-B"),
        "driver": "Driver of the van",
        "delivery_wanted": "Depot 4, Almelo",
        "payments": (Payment.CASH, Payment.TRANSFER),
        "payer_country": "TR",
    }
    return order(**answers | more)


def shipment(name, number, **more):
    answers = {
        "lines": (line("ephedrine", "50"),),
        "parties": (
            Party(role=PartyRole.EXPORTER, name="Exporter B.V.", country="NL"),
            Party(role=PartyRole.IMPORTER, name=name, country="MX", phones=("+31612094417",)),
            Party(role=PartyRole.CONSIGNEE, name="Gulf Cargo", country="AE"),
        ),
        "authorisations": (
            Authorisation(sort=AuthorisationSort.IMPORT, number="MX-1", issuer=f"Issuer {number}"),
        ),
        "containers": (Container(number="CSQU3054383", seals=("SEAL-1", "SEAL-2")),),
        "bills": ("BILL-7",),
        "invoices": ("INV-7",),
    }
    return notice(**answers | more)


def loss():
    return LossData(
        lines=(line("ephedrine", "2"),),
        parties=(),
        declared_by="A. Reporter",
        discovered_on=NOON.date(),
        where=Where.SITE,
        place="Hall 3, Venlo",
        place_country="NL",
        carrier="Swift Transport",
        how=How.THEFT,
        circumstances="Gone.",
        share_of_stock=Decimal(4),
    )


def test_every_piece_of_evidence_of_9_submissions_has_its_place_on_a_page(session, sign_in):
    leg = replace(notice().legs[0], destination_country="MX", free_zone="AEJEA")
    made = [
        report("Badr Trading"),
        report("Nova Travel"),
        replace(report("Al Nour"), done=order().done.FULFILLED),
        shipment("Nova Travel", 1, legs=(leg,)),
        shipment("Somebody Else", 2),
        loss(),
        loss(),
        loss(),
        report("Nova Travel Group", parties=(customer("Nova Travel Group"),)),
    ]
    for number, record in enumerate(made):
        make_submission(session, record, now=NOON + number * DAY)
    browser = sign_in(Role.SUPERVISOR)
    pages, rules = {}, set()
    for finding in session.scalars(select(FindingRow)).all():
        rules.add(finding.rule)
        assert not finding.failed
        for one in finding.evidence:
            key = one["submission"]
            if key not in pages:
                pages[key] = {
                    tag["id"] for tag in browser.get(f"/triage/{key}").soup.select("[id]")
                }
            assert one["path"].replace(".", "-") in pages[key], (finding.rule, one)
    assert len(rules) > 20
