"""keep why marks stay in answers to partners

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("request_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("request_message", schema=None) as batch_op:
        batch_op.alter_column("kept", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("request_message", schema=None) as batch_op:
        batch_op.drop_column("kept")
