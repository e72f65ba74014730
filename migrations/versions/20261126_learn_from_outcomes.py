"""Keep what partners report, ask and want, and what is learned from it.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('company_thanks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_company_thanks_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_thanks'))
    )
    with op.batch_alter_table('company_thanks', schema=None) as batch_op:
        batch_op.create_index('ix_company_thanks_newest', ['organisation_id', 'given_at'], unique=False)

    op.create_table('thanks_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'given', 'refused', name='thanksstate', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given', sa.Text(), nullable=False),
    sa.Column('specific', sa.Boolean(), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_thanks_draft_decided_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_thanks_draft_lead_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_thanks_draft_organisation_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_thanks_draft_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thanks_draft'))
    )
    with op.batch_alter_table('thanks_draft', schema=None) as batch_op:
        batch_op.create_index('ix_thanks_draft_lead', ['lead_id', 'organisation_id'], unique=False)
        batch_op.create_index('ix_thanks_draft_waiting', ['state', 'proposed_at', 'id'], unique=False)

    op.create_table('case_outcome',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['triage_case.id'], name=op.f('fk_case_outcome_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_outcome')),
    sa.UniqueConstraint('case_id', name=op.f('uq_case_outcome_case_id'))
    )
    op.create_table('outcome',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hand_over_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=False),
    sa.Column('series_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('result', sa.Enum('seizure', 'arrest', 'shipment stopped', 'licit after all', 'no action', 'still open', name='result', native_enum=False, length=40), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('locode', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reported_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['hand_over_id'], ['hand_over.id'], name=op.f('fk_outcome_hand_over_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_outcome_lead_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['organisation.id'], name=op.f('fk_outcome_partner_id')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['account.id'], name=op.f('fk_outcome_reported_by_id')),
    sa.ForeignKeyConstraint(['series_id'], ['outcome.id'], name=op.f('fk_outcome_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sa.UniqueConstraint('series_id', 'number', name=op.f('uq_outcome_series_id'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_hand_over_id'), ['hand_over_id'], unique=False)
        batch_op.create_index('ix_outcome_newest', ['current', 'reported_at', 'id'], unique=False)
        batch_op.create_index('ix_outcome_of_lead', ['lead_id', 'current'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_partner_id'), ['partner_id'], unique=False)

    op.create_table('partner_interest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hand_over_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_by_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['hand_over_id'], ['hand_over.id'], name=op.f('fk_partner_interest_hand_over_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_partner_interest_lead_id')),
    sa.ForeignKeyConstraint(['said_by_id'], ['account.id'], name=op.f('fk_partner_interest_said_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_interest')),
    sa.UniqueConstraint('hand_over_id', name=op.f('uq_partner_interest_hand_over_id'))
    )
    with op.batch_alter_table('partner_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_interest_lead_id'), ['lead_id'], unique=False)

    op.create_table('partner_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hand_over_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('from_partner', sa.Boolean(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_partner_message_author_id')),
    sa.ForeignKeyConstraint(['hand_over_id'], ['hand_over.id'], name=op.f('fk_partner_message_hand_over_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_partner_message_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_message'))
    )
    with op.batch_alter_table('partner_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_message_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index('ix_partner_message_thread', ['hand_over_id', 'written_at', 'id'], unique=False)
        batch_op.create_index('ix_partner_message_waiting', ['waits', 'written_at', 'id'], unique=False)

    op.create_table('partner_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hand_over_id', sa.Uuid(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'accepted', 'declined', 'delivered', name='requeststate', native_enum=False, length=40), nullable=False),
    sa.Column('missing', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_partner_request_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_partner_request_decided_by_id')),
    sa.ForeignKeyConstraint(['hand_over_id'], ['hand_over.id'], name=op.f('fk_partner_request_hand_over_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], name=op.f('fk_partner_request_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_request'))
    )
    with op.batch_alter_table('partner_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_request_hand_over_id'), ['hand_over_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_partner_request_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index('ix_partner_request_open', ['state', 'until', 'id'], unique=False)

    op.create_table('outcome_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('series_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=False),
    sa.Column('scan', sa.String(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['outcome.id'], name=op.f('fk_outcome_file_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome_file'))
    )
    with op.batch_alter_table('outcome_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_file_series_id'), ['series_id'], unique=False)

    op.create_table('seizure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('outcome_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('substance', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('quantity', sa.Numeric(precision=24, scale=6), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('quantity_kg', sa.Numeric(precision=24, scale=9), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('locode', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('seized_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcome.id'], name=op.f('fk_seizure_outcome_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seizure'))
    )
    with op.batch_alter_table('seizure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seizure_outcome_id'), ['outcome_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seizure_substance'), ['substance'], unique=False)

    with op.batch_alter_table('case_verdict', schema=None) as batch_op:
        batch_op.add_column(sa.Column('found', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('rule_outcome', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('refuted', sa.Integer(), nullable=False, server_default='0'))



def downgrade() -> None:
    with op.batch_alter_table('rule_outcome', schema=None) as batch_op:
        batch_op.drop_column('refuted')
        batch_op.drop_column('confirmed')

    with op.batch_alter_table('case_verdict', schema=None) as batch_op:
        batch_op.drop_column('found')

    with op.batch_alter_table('seizure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seizure_substance'))
        batch_op.drop_index(batch_op.f('ix_seizure_outcome_id'))

    op.drop_table('seizure')
    with op.batch_alter_table('outcome_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_file_series_id'))

    op.drop_table('outcome_file')
    with op.batch_alter_table('partner_request', schema=None) as batch_op:
        batch_op.drop_index('ix_partner_request_open')
        batch_op.drop_index(batch_op.f('ix_partner_request_lead_id'))
        batch_op.drop_index(batch_op.f('ix_partner_request_hand_over_id'))

    op.drop_table('partner_request')
    with op.batch_alter_table('partner_message', schema=None) as batch_op:
        batch_op.drop_index('ix_partner_message_waiting')
        batch_op.drop_index('ix_partner_message_thread')
        batch_op.drop_index(batch_op.f('ix_partner_message_lead_id'))

    op.drop_table('partner_message')
    with op.batch_alter_table('partner_interest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_interest_lead_id'))

    op.drop_table('partner_interest')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_partner_id'))
        batch_op.drop_index('ix_outcome_of_lead')
        batch_op.drop_index('ix_outcome_newest')
        batch_op.drop_index(batch_op.f('ix_outcome_hand_over_id'))

    op.drop_table('outcome')
    op.drop_table('case_outcome')
    with op.batch_alter_table('thanks_draft', schema=None) as batch_op:
        batch_op.drop_index('ix_thanks_draft_waiting')
        batch_op.drop_index('ix_thanks_draft_lead')

    op.drop_table('thanks_draft')
    with op.batch_alter_table('company_thanks', schema=None) as batch_op:
        batch_op.drop_index('ix_company_thanks_newest')

    op.drop_table('company_thanks')
