"""keep address books

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SORTS = ("customer", "consignee", "carrier", "product")


def upgrade() -> None:
    op.create_table(
        "address_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sort", sa.Enum(*SORTS, name="entrysort", native_enum=False, length=40), nullable=False
        ),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_address_entry_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address_entry"),
        sa.UniqueConstraint(
            "organisation_id", "sort", "key", name="uq_address_entry_organisation_id"
        ),
    )


def downgrade() -> None:
    op.drop_table("address_entry")
