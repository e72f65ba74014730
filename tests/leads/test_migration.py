"""The migration that builds leads keeps the sources that leads have."""

from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Uuid, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool

from portal.core.db import make_engine


def revisions(config):
    """Return the revision before the one that builds leads, and that one."""
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    found = next(one for one in scripts if one.path.endswith("_build_leads.py"))
    return found.down_revision, found.revision


def sources(connection):
    found = MetaData()
    found.reflect(connection, only=["lead_source"])
    table = found.tables["lead_source"]
    for name in ("id", "lead_id", "submission_id"):
        table.c[name].type = Uuid()
    return table


def test_1_source_from_before_is_the_first_of_its_submission(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/before.db", poolclass=StaticPool)
    config = Config(toml_file="pyproject.toml")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        before, built = revisions(config)
        command.upgrade(config, before)
        connection.commit()
        connection.connection.execute("PRAGMA foreign_keys = OFF")  # between two transactions
        kept = {"id": uuid4(), "lead_id": uuid4(), "submission_id": uuid4()}
        connection.execute(insert(sources(connection)).values(kept))
        connection.commit()
        command.upgrade(config, built)
        connection.commit()
        table = sources(connection)
        assert [bool(row.original) for row in connection.execute(select(table))] == [True]
        again = kept | {"id": uuid4(), "lead_id": uuid4()}
        connection.execute(insert(table).values(again | {"original": None}))
        with pytest.raises(IntegrityError):
            connection.execute(insert(table).values(again | {"id": uuid4(), "original": True}))
        connection.commit()
        command.downgrade(config, before)
        rows = connection.execute(select(sources(connection))).all()
        assert [row.lead_id for row in rows] == [kept["lead_id"]]
    engine.dispose()
