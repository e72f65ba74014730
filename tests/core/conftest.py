"""A portal whose commits are real, for what happens after them."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from portal.app import create_app
from portal.core.db import Base


@pytest.fixture
def own_database(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Give an empty database of the run's sort, on the disk."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'portal.db'}"
        return
    name = f"own_{uuid4().hex}"
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(database_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def settings(own_database: str, tmp_path: Path) -> dict[str, str]:
    """Give the settings of a portal of one's own."""
    return {
        "PORTAL_ENV": "test",
        "PORTAL_SECRET_KEY": "a secret of tests that nobody else uses",
        "PORTAL_DATABASE_URL": own_database,
        "PORTAL_DATA_DIR": str(tmp_path / "data"),
        "PORTAL_BASE_URL": "https://portal.example.org",
    }


@pytest.fixture
def portal(settings: dict[str, str]) -> Iterator[Flask]:
    """Give a portal with its own database, data folder and keys."""
    app = create_app(settings)
    Base.metadata.create_all(app.extensions["portal.engine"])
    yield app
    app.extensions["portal.engine"].dispose()
