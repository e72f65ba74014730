"""keep how a page of a lead was before it was saved anew

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead_page_state",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_page_state_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_page_state")),
        sa.UniqueConstraint("lead_id", "page", "state", name=op.f("uq_lead_page_state_lead_id")),
    )


def downgrade() -> None:
    op.drop_table("lead_page_state")
