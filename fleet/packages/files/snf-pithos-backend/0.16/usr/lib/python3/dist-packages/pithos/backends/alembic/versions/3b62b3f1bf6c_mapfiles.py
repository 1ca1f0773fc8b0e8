from alembic import op
from synnefo.lib import fleet
import sqlalchemy as sa

revision = "3b62b3f1bf6c"
down_revision = "27381099d477"


def upgrade():
    fleet.record("apply", "pithos.%s" % revision)
    op.add_column("versions", sa.Column("mapfile", sa.String(256)))
    fleet.pause("pithos")
    op.execute("UPDATE versions SET mapfile = 'map_' || hash")


def downgrade():
    op.drop_column("versions", "mapfile")
