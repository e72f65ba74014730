"""keep which bulletins the rows of a sheet are about

Sheets that were checked before met none: they are looked at when they are sent again.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("met", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.alter_column("met", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_column("met")
