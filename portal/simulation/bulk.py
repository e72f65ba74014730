"""Filling a database quickly for measurements: real submissions, copied under other names.

Some hundred submissions go through the real path; every row that it wrote is then copied, round
after round, with other people, other numbers and other days. What is left out of the copies: jobs
and the audit trail, which is a chain and cannot be copied.
"""

import gc
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from portal.core.db import transaction
from portal.simulation import services
from portal.simulation.copying import Copier
from portal.simulation.rows import INDEX_TABLES, TABLES, Owner
from portal.simulation.world import World

TEMPLATES = 1_000
IN_HASTE = {  # how each database is filled fastest: keys were checked when the originals were filed
    "sqlite": (
        *("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000"),
        *("PRAGMA journal_mode = MEMORY", "PRAGMA locking_mode = EXCLUSIVE"),
    ),
    "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '1GB'"),
}


def fill(seed: int, number: int, now: datetime, templates: int = TEMPLATES) -> int:
    """Bring an empty portal to a number of submissions; return how many there are.

    Raises:
        DomainError: the installation is not for practice.
    """
    services.refuse_real()
    first = min(templates, number)
    for _ in services.filed(seed, first, now):
        pass
    with transaction() as session:
        owners = companies(session, World(seed, number, now))
    engine: Engine = current_app.extensions["portal.engine"]
    with engine.connect() as connection:
        copier = Copier(connection, seed, owners)
    gc.disable()  # nothing that is made here goes in circles, and looking for that takes longest
    try:
        with_indexes_away(engine, lambda connection: copier.copy(connection, number - first))
    finally:
        gc.enable()
    return number


def companies(session: Session, world: World) -> list[Owner]:
    """Make the companies that a country of this size has; return them as rows hold them."""
    made = services.suppliers(session, world, domain=f"{uuid4().hex[:8]}.example")
    ids = {account.id for account in made.values()}
    rows = session.connection().exec_driver_sql(
        "SELECT o.id, a.id, o.name FROM account a JOIN organisation o ON o.id = a.organisation_id"
    )
    return [Owner(*row) for row in rows if UUID(str(row[1])) in ids]


def with_indexes_away(engine: Engine, deed: Callable[[Connection], None]) -> None:
    """Do a deed while the tables have no indexes but their keys, and make them anew."""
    sqlite = engine.dialect.name == "sqlite"
    engine.dispose()  # else SQLite would not leave its log
    with engine.connect() as connection:
        for setting in IN_HASTE[engine.dialect.name]:
            connection.connection.cursor().execute(setting)
        with connection.begin():
            made = indexes(connection, sqlite=sqlite)
            for name, _ in made:
                connection.exec_driver_sql(f"DROP INDEX {name}")
        deed(connection)
        for _, words in made:
            with connection.begin():
                connection.exec_driver_sql(words)
        connection.connection.invalidate()  # its settings are not for others
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def indexes(connection: Connection, *, sqlite: bool) -> list[tuple[str, str]]:
    """Return name and words of every index that is no key."""
    listed = ", ".join(f"'{name}'" for name in (*TABLES, *INDEX_TABLES))
    if sqlite:
        query = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({listed})"  # noqa: S608, E501
    else:
        query = f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({listed}) AND indexname LIKE 'ix_%%'"  # noqa: S608, E501
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]
