from django.db import migrations, models
from synnefo.lib import fleet


class Migration(migrations.Migration):
    dependencies = [("db", "0002_heartbeat")]
    operations = [
        migrations.CreateModel(
            "Volume",
            [
                ("id", models.AutoField(primary_key=True)),
                ("machine", models.ForeignKey("db.VirtualMachine", models.CASCADE)),
                ("size", models.IntegerField(default=20)),
            ],
        ),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
        migrations.RunSQL(
            "INSERT INTO db_volume (machine_id, size) SELECT id, 20 FROM db_virtualmachine ORDER BY id"
        ),
    ]
