from django.db import migrations, models
from synnefo.lib import fleet


class Migration(migrations.Migration):
    dependencies = [("db", "0003_volumes")]
    operations = [
        migrations.AddField("VirtualMachine", "project", models.CharField(max_length=100, default="")),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
        migrations.RunSQL("UPDATE db_virtualmachine SET project = userid"),
    ]
