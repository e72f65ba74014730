"""Plan controlled deliveries: plans with their routes, consents, people and logs.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "delivery_entry",
    "delivery_consent",
    "delivery_step",
    "delivery_risk",
    "delivery_person",
    "delivery_halt",
    "delivery_goods",
    "delivery_condition",
    "delivery_plan",
)


def upgrade() -> None:
    op.create_table(
        "delivery_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "being written",
                "waits for approval",
                "sent back",
                "approved",
                "under way",
                "stopped",
                "ended",
                "given up",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "marking",
            sa.Enum(
                "TLP:CLEAR",
                "TLP:GREEN",
                "TLP:AMBER",
                "TLP:AMBER+STRICT",
                "TLP:RED",
                name="marking",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("in_charge_id", sa.Uuid(), nullable=True),
        sa.Column("in_charge_phone", sa.String(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("deputy_phone", sa.String(), nullable=False),
        sa.Column(
            "substitution",
            sa.Enum("none", "partial", "full", name="substitution", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("substituted_with", sa.Text(), nullable=False),
        sa.Column("substituted_by", sa.Text(), nullable=False),
        sa.Column("substituted_where", sa.Text(), nullable=False),
        sa.Column("watching", sa.Text(), nullable=False),
        sa.Column("communication", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_sha256", sa.String(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "seized at the destination",
                "seized on the way",
                "arrests without a seizure",
                "licit after all",
                "lost sight of",
                "broken off",
                name="result",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["account.id"], name="fk_delivery_plan_approver_id"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_delivery_plan_author_id"),
        sa.ForeignKeyConstraint(["deputy_id"], ["account.id"], name="fk_delivery_plan_deputy_id"),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["account.id"], name="fk_delivery_plan_in_charge_id"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name="fk_delivery_plan_lead_id"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_delivery_plan_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_plan"),
        sa.UniqueConstraint("reference", name="uq_delivery_plan_reference"),
    )
    op.create_index("ix_delivery_plan_created_at", "delivery_plan", ["created_at"])
    op.create_index("ix_delivery_plan_lead_id", "delivery_plan", ["lead_id"])
    op.create_index("ix_delivery_plan_submission_id", "delivery_plan", ["submission_id"])
    op.create_table(
        "delivery_condition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["met_by_id"], ["account.id"], name="fk_delivery_condition_met_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["delivery_plan.id"], name="fk_delivery_condition_plan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_condition"),
    )
    op.create_index("ix_delivery_condition_plan_id", "delivery_condition", ["plan_id"])
    op.create_table(
        "delivery_goods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("container", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["delivery_plan.id"], name="fk_delivery_goods_plan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_goods"),
    )
    op.create_index("ix_delivery_goods_plan_id", "delivery_goods", ["plan_id"])
    op.create_table(
        "delivery_halt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("locode", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("day_phone", sa.String(), nullable=False),
        sa.Column("night_phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["delivery_plan.id"], name="fk_delivery_halt_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_halt"),
    )
    op.create_index("ix_delivery_halt_plan_id", "delivery_halt", ["plan_id"])
    op.create_table(
        "delivery_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_delivery_person_account_id"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["delivery_plan.id"], name="fk_delivery_person_plan_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_person"),
        sa.UniqueConstraint("plan_id", "account_id", name="uq_delivery_person_plan_id"),
    )
    op.create_index("ix_delivery_person_account_id", "delivery_person", ["account_id", "plan_id"])
    op.create_table(
        "delivery_risk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["delivery_plan.id"], name="fk_delivery_risk_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_risk"),
    )
    op.create_index("ix_delivery_risk_plan_id", "delivery_risk", ["plan_id"])
    op.create_table(
        "delivery_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wrote", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_delivery_step_by_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["delivery_plan.id"], name="fk_delivery_step_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_step"),
    )
    op.create_index("ix_delivery_step_plan_id", "delivery_step", ["plan_id"])
    op.create_table(
        "delivery_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("halt_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "not asked",
                "asked",
                "received",
                "refused",
                "withdrawn",
                "must be asked again",
                name="consentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("by_whom", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["halt_id"], ["delivery_halt.id"], name="fk_delivery_consent_halt_id"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name="fk_delivery_consent_recorded_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_consent"),
        sa.UniqueConstraint("halt_id", "number", name="uq_delivery_consent_halt_id"),
    )
    op.create_table(
        "delivery_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "sort",
            sa.Enum(
                "arrival",
                "departure",
                "observation",
                "word with an authority",
                "decision",
                "start",
                "stop",
                "end",
                name="entrysort",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("halt_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["delivery_entry.id"], name="fk_delivery_entry_corrects_id"
        ),
        sa.ForeignKeyConstraint(
            ["halt_id"], ["delivery_halt.id"], name="fk_delivery_entry_halt_id"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["delivery_plan.id"], name="fk_delivery_entry_plan_id"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name="fk_delivery_entry_written_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_entry"),
        sa.UniqueConstraint("plan_id", "number", name="uq_delivery_entry_plan_id"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
