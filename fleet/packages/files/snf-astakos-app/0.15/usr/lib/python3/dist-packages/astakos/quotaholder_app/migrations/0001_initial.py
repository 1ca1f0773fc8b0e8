from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Holding",
            [
                ("id", models.AutoField(primary_key=True)),
                ("holder", models.CharField(max_length=80)),
                ("resource", models.CharField(max_length=80)),
                ("usage", models.BigIntegerField(default=0)),
                ("limit", models.BigIntegerField(default=0)),
            ],
        ),
    ]
