"""sanitise and approve leads by two pairs of eyes

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


DEEDS = ("reviewed", "approved", "sent back", "released at once", "release confirmed", "release refused", "release withdrawn")
STATES = ("waits to be confirmed", "confirmed", "refused", "withdrawn")


def upgrade() -> None:
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wordings", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.alter_column("wordings", server_default=None)
    with op.batch_alter_table("lead_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("released_text", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("released_for", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("lead_text", schema=None) as batch_op:
        batch_op.alter_column("released_text", server_default=None)
        batch_op.alter_column("released_for", server_default=None)
    op.create_table(
        "mark_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("answer", sa.Enum("proposal", "own wording", "kept", name="answer", native_enum=False, length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_mark_answer_answered_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_mark_answer_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_answer")),
    )
    with op.batch_alter_table("mark_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_answer_lead_id"), ["lead_id"], unique=False)
    op.create_table(
        "shared_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trait", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_shared_value_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_value")),
        sa.UniqueConstraint("trait", "organisation_id", name=op.f("uq_shared_value_trait")),
    )
    op.create_table(
        "lead_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.Enum(*DEEDS, name="deed", native_enum=False, length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_lead_decision_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_decision_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_decision")),
    )
    op.create_index("ix_lead_decision_lead_id", "lead_decision", ["lead_id"])
    op.create_table(
        "lead_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["lead_decision.id"], name=op.f("fk_lead_remark_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_remark")),
    )
    op.create_index("ix_lead_remark_decision_id", "lead_remark", ["decision_id"])
    op.create_table(
        "lead_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="releasestate", native_enum=False, length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_lead_release_decided_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_release_lead_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["account.id"], name=op.f("fk_lead_release_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_release")),
    )
    op.create_index("ix_lead_release_lead_id", "lead_release", ["lead_id"])
    op.create_index("ix_lead_release_state", "lead_release", ["state", "confirm_by"])


def downgrade() -> None:
    op.drop_table("lead_release")
    op.drop_table("lead_remark")
    op.drop_table("lead_decision")
    op.drop_table("shared_value")
    op.drop_table("mark_answer")
    with op.batch_alter_table("lead_text", schema=None) as batch_op:
        batch_op.drop_column("released_for")
        batch_op.drop_column("released_text")
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_column("confirm_by")
        batch_op.drop_column("wordings")
