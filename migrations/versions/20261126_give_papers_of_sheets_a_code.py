"""give papers of sheets a reference and a check code of their own

Papers that were made before keep what is printed on them, which is neither.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("check_code", sa.String(), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_upload_reference"), ["reference"])
        batch_op.create_unique_constraint(op.f("uq_upload_check_code"), ["check_code"])


def downgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_upload_check_code"), type_="unique")
        batch_op.drop_constraint(op.f("uq_upload_reference"), type_="unique")
        batch_op.drop_column("check_code")
        batch_op.drop_column("reference")
