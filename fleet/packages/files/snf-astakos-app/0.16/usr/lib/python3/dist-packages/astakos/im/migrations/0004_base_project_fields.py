from django.db import migrations, models
from synnefo.lib import fleet


class Migration(migrations.Migration):
    dependencies = [("im", "0003_is_active")]
    operations = [
        migrations.AddField("Project", "is_base", models.BooleanField(default=False)),
        migrations.AddField("Project", "realname", models.CharField(max_length=80, default="")),
        migrations.RunPython(lambda apps, editor: fleet.pause("migrate")),
    ]
