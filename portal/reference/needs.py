"""What is known of the licit needs of countries: the table and its one question."""

from collections.abc import Collection

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.reference.models import Versioned


class Need(Versioned):
    """What is known of a country's licit need of some substances; the list is far from complete."""

    __tablename__ = "reference_need"

    country: Mapped[str]  # ISO 3166-1 alpha-2
    substance_keys: Mapped[list[str]] = mapped_column(JSON)
    need: Mapped[str]  # none, or imports are forbidden


def no_need(
    session: Session, country: str | None, keys: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return for which of some substances a country is known to have no licit need, and why."""
    query = select(Need).where(Need.country == country, Need.valid_until.is_(None))
    return {
        (row.country, key): row.need
        for row in session.scalars(query)
        for key in row.substance_keys
        if key in keys
    }
