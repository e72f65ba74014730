"""The migration that serves the desk gives the cases that are there what the queue needs."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, insert, select
from sqlalchemy.pool import StaticPool

from portal.core.db import make_engine

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_2_cases_from_before_have_their_company_clock_and_3_marks(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/before.db", poolclass=StaticPool)
    config = Config(toml_file="pyproject.toml")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        connection.commit()
        firm, notice_id, order_id = uuid4(), uuid4(), uuid4()
        fill(connection, firm, notice_id, order_id)
        command.upgrade(config, "0011")
        connection.commit()
        tables = reflected(connection)
        case, mark = tables["triage_case"], tables["triage_mark"]
        rows = {row.id: row for row in connection.execute(select(case))}
        assert {row.organisation_id for row in rows.values()} == {firm.hex}
        assert str(rows[notice_id.hex].due_on) == "2026-04-20"
        assert str(rows[order_id.hex].due_on) == "2026-03-09"
        marks = {(row.case_id, row.sort, row.value) for row in connection.execute(select(mark))}
        assert marks == {
            (notice_id.hex, "substance", "acetone"),
            (notice_id.hex, "country", "TH"),
            (order_id.hex, "country", "MX"),
        }
        command.downgrade(config, "0010")
    engine.dispose()


def reflected(connection):
    found = MetaData()
    found.reflect(connection)
    return found.tables


def fill(connection, firm, notice_id, order_id):
    """Put a notice with a date of departure and an order that can be stopped in."""
    connection.connection.execute("PRAGMA foreign_keys = OFF")  # between two transactions
    tables = reflected(connection)
    notice = {
        "lines": [{"substance": "acetone"}],
        "parties": [{"country": "TH"}],
        "may_leave_on": "2026-04-20",
    }
    order = {"lines": [{"substance": None}], "parties": [{"country": "MX"}], "legs": []}
    for case_id, kind, told, stop in (
        (notice_id, "export-notice", notice, None),
        (order_id, "suspicious-order", order, datetime(2026, 3, 9, 12, tzinfo=UTC)),
    ):
        own = {"id": case_id.hex, "kind": kind, "content": json.dumps(told), "received_at": AT}
        own |= {"organisation_id": firm.hex, "summary": "", "reference": case_id.hex}
        put(connection, tables["submission"], own)
        status = {"status": "received", "open": True, "priority": 5, "addends": "[]"}
        case = {"id": case_id.hex, "kind": kind, "received_at": AT, "stop_until": stop}
        put(connection, tables["triage_case"], case | status | {"summary": ""})
    connection.commit()


def put(connection, table, known):
    """Insert a row; what must not be empty and is not given gets something."""
    kinds = {int: 0, bool: False, datetime: AT, date: AT.date()}
    row = {
        column.name: kinds.get(column.type.python_type, uuid4().hex)
        for column in table.columns
        if not column.nullable
    }
    connection.execute(insert(table).values(row | known))
