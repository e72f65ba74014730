"""Find what is open for a company without reading all that it filed.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["organisation_id", "kind", "state", "received_at"]
    op.create_index("ix_submission_open", "submission", columns)


def downgrade() -> None:
    op.drop_index("ix_submission_open", table_name="submission")
