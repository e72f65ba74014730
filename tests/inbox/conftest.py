"""One lead of one report, handed to one partner."""

import pytest

from tests.factories import make_submission
from tests.inbox.story import hand_over, make_lead, make_partner


@pytest.fixture
def source(session):
    return make_submission(session)


@pytest.fixture
def officer(session):
    return make_partner(session)


@pytest.fixture
def lead(session, source):
    return make_lead(session, source)


@pytest.fixture
def given(session, lead, officer):
    return hand_over(session, lead, officer)
