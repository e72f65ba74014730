"""Filing an invented country."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from portal.core import jobs
from portal.core.errors import DomainError
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.simulation import services
from portal.simulation.commands import write
from portal.simulation.country import numbered
from portal.simulation.services import Filed
from portal.simulation.world import World
from portal.submissions.models import Submission
from portal.triage.models import TriageCase
from tests.factories import NOON, make_submission, order

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def practice(app, session):
    app.config["DEMO"] = True
    yield session
    app.config["DEMO"] = False


def test_nothing_is_simulated_where_real_records_may_be(session):
    with pytest.raises(DomainError, match="only where PORTAL_DEMO is 1"):
        services.suppliers(session, World(3, 100, NOW))
    assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_simulated_submissions_are_received_and_screened_as_any(practice):
    authors = services.suppliers(practice, World(3, 1_000, NOW))
    filings = list(islice(numbered(3, 1_000, NOW), 30))
    for one in filings:
        received = services.file(practice, one, authors[one.supplier])
        case = practice.get_one(TriageCase, received.id)
        assert (received.received_at, case.kind) == (one.moment, one.kind)
        assert received.organisation_id == authors[one.supplier].organisation_id
    assert practice.scalar(select(func.count()).select_from(jobs.Job)) == 0


def test_the_truth_is_written_a_line_each(tmp_path):
    one = next(o for o in numbered(3, 1_000, NOW) if o.scheme)
    path = tmp_path / "truth.jsonl"
    with path.open("w") as file:
        write(file, Filed(one, id=None))  # type: ignore[arg-type]
    told = json.loads(path.read_text())
    assert (told["scheme"], told["sort"], told["who"]) == (one.scheme, one.sort, dict(one.who))


def test_a_day_that_passes_takes_the_points_of_time_that_is_over(session):
    data = order(can_stop=YesNoUnknown.YES, stop_until=NOON + timedelta(hours=20))
    case = session.get_one(TriageCase, make_submission(session, data).id)
    before = case.priority
    services.pass_day(session, NOON + timedelta(days=1))
    assert case.priority == before - 10


def test_each_day_of_a_country_passes_once(practice, monkeypatch):
    days = []
    monkeypatch.setattr(services, "suppliers", lambda *_: defaultdict(lambda: None))
    monkeypatch.setattr(services, "file", lambda *_: Submission(id=uuid4()))
    monkeypatch.setattr(services, "pass_day", lambda _session, now: days.append(now.date()))
    filed = [one.filing.moment.date() for one in services.filed(3, 1_000, NOW)]
    assert len(filed) == 1_000
    assert [World(3, 1_000, NOW).begin.date(), *days] == list(dict.fromkeys(filed))
