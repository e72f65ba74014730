"""keep weights of rules, outcomes, routes and needs

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CONFIDENCE = sa.Enum(
    "confirmed", "general-knowledge", name="confidence", native_enum=False, length=40
)


def upgrade() -> None:
    op.add_column(
        "triage_case",
        sa.Column("weights_version", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "substance_route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("substance", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substance_route")),
        sa.UniqueConstraint("substance", "route", name=op.f("uq_substance_route_substance")),
    )
    op.create_table(
        "rule_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("led", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_outcome")),
        sa.UniqueConstraint("rule", name=op.f("uq_rule_outcome_rule")),
    )
    op.create_table(
        "case_verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("led", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["triage_case.id"], name=op.f("fk_case_verdict_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_verdict")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_verdict_case_id")),
    )
    op.create_table(
        "weights_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "in force",
                "replaced",
                "refused",
                name="weightsstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("preview", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_weights_version_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_weights_version_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weights_version")),
        sa.UniqueConstraint("number", name=op.f("uq_weights_version_number")),
    )
    op.create_index("ix_weights_version_state", "weights_version", ["state", "number"])
    op.create_table(
        "reference_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("substance_keys", sa.JSON(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("confidence", CONFIDENCE, nullable=False),
        sa.Column("unconfirmed_fields", sa.JSON(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_need")),
    )
    op.create_index("ix_reference_need_history", "reference_need", ["key", "valid_from"])
    op.create_index(
        "uq_reference_need_current",
        "reference_need",
        ["key"],
        unique=True,
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("reference_need")
    op.drop_table("weights_version")
    op.drop_table("case_verdict")
    op.drop_table("rule_outcome")
    op.drop_table("substance_route")
    with op.batch_alter_table("triage_case") as batch_op:
        batch_op.drop_column("weights_version")
