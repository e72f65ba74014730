"""A portal whose commits are real, for two sessions at once."""

from tests.core.conftest import own_database, portal, settings  # noqa: F401
