"""keep whole vetting files: deputies, what licences cover, warnings, certificates; days' work

Revision ID: 0006
Revises: 0005
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "organisation_deputy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_organisation_deputy_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_deputy"),
    )
    op.create_index("ix_organisation_deputy_organisation_id", "organisation_deputy", ["organisation_id"])
    move_deputies()
    op.create_table(
        "licence_warning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("warned_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["organisation_licence.id"], name="fk_licence_warning_licence_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_licence_warning"),
        sa.UniqueConstraint("licence_id", "valid_until", "days", name="uq_licence_warning_licence_id"),
    )
    op.create_table(
        "organisation_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_organisation_certificate_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_certificate"),
        sa.UniqueConstraint("reference", name="uq_organisation_certificate_reference"),
        sa.UniqueConstraint("check_code", name="uq_organisation_certificate_check_code"),
    )
    op.create_index(
        "ix_organisation_certificate_organisation_id",
        "organisation_certificate",
        ["organisation_id"],
    )
    with op.batch_alter_table("organisation") as table:
        table.add_column(
            sa.Column("other_addresses", sa.Text(), nullable=False, server_default="")
        )
        table.drop_column("deputy_name")
        table.drop_column("deputy_phone")
    with op.batch_alter_table("organisation_licence") as table:
        table.add_column(sa.Column("substances", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        table.add_column(sa.Column("ended_at", MOMENT, nullable=True))
    with op.batch_alter_table("organisation_site") as table:
        table.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        table.add_column(sa.Column("ended_at", MOMENT, nullable=True))
    for part in ("organisation_licence", "organisation_site"):  # seen when the company was vetted
        op.execute(
            f"UPDATE {part} SET confirmed_at = (SELECT decided_at FROM organisation"
            f" WHERE organisation.id = {part}.organisation_id AND standing = 'vetted')"
        )
    with op.batch_alter_table("organisation_file") as table:
        table.add_column(sa.Column("licence_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            "fk_organisation_file_licence_id", "organisation_licence", ["licence_id"], ["id"]
        )
        table.create_index("ix_organisation_file_licence_id", ["licence_id"])
    with op.batch_alter_table("job") as table:
        table.add_column(sa.Column("once", sa.String(), nullable=True))
        table.create_unique_constraint("uq_job_once", ["once"])


def move_deputies() -> None:
    """Give each deputy that was named a row."""
    owner = sa.table(
        "organisation", sa.column("id", sa.Uuid()), sa.column("deputy_name"), sa.column("deputy_phone")
    )
    deputy = sa.table(
        "organisation_deputy",
        *(sa.column(n, sa.Uuid()) for n in ("id", "organisation_id")),
        *(sa.column(n) for n in ("name", "position", "phone", "email")),
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(owner).where(owner.c.deputy_name != "")).all():
        said = {"name": row.deputy_name, "position": "", "phone": row.deputy_phone, "email": ""}
        bind.execute(deputy.insert().values(id=uuid4(), organisation_id=row.id, **said))


def downgrade() -> None:
    with op.batch_alter_table("job") as table:
        table.drop_constraint("uq_job_once", type_="unique")
        table.drop_column("once")
    with op.batch_alter_table("organisation_file") as table:
        table.drop_index("ix_organisation_file_licence_id")
        table.drop_constraint("fk_organisation_file_licence_id", type_="foreignkey")
        table.drop_column("licence_id")
    with op.batch_alter_table("organisation_site") as table:
        table.drop_column("ended_at")
        table.drop_column("confirmed_at")
    with op.batch_alter_table("organisation_licence") as table:
        table.drop_column("ended_at")
        table.drop_column("confirmed_at")
        table.drop_column("substances")
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("deputy_name", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("deputy_phone", sa.String(), nullable=False, server_default=""))
        table.drop_column("other_addresses")
    for name in ("organisation_certificate", "licence_warning", "organisation_deputy"):
        op.drop_table(name)
