"""An order sent by a machine, as the documentation shows it."""

import json
import time
from datetime import timedelta
from statistics import median

from flask import Flask

from portal.api import services
from portal.api.data import Scope
from portal.core.access import Role
from portal.core.clock import utc_now
from tests.api.test_filing import ORDER
from tests.factories import make_account

RUNS = 15


def filed(app: Flask) -> float:
    """Return the median seconds of one order."""
    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        boss = make_account(session, Role.COMPANY_ADMIN)
        until = utc_now().date() + timedelta(days=1)
        _, secret = services.create_key(session, "bench", tuple(Scope), until, boss, utc_now())
        session.commit()
    client, spent = app.test_client(), []
    head = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    for _ in range(RUNS + 1):
        begin = time.perf_counter()
        answer = client.post(
            "/api/v1/submissions/suspicious-order", data=json.dumps(ORDER), headers=head
        )
        spent.append(time.perf_counter() - begin)
        assert answer.location, answer.text  # noqa: S101
    return median(spent[1:])
