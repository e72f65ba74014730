"""A portal filled for measurements holds what the real path would have written."""

import os
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, inspect, select

from bench import sizes
from evaluate.running import portal
from portal.core import db
from portal.core.db import make_engine
from portal.core.errors import DomainError
from portal.entities.models import ENTITY_KEY, Entity, EntityMention
from portal.entities.queries import entities_of
from portal.entities.rules.blocking import SATURATED
from portal.simulation import bulk
from portal.simulation.copying import saturate
from portal.simulation.renaming import Round
from portal.simulation.rows import TABLES
from portal.submissions.kind import registered, sha256
from portal.submissions.models import Submission, SubmissionMention
from portal.submissions.present import mentions
from portal.texts.data import Phrase
from portal.texts.models import SearchText
from portal.texts.queries import end, newest
from portal.texts.rules.words import reference_token, written
from portal.triage.models import CaseCount, FindingRow, TriageCase
from tests import postgres

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TEMPLATES, NUMBER = 60, 150


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with ExitStack() as stack:
        url = None
        if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
            url = stack.enter_context(postgres.cluster())
        stack.enter_context(portal(tmp_path_factory.mktemp("bulk"), url))
        before = indexes()
        bulk.fill(6, NUMBER, NOW, TEMPLATES)
        yield db.get_session(), before


def indexes():
    found = inspect(db.get_session().get_bind())
    return {(table, one["name"]) for table in TABLES for one in found.get_indexes(table)}


def test_a_filled_portal_holds_as_many_as_asked_and_counts_them(filled):
    session, before = filled
    assert session.scalar(select(func.count()).select_from(Submission)) == NUMBER
    assert session.scalar(select(func.count()).select_from(TriageCase)) == NUMBER
    assert session.scalar(select(func.sum(CaseCount.cases))) == NUMBER
    assert indexes() == before


def test_what_made_filling_quick_is_gone_afterwards(filled):
    session, _ = filled
    engine = session.get_bind()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            names = ("journal_mode", "synchronous", "foreign_keys")
            kept = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
            assert kept == ["wal", 2, 1]
        else:
            role = connection.exec_driver_sql("SHOW session_replication_role").scalar()
            assert role == "origin"


def test_settled_nothing_is_left_in_the_log(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE one (a)")
        log = Path(f"{tmp_path}/a.db-wal")
        connection.exec_driver_sql("INSERT INTO one VALUES (1)")
    assert log.stat().st_size > 0
    sizes.settle(engine)
    assert log.stat().st_size == 0
    engine.dispose()


def test_a_key_of_more_entities_than_count_is_left_to_40(filled):
    session, _ = filled
    ids = session.scalars(select(Entity.id).limit(SATURATED + 3)).all()
    rows = [{"key": 7, "entity_id": each} for each in ids]
    session.execute(insert(ENTITY_KEY), rows)
    kept = select(func.count()).select_from(ENTITY_KEY)
    others = session.scalar(kept.where(ENTITY_KEY.c.key != 7))
    saturate(session.connection())
    assert session.scalar(kept.where(ENTITY_KEY.c.key == 7)) == SATURATED
    assert session.scalar(kept) == SATURATED + others
    session.rollback()


def test_traces_and_hash_of_a_copy_are_those_of_its_record(filled):
    session, _ = filled
    copies = session.scalars(select(Submission).where(Submission.reference.like("CP-%"))).all()
    assert len(copies) == NUMBER - TEMPLATES
    for copy in copies:
        assert copy.content_sha256 == sha256(copy.content)
        kept = session.scalars(
            select(SubmissionMention).where(SubmissionMention.submission_id == copy.id)
        )
        told = {(one.sort, one.value, one.shown, one.path) for one in kept}
        record = registered()[copy.kind].load(copy.content)
        assert told == {(one.sort, one.value, one.shown, one.path) for one in mentions(record)}


def test_entities_of_copies_are_there_and_findings_rest_on_stored_submissions(filled):
    session, _ = filled
    ids = {str(one) for one in session.scalars(select(Submission.id))}
    for evidence in session.scalars(select(FindingRow.evidence)):
        assert {one["submission"] for one in evidence} <= ids
    known = set(session.scalars(select(Entity.id)))
    assert set(session.scalars(select(EntityMention.entity_id))) <= known
    assert set(session.execute(select(ENTITY_KEY.c.entity_id)).scalars()) <= known
    newest = session.scalars(select(Submission).order_by(Submission.reference).limit(5))
    for copy in newest:
        count = session.scalar(
            select(func.count())
            .select_from(EntityMention)
            .where(EntityMention.submission_id == copy.id)
        )
        assert len(entities_of(session, copy.id)) == count


def test_copies_are_of_other_people_but_carriers_are_the_same(filled):
    session, _ = filled
    rows = session.execute(
        select(SubmissionMention.value, SubmissionMention.path).where(
            SubmissionMention.sort == "name"
        )
    ).all()
    parties = Counter(value for value, path in rows if path == "parties.1.name")
    carriers = Counter(value for value, path in rows if path == "legs.0.carrier")
    assert max(carriers.values()) >= 2
    assert max(parties.values()) < NUMBER / 4


def test_a_copy_is_found_by_its_reference_and_a_word_of_its_name(filled):
    session, _ = filled
    assert session.scalar(select(func.count()).select_from(SearchText)) == NUMBER
    shown, reference, key = session.execute(
        select(SubmissionMention.shown, Submission.reference, Submission.id)
        .join(Submission)
        .where(
            Submission.reference.like("CP-%"),
            SubmissionMention.path == "parties.0.name",
            SubmissionMention.shown.regexp_match("^[A-Z][a-z]{6,} "),
        )
        .order_by(Submission.reference)
        .limit(1)
    ).one()
    for token in (reference_token(reference), written(shown.split()[0])):
        newer = end(session)
        places = [place for _, place in newest(session, [Phrase((token,))], newer, newer, 50)]
        found = session.scalars(select(SearchText.thing_id).where(SearchText.id.in_(places)))
        assert key in set(found)


def test_a_round_renames_alike_and_keeps_legal_forms():
    one, other = Round(6, 1), Round(6, 2)
    name = one.words("Belchem Handel B.V.")
    assert name.endswith("Handel B.V.")
    assert name != "Belchem Handel B.V."
    assert name == one.words("Belchem Handel B.V.")
    assert name != other.words("Belchem Handel B.V.")
    assert one.plain("+31612345678") != "+31612345678"
    assert len(one.plain("+31612345678")) == 12


def test_nothing_is_filled_where_real_records_may_be(app, session):
    with pytest.raises(DomainError, match="only where PORTAL_DEMO is 1"):
        bulk.fill(6, NUMBER, NOW, TEMPLATES)
