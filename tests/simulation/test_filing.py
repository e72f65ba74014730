"""Filing an invented country."""

import json
from datetime import UTC, datetime
from itertools import islice

import pytest
from sqlalchemy import func, select

from portal.core import jobs
from portal.core.errors import DomainError
from portal.simulation import services
from portal.simulation.commands import write
from portal.simulation.country import numbered
from portal.simulation.services import Filed
from portal.simulation.world import World
from portal.submissions.models import Submission
from portal.triage.models import TriageCase

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
