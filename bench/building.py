"""A portal for measurements: an empty database of its own, and the reference data."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask

from portal.app import create_app
from portal.core import db
from portal.core.clock import utc_now
from portal.reference.services import load


def build(folder: Path, url: str = "") -> Flask:
    """Return the portal with an empty database of its own, and the reference data."""
    app = create_app(
        {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": "a secret of the measurements, nobody else's",
            "PORTAL_DEMO": "1",
            "PORTAL_DATABASE_URL": url or f"sqlite:///{folder}/portal.db",
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    with app.extensions["portal.engine"].connect() as connection:
        config = Config(toml_file="pyproject.toml")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with app.app_context(), db.transaction() as session:
        load(session, Path("data"), utc_now())
    return app
