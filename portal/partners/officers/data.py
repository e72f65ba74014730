"""Plain values of a partner's people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who shall have an account, and on what grounds."""

    name: str
    email: str
    position: str
    grounds: str
    administers: bool = False  # invites colleagues, and reads what an officer reads
