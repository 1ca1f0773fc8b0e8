from alembic import op
import sqlalchemy as sa

revision = "165ba3fbfe53"
down_revision = None


def upgrade():
    op.create_table(
        "nodes",
        sa.Column("node", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer, sa.ForeignKey("nodes.node")),
        sa.Column("path", sa.String(2048), nullable=False, unique=True),
    )
    op.create_table(
        "versions",
        sa.Column("serial", sa.Integer, primary_key=True),
        sa.Column("node", sa.Integer, sa.ForeignKey("nodes.node")),
        sa.Column("hash", sa.String(256)),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("cluster", sa.Integer, nullable=False),
    )


def downgrade():
    op.drop_table("versions")
    op.drop_table("nodes")
