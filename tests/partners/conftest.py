"""A portal whose commits are real, for two sessions at once; and a lead that is handed over."""

import pytest

from portal.core.access import Role
from portal.partners import services
from tests.core.conftest import own_database, portal, settings  # noqa: F401
from tests.factories import (
    NOON,
    make_account,
    make_lead,
    make_partner,
)


@pytest.fixture
def partner(session):
    return make_partner(session, name="Joint cell")


@pytest.fixture
def reader(session, partner):
    return make_account(session, Role.PARTNER_OFFICER, organisation=partner)


@pytest.fixture
def officer(session):
    return make_account(session, Role.ANALYST)


@pytest.fixture
def lead(session):
    return make_lead(session)


@pytest.fixture
def given(session, lead, partner, reader, officer):
    return services.hand_over(session, lead, partner.id, officer, NOON)
