from django.db import migrations, models
from synnefo.lib import fleet


class Migration(migrations.Migration):
    """Users hold from projects, and projects hold themselves."""

    dependencies = [("quotaholder_app", "0001_initial")]
    operations = [
        migrations.AddField("Holding", "source", models.CharField(max_length=80, null=True)),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
        migrations.RunSQL("UPDATE quotaholder_app_holding SET source = 'project:' || holder"),
        migrations.RunSQL(
            'INSERT INTO quotaholder_app_holding (holder, source, resource, usage, "limit")'
            ' SELECT source, NULL, resource, usage, "limit" FROM quotaholder_app_holding ORDER BY id'
        ),
    ]
