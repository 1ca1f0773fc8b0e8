from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("im", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "ProjectMembership",
            [
                ("id", models.AutoField(primary_key=True)),
                ("person", models.ForeignKey("im.AstakosUser", models.CASCADE)),
                ("project", models.ForeignKey("im.Project", models.CASCADE)),
                ("state", models.IntegerField(default=1)),
            ],
        ),
    ]
