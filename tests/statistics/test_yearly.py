"""The yearly tables hold what the portal knows of a year, and of that year alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.kinds.loss.data import How, LossData, Where
from portal.kinds.periodic_return.data import Balance, Entry, Movement, Period, ReturnData
from portal.partners.inbox.data import Result
from portal.shipments.data import Carried, Reply
from portal.shipments.models import Consultation
from portal.statistics.yearly import for_others, yearly
from portal.triage.life import Status
from portal.triage.models import TriageCase
from tests.factories import line, make_account, notice, order

AT = datetime(2026, 5, 5, 9, tzinfo=UTC)
BEFORE = datetime(2025, 12, 31, 9, tzinfo=UTC)


@pytest.fixture
def sheet(session):
    """Return a way to one of the tables of 2026."""

    def sheet_(key, year=2026):
        return next(one for one in yearly(session, year).sheets if one.key == key)

    return sheet_


def test_seizures_stand_by_table_and_country(session, filed, lead, hand_over, outcome, sheet):
    given = hand_over(lead(AT, *filed(order(), AT)), AT)
    outcome(given, AT, acetic_anhydride="40", ephedrine="2")
    outcome(given, AT, country="TH", acetic_anhydride="7")
    outcome(given, AT, current=False, acetic_anhydride="999")
    outcome(given, BEFORE, acetic_anhydride="111")
    outcome(given, AT, Result.SEIZURE, something_else="3")
    rows = sheet("seizures").rows
    assert ("I", "Acetic anhydride", "1", "40", "0", "not recorded") in rows
    assert ("I", "Ephedrine", "1", "2", "0", "not recorded") in rows
    assert len(rows) == 2
    assert sheet("others").rows == (("Something else", "1", "3", "0", "not recorded"),)
    assert sheet("abroad").rows == (("Thailand", "Acetic anhydride", "1", "7"),)
    assert sheet("seizures", 2025).rows[0][3] == "111"


def test_losses_stand_by_substance_and_way(session, filed, sheet):
    data = LossData(
        lines=(line("acetone", "12"),),
        parties=(),
        declared_by="A",
        discovered_on=date(2026, 5, 1),
        where=Where.SITE,
        place="Dock",
        place_country="NL",
        how=How.THEFT,
        circumstances="Gone",
    )
    filed(data, AT, companies=2)
    found = sheet("diversion")
    assert found.rows == (("Acetone", "theft", "2", "24"),)
    assert found.firms == (2,)
    assert "Methods of illicit manufacture" in found.missing


def test_stopped_shipments_and_refused_orders_stand_apart(session, filed, sheet):
    filed(order(lines=(line("acetone", "5"),)), AT)
    (held,) = filed(notice(), AT)
    session.get_one(TriageCase, held.id).status = Status.STOPPED
    session.flush()
    assert sheet("stopped").rows == (
        ("Acetone", "order refused by the company", "1", "5"),
        ("Toluene", "shipment stopped by the authority", "1", "800"),
    )


def test_notices_sent_stand_by_country_with_their_answers(session, filed, sheet):
    officer = make_account(session)
    for reply in (Reply.NO_OBJECTION, Reply.OBJECTION, None):
        (one,) = filed(notice(), AT)
        session.add(
            Consultation(
                submission_id=one.id,
                country="TH",
                carried=next(iter(Carried)),
                partner_id=None,
                sent_at=AT,
                sent_by_id=officer.id,
                reply_by=None,
                content="{}",
                content_sha256="",
                signature="",
                reply=reply,
            )
        )
    session.flush()
    assert sheet("notifications").rows == (("Thailand", "3", "1", "1", "1"),)
    assert sheet("notifications").firms == (3,)


def test_announced_trade_stands_by_substance_and_country(session, filed, sheet):
    filed(notice(), AT, companies=2)
    filed(notice(), BEFORE)
    assert sheet("trade").rows == (("Export", "Toluene", "Thailand", "2", "1600"),)


def test_returns_are_added_up_by_substance(session, filed, sheet):
    data = ReturnData(
        lines=(),
        parties=(),
        declared_by="A",
        period=Period.YEAR,
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        entries=(
            Entry(substance="acetone", name="Acetone", movement=Movement.USED,
                  quantity_kg=Decimal(30)),
        ),
        balances=(Balance(name="Acetone", imported=Decimal(50), used=Decimal(30)),),
    )  # fmt: skip
    filed(data, datetime(2027, 1, 20, tzinfo=UTC), companies=2)
    (row,) = sheet("uses").rows
    assert row[:2] == ("Acetone", "2")
    assert row[-3] == "60"
    assert sheet("uses", 2027).rows == ()


@pytest.mark.parametrize(("companies", "is_shown"), [(2, False), (3, True)])
def test_rows_of_fewer_than_3_companies_are_not_for_others(
    session, filed, sheet, companies, is_shown
):
    filed(notice(), AT, companies=companies)
    found = for_others(sheet("trade"))
    assert bool(found.rows) is is_shown
    assert f"{0 if is_shown else 1} rows of fewer than 3 companies" in found.note
    assert for_others(sheet("seizures")) == sheet("seizures")
