"""Serve the desk: facets, clocks, saved views, presence and notes between shifts.

Revision ID: 0010
Revises: 0009
"""

import json
from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHUNK = 500
NEW = {
    "ix_triage_case_firm": ["organisation_id", "open", "priority", "received_at", "id"],
    "ix_triage_case_due": ["open", "due_on", "id"],
    "ix_triage_case_stop": ["open", "stop_until"],
}
case = sa.table(
    "triage_case",
    sa.column("id", sa.Uuid()),
    sa.column("open", sa.Boolean()),
    sa.column("status", sa.String()),
    sa.column("priority", sa.Integer()),
    sa.column("received_at", sa.DateTime(timezone=True)),
    sa.column("stop_until", sa.DateTime(timezone=True)),
    sa.column("organisation_id", sa.Uuid()),
    sa.column("due_on", sa.Date()),
    sa.column("due_for", sa.String()),
)
submission = sa.table(
    "submission",
    sa.column("id", sa.Uuid()),
    sa.column("content", sa.Text()),
    sa.column("organisation_id", sa.Uuid()),
)
STANDING = {"stopped", "released", "shipped", "discrepancy"}


def upgrade() -> None:
    add_tables()
    with op.batch_alter_table("triage_case") as batch:
        batch.add_column(sa.Column("organisation_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("due_for", sa.String(), nullable=False, server_default=""))
    marks = op.create_table(
        "triage_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["triage_case.id"], name="fk_triage_mark_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_triage_mark"),
        sa.UniqueConstraint("case_id", "sort", "value", name="uq_triage_mark_case_id"),
    )
    fill(op.get_bind(), marks)
    columns = ["sort", "value", "open", "priority", "received_at", "case_id"]
    op.create_index("ix_triage_mark_worst", "triage_mark", columns)
    with op.batch_alter_table("triage_case") as batch:
        batch.alter_column("organisation_id", existing_type=sa.Uuid(), nullable=False)
        batch.alter_column("due_for", existing_type=sa.String(), server_default=None)
        batch.create_foreign_key(
            "fk_triage_case_organisation_id", "organisation", ["organisation_id"], ["id"]
        )
        for name, keys in NEW.items():
            batch.create_index(name, keys)


def fill(connection: sa.Connection, marks: sa.Table) -> None:
    """Give the cases that are there their company, clock and marks."""
    owner = sa.select(submission.c.organisation_id).where(submission.c.id == case.c.id)
    connection.execute(sa.update(case).values(organisation_id=owner.scalar_subquery()))
    query = sa.select(case, submission.c.content).join(submission, submission.c.id == case.c.id)
    last = None
    while True:
        following = query if last is None else query.where(case.c.id > last)
        rows = connection.execute(following.order_by(case.c.id).limit(CHUNK)).all()
        if not rows:
            return
        last = rows[-1].id
        for row in rows:
            told = json.loads(row.content)
            found = [
                {
                    "id": uuid4(),
                    "case_id": row.id,
                    "sort": sort,
                    "value": value,
                    "open": row.open,
                    "priority": row.priority,
                    "received_at": row.received_at,
                }
                for sort, value in sorted(marks_of(told))[:40]
            ]
            if found:
                connection.execute(marks.insert(), found)
            start_clock(connection, row, told)


def marks_of(told: dict) -> set[tuple[str, str]]:
    """Return the substances and countries that a record names."""
    legs = [leg.get(end) for leg in told.get("legs") or () for end in ENDS]
    countries = {*legs, *(party.get("country") for party in told.get("parties") or ())}
    substances = {line.get("substance") for line in told.get("lines") or ()}
    return {("substance", one) for one in substances if one} | {
        ("country", one) for one in countries if one
    }


ENDS = ("origin_country", "destination_country")


def start_clock(connection: sa.Connection, row: sa.Row, told: dict) -> None:
    """Start the clock of a case that still has one."""
    if not row.open or row.status in STANDING:
        return
    day, what = None, ""
    if told.get("may_leave_on"):
        day, what = date.fromisoformat(told["may_leave_on"]), "the goods may leave from"
    elif row.stop_until:
        day, what = row.stop_until.date(), "the goods can be stopped until"
    if day:
        connection.execute(sa.update(case).where(case.c.id == row.id).values(due_on=day, due_for=what))


def add_tables() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_saved_view_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_owner_id", "saved_view", ["owner_id"])
    op.create_index("ix_saved_view_shared", "saved_view", ["shared"])
    op.create_table(
        "desk_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("default_view_id", sa.Uuid(), nullable=True),
        sa.Column("keys", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_desk_setting_account_id"),
        sa.ForeignKeyConstraint(
            ["default_view_id"], ["saved_view.id"], name="fk_desk_setting_default_view_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_desk_setting"),
        sa.UniqueConstraint("account_id", name="uq_desk_setting_account_id"),
    )
    op.create_index("ix_desk_setting_default_view_id", "desk_setting", ["default_view_id"])
    op.create_table(
        "triage_presence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["triage_case.id"], name="fk_triage_presence_case_id"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_triage_presence_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_triage_presence"),
        sa.UniqueConstraint("case_id", "account_id", name="uq_triage_presence_case_id"),
    )
    op.create_index("ix_triage_presence_account_id", "triage_presence", ["account_id"])
    shift = sa.Enum(
        "early shift", "late shift", "night shift", name="shift", native_enum=False, length=40
    )
    op.create_table(
        "shift_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shift", shift, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_shift_note_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_note"),
    )
    op.create_index("ix_shift_note_written_at", "shift_note", ["written_at"])
    op.create_table(
        "shift_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["shift_note.id"], name="fk_shift_case_note_id"),
        sa.ForeignKeyConstraint(["case_id"], ["triage_case.id"], name="fk_shift_case_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_case"),
        sa.UniqueConstraint("note_id", "case_id", name="uq_shift_case_note_id"),
    )
    op.create_index("ix_shift_case_case_id", "shift_case", ["case_id"])
    op.create_table(
        "shift_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["shift_note.id"], name="fk_shift_reading_note_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_shift_reading_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_reading"),
        sa.UniqueConstraint("note_id", "account_id", name="uq_shift_reading_note_id"),
    )


def downgrade() -> None:
    for table in ("shift_reading", "shift_case", "shift_note", "triage_presence", "desk_setting"):
        op.drop_table(table)
    op.drop_table("saved_view")
    op.drop_table("triage_mark")
    with op.batch_alter_table("triage_case") as batch:
        for name in NEW:
            batch.drop_index(name)
        batch.drop_constraint("fk_triage_case_organisation_id", type_="foreignkey")
        for column in ("organisation_id", "due_on", "due_for"):
            batch.drop_column(column)
