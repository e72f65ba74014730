"""Who a machine is: somebody it acts for, with the rights of a reporter."""

from dataclasses import dataclass
from uuid import UUID

from portal.core.access import Role


@dataclass(slots=True)
class Caller:
    """A machine that acts for the person who made its key, with the rights of a reporter."""

    id: UUID
    organisation_id: UUID
    reads_colleagues: bool
    key_id: UUID
    role: Role = Role.REPORTER

    @property
    def recently_confirmed(self) -> bool:
        """Nobody is there who could have given a password."""
        return False
