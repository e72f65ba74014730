"""The audit trail: added to in the deed's transaction, never changed, verified whole."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.core import audit
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.oversight.services import grants
from tests.factories import NOON, make_account


def record(session, count=3):
    """Write some deeds, each in a transaction of its own."""
    actor = make_account(session, Role.ANALYST)
    for number in range(count):
        audit.record(session, actor, "thing.done", actor.id, NOON, number=number)
        session.commit()


def test_3_deeds_make_a_chain_of_3_more(session):
    before = audit.verify(session).entries
    record(session)
    found = audit.verify(session)
    assert (found.entries, found.broken_at) == (before + 3, None)


def test_a_deed_that_was_rolled_back_leaves_0_entries(session):
    before = audit.verify(session).entries
    actor = make_account(session, Role.ANALYST)
    audit.record(session, actor, "thing.done", actor.id, NOON)
    session.rollback()
    session.commit()
    assert audit.verify(session).entries == before


@pytest.mark.parametrize(
    "change",
    [update(AuditEvent).values(deed="thing.else"), delete(AuditEvent)],
    ids=["update", "delete"],
)
def test_the_database_refuses_2_ways_to_change_an_entry(session, change):
    record(session)
    with pytest.raises(DBAPIError, match="never changed"), session.begin_nested():
        session.execute(change)


def off(session):
    """Let the entries be changed, as somebody who owns the database could."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_kept"))
    else:
        session.execute(text("DROP TRIGGER audit_event_update"))
        session.execute(text("DROP TRIGGER audit_event_delete"))


@pytest.mark.parametrize(
    ("column", "value"),
    [("deed", "thing.else"), ("detail", "{}"), ("address", "10.0.0.1"), ("outcome", "refused")],
)
def test_a_change_by_the_owner_of_the_database_is_named(session, column, value):
    record(session)
    off(session)
    last = session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1))
    session.execute(update(AuditEvent).where(AuditEvent.id == last - 1).values({column: value}))
    found = audit.verify(session)
    assert (found.broken_at, found.reason) == (last - 1, "its content was changed")


def test_a_missing_entry_is_named(session):
    record(session)
    off(session)
    last = session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1))
    session.execute(delete(AuditEvent).where(AuditEvent.id == last - 1))
    assert audit.verify(session).reason == f"entry {last - 1} is missing"


def test_a_tail_that_was_cut_off_shows_by_the_published_head(session):
    record(session)
    published = audit.head(session)
    assert published is not None
    place, mac = published
    off(session)
    session.execute(delete(AuditEvent).where(AuditEvent.id == place))
    assert audit.verify(session).reason == ""
    assert audit.verify(session, {place: mac}).broken_at == place


def test_the_role_that_runs_the_portal_cannot_change_the_trail(session):
    """On PostgreSQL by its rights; on SQLite, which knows no roles, by the triggers above."""
    record(session)
    if session.get_bind().dialect.name != "postgresql":
        assert len(grants("portal_app")) == 4
        return
    session.execute(text("CREATE ROLE portal_app"))
    for statement in grants("portal_app"):
        session.execute(text(statement))
    session.execute(text("SET LOCAL ROLE portal_app"))
    assert session.scalar(select(AuditEvent.id).limit(1)) is not None
    for deed in (
        "UPDATE audit_event SET deed = ''",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
            session.execute(text(deed))
    session.execute(text("RESET ROLE"))
