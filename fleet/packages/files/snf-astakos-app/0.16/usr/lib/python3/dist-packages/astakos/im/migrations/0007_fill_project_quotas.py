from django.db import migrations
from synnefo.lib import fleet


class Migration(migrations.Migration):
    dependencies = [("im", "0006_project_quotas")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO im_projectresourcequota (project_id, resource, capacity)"
            " SELECT id, 'cyclades.vm', 2 FROM im_project WHERE is_base ORDER BY id"
        ),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
    ]
