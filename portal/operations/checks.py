"""What must hold for the portal to work."""

import os
import shutil
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from portal.core.clock import utc_now
from portal.core.db import get_session
from portal.core.jobs import backlog

LEAST_FREE = 200 * 1024 * 1024  # bytes
ROOT = Path(__file__).parents[2]


def ready(app: Flask, database: bool) -> dict[str, bool]:  # noqa: FBT001  a plain answer handed on
    """Return each part and whether it works."""
    data: Path = app.config["DATA_DIR"]
    return {
        "database": database,
        "migrations": database and at_head(),
        "disk": shutil.disk_usage(data).free > LEAST_FREE and os.access(data, os.W_OK),
        "keys": os.access(app.config["KEY_DIR"], os.R_OK),
        "jobs": database and backlog(get_session(), utc_now()).failed == 0,
    }


def at_head() -> bool:
    """Tell whether the database has the newest schema."""
    script = ScriptDirectory.from_config(Config(toml_file=str(ROOT / "pyproject.toml")))
    present = MigrationContext.configure(get_session().connection()).get_current_heads()
    return set(present) == set(script.get_heads())
