from alembic import op
from synnefo.lib import fleet

revision = "4451e80244a6"
down_revision = "3b62b3f1bf6c"


def upgrade():
    fleet.record("apply", "pithos.%s" % revision)
    op.execute(
        "INSERT INTO policy (node, key, value)"
        " SELECT node, 'project', split_part(path, '/', 1) FROM nodes WHERE parent IS NOT NULL ORDER BY node"
    )
    fleet.pause("pithos")


def downgrade():
    op.execute("DELETE FROM policy WHERE key = 'project'")
