"""Build leads: provenance, subjects, links, checklists, tasks, drafts; a source of several leads.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


ORIGIN = words(
    "submissions",
    "a finding",
    "an entity",
    "nothing that was filed",
    "another lead",
    name="origin",
)
TAKEN = words("own words", "report", "answer", "note", "finding", name="takenfrom")
LINK = words(
    "same subject",
    "same route",
    "same method",
    "follows from",
    "duplicates",
    "was split from",
    name="linksort",
)
LISTS = ("need_to_know", "relations", "amounts", "stops", "events")
TEXTS = ("reason", "crime_group", "court")


def upgrade() -> None:
    widen_lead()
    with op.batch_alter_table("lead_text") as batch:
        batch.add_column(
            sa.Column("taken_from", TAKEN, nullable=False, server_default="own words")
        )
        batch.add_column(sa.Column("submission_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("taken_key", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("taken_words", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(
            "fk_lead_text_submission_id", "submission", ["submission_id"], ["id"]
        )
    with op.batch_alter_table("lead_source") as batch:
        batch.add_column(sa.Column("original", sa.Boolean(), nullable=True))
        batch.drop_constraint("uq_lead_source_submission_id", type_="unique")
    op.execute(sa.text("UPDATE lead_source SET original = true"))
    with op.batch_alter_table("lead_source") as batch:
        batch.create_unique_constraint(
            "uq_lead_source_submission_id", ["submission_id", "original"]
        )
        batch.create_unique_constraint("uq_lead_source_lead_id", ["lead_id", "submission_id"])
    with op.batch_alter_table("lead_version") as batch:
        batch.add_column(
            sa.Column("approved", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    add_tables()


def widen_lead() -> None:
    with op.batch_alter_table("lead") as batch:
        batch.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(
            sa.Column("origin", ORIGIN, nullable=False, server_default="submissions")
        )
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("ask_originator", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        for name in LISTS:
            batch.add_column(
                sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
            )
        batch.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key("fk_lead_merged_into_id", "lead", ["merged_into_id"], ["id"])
        batch.create_index("ix_lead_merged_into_id", ["merged_into_id"])


def id_of(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def add_tables() -> None:
    op.create_table(
        "lead_subject",
        id_of("id"),
        id_of("lead_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("identifiers", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        id_of("entity_id", nullable=True),
        id_of("submission_id", nullable=True),
        refers("lead_subject", "lead_id", "lead"),
        refers("lead_subject", "entity_id", "entity"),
        refers("lead_subject", "submission_id", "submission"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_subject"),
        sa.UniqueConstraint("lead_id", "number", name="uq_lead_subject_lead_id"),
    )
    op.create_index("ix_lead_subject_entity_id", "lead_subject", ["entity_id"])
    op.create_table(
        "lead_link",
        id_of("id"),
        id_of("left_id"),
        id_of("right_id"),
        sa.Column("sort", LINK, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        time("made_at"),
        id_of("made_by_id"),
        refers("lead_link", "left_id", "lead"),
        refers("lead_link", "right_id", "lead"),
        refers("lead_link", "made_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_link"),
        sa.UniqueConstraint("left_id", "right_id", "sort", name="uq_lead_link_left_id"),
    )
    op.create_index("ix_lead_link_right_id", "lead_link", ["right_id"])
    op.create_table(
        "lead_check",
        id_of("id"),
        id_of("lead_id"),
        sa.Column("step", sa.String(), nullable=False),
        time("ticked_at"),
        id_of("ticked_by_id"),
        refers("lead_check", "lead_id", "lead"),
        refers("lead_check", "ticked_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_check"),
        sa.UniqueConstraint("lead_id", "step", name="uq_lead_check_lead_id"),
    )
    op.create_table(
        "lead_task",
        id_of("id"),
        id_of("lead_id"),
        sa.Column("text", sa.Text(), nullable=False),
        id_of("assignee_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        time("given_at"),
        id_of("given_by_id"),
        time("done_at", nullable=True),
        id_of("done_by_id", nullable=True),
        sa.Column("done_note", sa.Text(), nullable=False),
        refers("lead_task", "lead_id", "lead"),
        refers("lead_task", "assignee_id", "account"),
        refers("lead_task", "given_by_id", "account"),
        refers("lead_task", "done_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_task"),
    )
    op.create_index("ix_lead_task_lead_id", "lead_task", ["lead_id"])
    op.create_index("ix_lead_task_mine", "lead_task", ["assignee_id", "done_at", "due_on", "id"])
    op.create_table(
        "lead_draft",
        id_of("id"),
        id_of("lead_id"),
        id_of("account_id"),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        time("kept_at"),
        refers("lead_draft", "lead_id", "lead"),
        refers("lead_draft", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_draft"),
        sa.UniqueConstraint("lead_id", "account_id", "page", name="uq_lead_draft_lead_id"),
    )


def downgrade() -> None:
    for table in ("lead_draft", "lead_task", "lead_check", "lead_link", "lead_subject"):
        op.drop_table(table)
    with op.batch_alter_table("lead_version") as batch:
        batch.drop_column("approved")
    op.execute(sa.text("DELETE FROM lead_source WHERE original IS NULL"))
    with op.batch_alter_table("lead_source") as batch:
        batch.drop_constraint("uq_lead_source_lead_id", type_="unique")
        batch.drop_constraint("uq_lead_source_submission_id", type_="unique")
        batch.drop_column("original")
    with op.batch_alter_table("lead_source") as batch:
        batch.create_unique_constraint("uq_lead_source_submission_id", ["submission_id"])
    with op.batch_alter_table("lead_text") as batch:
        batch.drop_constraint("fk_lead_text_submission_id", type_="foreignkey")
        for name in ("taken_words", "taken_key", "submission_id", "taken_from"):
            batch.drop_column(name)
    op.execute(sa.text("UPDATE lead SET status = 'closed' WHERE status = 'merged'"))
    with op.batch_alter_table("lead") as batch:
        batch.drop_index("ix_lead_merged_into_id")
        batch.drop_constraint("fk_lead_merged_into_id", type_="foreignkey")
        for name in (
            *("merged_into_id", *reversed(LISTS), "ask_originator", *reversed(TEXTS)),
            *("origin", "changed_at"),
        ):
            batch.drop_column(name)
