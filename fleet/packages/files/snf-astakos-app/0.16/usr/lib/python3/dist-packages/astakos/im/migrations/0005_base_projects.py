from django.db import migrations
from synnefo.lib import fleet


class Migration(migrations.Migration):
    """Every user gets a base project and is its member."""

    dependencies = [("im", "0004_base_project_fields")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO im_project (name, owner_id, state, is_base, realname)"
            " SELECT 'base:' || id, id, 1, true, email FROM im_astakosuser ORDER BY id"
        ),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
        migrations.RunSQL(
            "INSERT INTO im_projectmembership (person_id, project_id, state)"
            " SELECT owner_id, id, 1 FROM im_project WHERE is_base ORDER BY id"
        ),
    ]
