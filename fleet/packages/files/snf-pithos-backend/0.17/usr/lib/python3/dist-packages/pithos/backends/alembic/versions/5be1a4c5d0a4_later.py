from alembic import op
import sqlalchemy as sa

revision = "5be1a4c5d0a4"
down_revision = "4451e80244a6"


def upgrade():
    op.add_column("nodes", sa.Column("latest_version", sa.Integer))


def downgrade():
    op.drop_column("nodes", "latest_version")
