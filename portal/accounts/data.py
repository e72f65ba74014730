"""Plain values of sign-in: limits and purposes."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    EMAIL = "change of address"


LINK_LASTS = {
    Purpose.INVITATION: timedelta(hours=48),
    Purpose.RESET: timedelta(minutes=60),
    Purpose.EMAIL: timedelta(minutes=60),
}

WRONG_PER_ACCOUNT = 10  # wrong tries of one account in WINDOW, from anywhere
WINDOW = timedelta(minutes=5)
LOCKED_FOR = timedelta(minutes=15)
WRONG_PER_ADDRESS = 30  # wrong tries from one address in a minute
MINUTE = timedelta(minutes=1)
CODES_PER_SIGN_IN = 5
CODES_PER_ACCOUNT = 10  # wrong codes of one account in WINDOW
HALF_LASTS = timedelta(minutes=10)  # between password and code
RECOVERY_CODES = 10
LEAST_WITH_FACTOR = 12  # characters of a password
LEAST_WITHOUT = 15
MOST = 128


RIGHTS = (  # of a company's people, as its page says them
    (
        "Reporter",
        "Files reports and notices, answers questions, and reports dispatch and arrival. Sees what"
        " they filed, the notices of everybody, and the address book.",
    ),
    (
        "Company administrator",
        "Does what a reporter does. Also keeps the facts, licences and sites of the company, asks"
        " for certificates, invites colleagues and closes their accounts.",
    ),
    (
        "May read what colleagues reported",
        "Sees suspicious orders and losses that others filed. Give it with care: somebody inside"
        " the company may be the subject. Without it nobody but the author knows of a report,"
        " administrators included.",
    ),
    (
        "Account closed",
        "Signs in no more, at once. What the person filed stays with the company.",
    ),
)
