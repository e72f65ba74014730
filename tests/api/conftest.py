"""A machine that calls the interface with a key, as over a wire."""

import json
import secrets
from contextvars import Context
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.api import services
from portal.api.data import Scope
from portal.app import create_app
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.db import make_engine
from portal.reference.services import load
from tests.conftest import DATA, migrate
from tests.factories import make_account

EVERYTHING = tuple(Scope)


class Machine:
    """A client with a key, or with none."""

    def __init__(self, app, secret: str | None) -> None:
        self.client = FlaskClient(app, use_cookies=False)
        self.head = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **more: Any):
        return Context().run(
            self.client.get, path, headers=self.head | more.pop("head", {}), **more
        )

    def post(self, path: str, value: Any = None, raw: bytes | None = None, **head: str):
        named = {name.replace("_", "-"): text for name, text in head.items()}
        return Context().run(
            self.client.post,
            path,
            data=json.dumps(value) if raw is None else raw,
            headers={"Content-Type": "application/json"} | self.head | named,
        )


@pytest.fixture
def author(session):
    return make_account(session, Role.COMPANY_ADMIN)


@pytest.fixture
def key_for(session):
    """Make a key for an account, and return it with its secret."""

    def make(account, scopes=EVERYTHING, **more):
        until = utc_now().date() + timedelta(days=30)
        key, secret = services.create_key(session, "ERP", scopes, until, account, utc_now())
        for name, value in more.items():
            setattr(key, name, value)
        session.commit()
        return key, secret

    return make


@pytest.fixture
def machine(app, author, key_for):
    return Machine(app, key_for(author)[1])


@pytest.fixture
def portal_on_disk(database_url, tmp_path):
    """Return a portal with a database of its own, and a key, for real connections."""
    name = f"api_{secrets.token_hex(4)}"
    url = f"sqlite:///{tmp_path}/portal.db"
    if database_url.startswith("postgresql"):
        maker = make_engine(database_url, isolation_level="AUTOCOMMIT")
        with maker.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        maker.dispose()
        url = database_url.replace("/postgres?", f"/{name}?")
    app = create_app(
        {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": "a secret of tests that nobody else uses",
            "PORTAL_DATABASE_URL": url,
            "PORTAL_DATA_DIR": str(tmp_path),
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    with app.extensions["portal.engine"].connect() as connection:
        migrate(connection)
    sessions = app.extensions["portal.sessions"]
    with app.app_context(), sessions(info={"writing": True}) as session:
        load(session, DATA, utc_now())
        boss = make_account(session, Role.COMPANY_ADMIN)
        until = utc_now().date() + timedelta(days=9)
        _, secret = services.create_key(session, "ERP", EVERYTHING, until, boss, utc_now())
        session.commit()
    yield app, secret
    app.extensions["portal.engine"].dispose()
