from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "VirtualMachine",
            [
                ("id", models.AutoField(primary_key=True)),
                ("name", models.CharField(max_length=255)),
                ("userid", models.CharField(max_length=100)),
                ("operstate", models.CharField(max_length=30, default="STARTED")),
            ],
        ),
        migrations.CreateModel(
            "Network",
            [
                ("id", models.AutoField(primary_key=True)),
                ("name", models.CharField(max_length=255)),
                ("userid", models.CharField(max_length=100)),
            ],
        ),
    ]
