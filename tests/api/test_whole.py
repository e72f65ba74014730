"""The whole interface against its own description, with whatever a machine may send."""

from datetime import timedelta
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from portal.api import services
from portal.api.data import Scope
from portal.app import create_app
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.reference.services import load
from tests.conftest import DATA, migrate
from tests.factories import make_account, make_submission

# Keys are tried in test_door.py. That a body fits its schema does not make it true: check digits,
# balances and contradictions between answers are beyond JSON Schema, and are refused with 422.
ELSEWHERE = [ignored_auth, positive_data_acceptance]
EXAMPLES = 12  # of each operation
PLENTY = 1_000_000  # requests a minute


def test_12_examples_of_each_operation_are_answered_as_described(tmp_path):
    app = create_app(
        {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": "a secret of tests that nobody else uses",
            "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path}/portal.db",
            "PORTAL_DATA_DIR": str(tmp_path),
            "PORTAL_BASE_URL": "http://localhost",
        }
    )
    with app.extensions["portal.engine"].connect() as connection:
        migrate(connection)
    sessions = app.extensions["portal.sessions"]
    with app.app_context(), sessions(info={"writing": True}) as session:
        load(session, DATA, utc_now())
        author = make_account(session, Role.COMPANY_ADMIN)
        make_submission(session, author=author)
        until = utc_now().date() + timedelta(days=9)
        key, secret = services.create_key(session, "ERP", list(Scope), until, author, utc_now())
        key.per_minute = PLENTY
        session.commit()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    tried = []
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # an invalid one has none

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def attempt(case):
            answer = case.call(headers={"Authorization": f"Bearer {secret}"})
            case.validate_response(answer, excluded_checks=ELSEWHERE)

        attempt()
        tried.append(operation.label)
    assert len(tried) == 13
    app.extensions["portal.engine"].dispose()
