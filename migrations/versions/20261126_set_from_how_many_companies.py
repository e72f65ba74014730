"""set on a page from how many companies a value must have come

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STATES = ("proposed", "in force", "replaced", "refused")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sharing_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="weightsstate", native_enum=False, length=40), nullable=False),
        sa.Column("companies_before", sa.Integer(), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("preview", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_sharing_version_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_sharing_version_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_version")),
        sa.UniqueConstraint("number", name=op.f("uq_sharing_version_number")),
    )
    op.create_index("ix_sharing_version_state", "sharing_version", ["state", "number"])


def downgrade() -> None:
    op.drop_index("ix_sharing_version_state", table_name="sharing_version")
    op.drop_table("sharing_version")
