from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("im", "0005_base_projects")]
    operations = [
        migrations.CreateModel(
            "ProjectResourceQuota",
            [
                ("id", models.AutoField(primary_key=True)),
                ("project", models.ForeignKey("im.Project", models.CASCADE)),
                ("resource", models.CharField(max_length=80)),
                ("capacity", models.BigIntegerField(default=0)),
            ],
        ),
    ]
