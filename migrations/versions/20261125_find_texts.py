"""find texts

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

WHATS = sa.Enum('record', 'later', 'note', 'flag', 'lead', name='what', native_enum=False, length=40)
FTS5 = """CREATE VIRTUAL TABLE search_index USING fts5(words, tokenize = "ascii tokenchars '_'")"""


def upgrade() -> None:
    op.create_table('search_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('what', WHATS, nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('facets', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['submission.id'], name=op.f('fk_search_text_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_text')),
    sa.UniqueConstraint('what', 'thing_id', name=op.f('uq_search_text_what'))
    )
    with op.batch_alter_table('search_text', schema=None) as batch_op:
        batch_op.create_index('ix_search_text_owner', ['owner_id', 'what'], unique=False)
        batch_op.create_index('ix_search_text_received', ['received_at', 'id'], unique=False)
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(FTS5)
    else:
        op.execute('CREATE TABLE search_index (place bigint PRIMARY KEY, words tsvector NOT NULL)')
        op.execute('CREATE INDEX ix_search_index_words ON search_index USING gin (words) WITH (fastupdate = off)')
    queue_reindex()


def queue_reindex() -> None:
    """Let the worker index what was stored before, a slice at a time."""
    if op.get_bind().execute(sa.text('SELECT id FROM submission LIMIT 1')).first() is None:
        return
    job = sa.table(
        'job',
        sa.column('id', sa.Uuid()),
        sa.column('name', sa.String()),
        sa.column('payload', sa.JSON()),
        sa.column('state', sa.String()),
        sa.column('tries', sa.Integer()),
        sa.column('run_after', sa.DateTime(timezone=True)),
        sa.column('last_error', sa.String()),
        sa.column('created_at', sa.DateTime(timezone=True)),
    )
    from datetime import UTC, datetime
    from uuid import uuid4

    now = datetime.now(UTC)
    row = {'id': uuid4(), 'name': 'reindex', 'payload': {}, 'state': 'waiting', 'tries': 0,
           'run_after': now, 'last_error': '', 'created_at': now}
    op.get_bind().execute(job.insert(), row)


def downgrade() -> None:
    job = sa.table('job', sa.column('name', sa.String()))
    op.get_bind().execute(job.delete().where(job.c.name == 'reindex'))
    op.execute('DROP TABLE search_index')
    with op.batch_alter_table('search_text', schema=None) as batch_op:
        batch_op.drop_index('ix_search_text_received')
        batch_op.drop_index('ix_search_text_owner')

    op.drop_table('search_text')
