"""What one more submission, a search and a page about somebody read: never a whole table."""

import re
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, select

from portal.core.access import Role
from portal.entities.models import EntityMention
from tests.factories import NOON, customer, make_submission, notice, order

GROWING = (
    *("entity", "entity_key", "entity_mention", "entity_pair", "finding", "lead", "search_text"),
    *("submission", "submission_line", "submission_mention", "triage_case", "triage_mark"),
)
WHOLE = re.compile(
    rf"^SCAN ({'|'.join(GROWING)})\b(?!.* USING )|Seq Scan on ({'|'.join(GROWING)})\b"
)
WHO = {
    "country": "AE",
    "city": "Dubai",
    "street": "Al Rigga Road 17",
    "phones": ("+971504417720",),
    "emails": ("info@badr.example",),
    "registration_number": "1234567",
}


@contextmanager
def asked(engine):
    """Collect SELECT statements with their values."""
    sent = []

    def collect(_connection, _cursor, statement, values, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", collect)
    yield sent
    event.remove(engine, "before_cursor_execute", collect)


def whole_tables(session, engine, sent):
    """Return the steps of plans that read a whole table which grows."""
    assert len(sent) > 10
    connection = session.connection()
    if engine.dialect.name == "sqlite":
        head, place = "EXPLAIN QUERY PLAN", 3
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        head, place = "EXPLAIN", 0
    return [
        (row[place], statement)
        for statement, values in dict.fromkeys((s, hashable(v)) for s, v in sent)
        for row in connection.exec_driver_sql(f"{head} {statement}", thawed(values))
        if WHOLE.search(row[place].strip(" ->"))
    ]


def hashable(values):
    return tuple(values.items()) if hasattr(values, "items") else tuple(values)


def thawed(values):
    return dict(values) if values and isinstance(values[0], tuple) else values


@pytest.mark.parametrize("content", [order, notice], ids=["order", "notice"])
def test_receiving_1_more_reads_no_whole_table(session, engine, content):
    for n in range(3):
        data = content(parties=(customer("Badr Trading LLC", **WHO),))
        make_submission(session, data, now=NOON + timedelta(days=n))
    session.commit()
    with asked(engine) as sent:
        make_submission(session, data, now=NOON + timedelta(days=4))
    assert whole_tables(session, engine, sent) == []


@pytest.mark.parametrize("words", ["Badr", "info@badr.example", "+971 50 441 7720"])
def test_a_search_and_1_persons_page_read_no_whole_table(session, engine, sign_in, words):
    made = make_submission(session, order(parties=(customer("Badr Trading LLC", **WHO),)))
    entity = session.scalars(
        select(EntityMention.entity_id).where(EntityMention.submission_id == made.id)
    ).first()
    browser = sign_in(Role.ANALYST)
    with asked(engine) as sent:
        assert made.reference in browser.get(f"/search/?{urlencode({'q': words})}").text
        browser.get(f"/entities/{entity}")
    assert whole_tables(session, engine, sent) == []
