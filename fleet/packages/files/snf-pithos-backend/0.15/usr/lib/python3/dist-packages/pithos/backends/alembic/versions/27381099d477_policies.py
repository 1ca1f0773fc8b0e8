from alembic import op
import sqlalchemy as sa

revision = "27381099d477"
down_revision = "165ba3fbfe53"


def upgrade():
    op.create_table(
        "policy",
        sa.Column("node", sa.Integer, sa.ForeignKey("nodes.node"), primary_key=True),
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("value", sa.String(256)),
    )


def downgrade():
    op.drop_table("policy")
