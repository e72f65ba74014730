"""keep uploads

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('upload',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=False),
    sa.Column('declared_by', sa.String(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('being checked', 'checked', 'being filed', 'filed', 'not readable', 'discarded', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.Column('choice', sa.Enum('all rows, only if all are good', 'the good rows only', name='choice', native_enum=False, length=40), nullable=True),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('bad', sa.Integer(), nullable=False),
    sa.Column('known', sa.Integer(), nullable=False),
    sa.Column('filed', sa.Integer(), nullable=False),
    sa.Column('last_filed', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paper_stored_as', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_upload_author_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_upload_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('organisation_id', 'kind', 'sha256', name=op.f('uq_upload_organisation_id'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_author_id'), ['author_id'], unique=False)

    op.create_table('upload_row',
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('unit', sa.Integer(), nullable=False),
    sa.Column('cells', sa.Text(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('bad', sa.Boolean(), nullable=False),
    sa.Column('complaints', sa.Text(), nullable=True),
    sa.Column('known_as', sa.String(), nullable=True),
    sa.Column('submission_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_upload_row_submission_id')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_upload_row_upload_id')),
    sa.PrimaryKeyConstraint('upload_id', 'number', name=op.f('pk_upload_row')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('upload_row', schema=None) as batch_op:
        batch_op.create_index('ix_upload_row_bad', ['upload_id', 'bad', 'number'], unique=False)
        batch_op.create_index('ix_upload_row_mark', ['mark'], unique=False)

    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.add_column(sa.Column('listed_in', sa.Uuid(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_column('listed_in')

    with op.batch_alter_table('upload_row', schema=None) as batch_op:
        batch_op.drop_index('ix_upload_row_mark')
        batch_op.drop_index('ix_upload_row_bad')

    op.drop_table('upload_row')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upload_author_id'))

    op.drop_table('upload')
