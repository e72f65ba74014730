"""keep the names of substances in other languages

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CURRENT = sa.text("valid_until IS NULL")


def upgrade() -> None:
    op.create_table(
        "substance_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("substance_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "confirmed", "general-knowledge", name="confidence", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("unconfirmed_fields", sa.JSON(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_substance_name"),
    )
    op.create_index("ix_substance_name_history", "substance_name", ["key", "valid_from"])
    op.create_index("ix_substance_name_substance_key", "substance_name", ["substance_key"])
    op.create_index(
        "uq_substance_name_current",
        "substance_name",
        ["key"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def downgrade() -> None:
    op.drop_table("substance_name")
