from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("db", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "Heartbeat",
            [
                ("id", models.AutoField(primary_key=True)),
                ("host", models.CharField(max_length=100, unique=True)),
                ("pid", models.IntegerField()),
                ("version", models.CharField(max_length=40)),
                ("beats", models.BigIntegerField(default=0)),
            ],
        ),
    ]
