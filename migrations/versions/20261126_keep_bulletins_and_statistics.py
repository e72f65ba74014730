"""keep bulletins and statistics

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('statistic_count',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('parts', sa.String(), nullable=False),
    sa.Column('grain', sa.Enum('day', 'month', name='grain', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('substance', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('firms', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statistic_count'))
    )
    with op.batch_alter_table('statistic_count', schema=None) as batch_op:
        batch_op.create_index('ix_statistic_count_country', ['parts', 'country', 'substance', 'starts_on'], unique=False)
        batch_op.create_index('ix_statistic_count_substance', ['parts', 'substance', 'country', 'starts_on'], unique=False)

    op.create_table('statistic_counted',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('grain', sa.Enum('day', 'month', name='grain', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statistic_counted')),
    sa.UniqueConstraint('grain', 'starts_on', name=op.f('uq_statistic_counted_grain'))
    )
    op.create_table('bulletin',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['account.id'], name=op.f('fk_bulletin_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin')),
    sa.UniqueConstraint('reference', name=op.f('uq_bulletin_reference'))
    )
    with op.batch_alter_table('bulletin', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_newest', ['created_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bulletin_published_at'), ['published_at'], unique=False)

    op.create_table('statistic_export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_statistic_export_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statistic_export'))
    )
    with op.batch_alter_table('statistic_export', schema=None) as batch_op:
        batch_op.create_index('ix_statistic_export_account_id', ['account_id', 'made_at'], unique=False)

    op.create_table('bulletin_edition',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('bulletin_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('drafted', 'submitted', 'sent back', 'approved', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('sort', sa.Enum('new substance', 'route of goods', 'sort of customer', 'way of ordering', 'warning', name='sort', native_enum=False, length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('activities', sa.JSON(), nullable=False),
    sa.Column('substances', sa.JSON(), nullable=False),
    sa.Column('licensed', sa.Boolean(), nullable=True),
    sa.Column('signs', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('writers', sa.JSON(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('approver_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_bulletin_edition_approver_id')),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_bulletin_edition_author_id')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_edition_bulletin_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_edition')),
    sa.UniqueConstraint('bulletin_id', 'number', name=op.f('uq_bulletin_edition_bulletin_id'))
    )
    with op.batch_alter_table('bulletin_edition', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_edition_state', ['state', 'written_at'], unique=False)

    op.create_table('bulletin_reading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('bulletin_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_bulletin_reading_account_id')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_reading_bulletin_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_bulletin_reading_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_reading')),
    sa.UniqueConstraint('bulletin_id', 'number', 'account_id', name=op.f('uq_bulletin_reading_bulletin_id'))
    )
    with op.batch_alter_table('bulletin_reading', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_reading_account_id', ['account_id', 'bulletin_id'], unique=False)

    op.create_table('bulletin_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['bulletin_edition.id'], name=op.f('fk_bulletin_text_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_text')),
    sa.UniqueConstraint('edition_id', 'language', name=op.f('uq_bulletin_text_edition_id'))
    )


def downgrade() -> None:
    op.drop_table('bulletin_text')
    with op.batch_alter_table('bulletin_reading', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_reading_account_id')

    op.drop_table('bulletin_reading')
    with op.batch_alter_table('bulletin_edition', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_edition_state')

    op.drop_table('bulletin_edition')
    with op.batch_alter_table('statistic_export', schema=None) as batch_op:
        batch_op.drop_index('ix_statistic_export_account_id')

    op.drop_table('statistic_export')
    with op.batch_alter_table('bulletin', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bulletin_published_at'))
        batch_op.drop_index('ix_bulletin_newest')

    op.drop_table('bulletin')
    op.drop_table('statistic_counted')
    with op.batch_alter_table('statistic_count', schema=None) as batch_op:
        batch_op.drop_index('ix_statistic_count_substance')
        batch_op.drop_index('ix_statistic_count_country')

    op.drop_table('statistic_count')
