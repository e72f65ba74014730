"""keep the later life of submissions

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('consultation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('carried', sa.Enum('in this portal', 'by another way, such as PEN Online', name='carried', native_enum=False, length=40), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Uuid(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('content_sha256', sa.String(), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=True),
    sa.Column('reply', sa.Enum('no objection', 'objection', name='reply', native_enum=False, length=40), nullable=True),
    sa.Column('reply_text', sa.Text(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replied_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['organisation.id'], name=op.f('fk_consultation_partner_id')),
    sa.ForeignKeyConstraint(['replied_by_id'], ['account.id'], name=op.f('fk_consultation_replied_by_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['account.id'], name=op.f('fk_consultation_sent_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_consultation_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('submission_id', 'country', name=op.f('uq_consultation_submission_id'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_partner_id'), ['partner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_sent_at'), ['sent_at'], unique=False)

    op.create_table('shipment_release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('check_code', sa.String(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_by_id', sa.Uuid(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['released_by_id'], ['account.id'], name=op.f('fk_shipment_release_released_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_shipment_release_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipment_release')),
    sa.UniqueConstraint('check_code', name=op.f('uq_shipment_release_check_code')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_shipment_release_submission_id'))
    )
    op.create_table('submission_event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Enum('ask about', 'answer', 'correct', 'withdraw', 'cancel', 'release', 'stop', 'report the dispatch of', 'report the arrival of', name='step', native_enum=False, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_submission_event_account_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_submission_event_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission_event'))
    )
    with op.batch_alter_table('submission_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_event_submission_id'), ['submission_id'], unique=False)

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('corrects_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_draft_corrects_id'), 'submission', ['corrects_id'], ['id'])

    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.add_column(sa.Column('typed', sa.JSON(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_column('typed')

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_draft_corrects_id'), type_='foreignkey')
        batch_op.drop_column('corrects_id')

    with op.batch_alter_table('submission_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_submission_event_submission_id'))

    op.drop_table('submission_event')
    op.drop_table('shipment_release')
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_sent_at'))
        batch_op.drop_index(batch_op.f('ix_consultation_partner_id'))

    op.drop_table('consultation')
