"""Cases that were flagged, and officers who make leads of them."""

import pytest

from portal.core.access import Role
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase
from tests.factories import NOON, make_account, make_submission


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ana Lyst")


@pytest.fixture
def flagged(session, analyst):
    """Return a function that files a record and flags it, by an officer who gives it back."""

    def file(data=None, **more):
        submission = make_submission(session, data, **more)
        case = session.get_one(TriageCase, submission.id)
        deeds.act(session, case, Action.TAKE, analyst, NOON)
        deeds.flag(session, case, "Looks wrong.", analyst, NOON)
        return submission

    return file
