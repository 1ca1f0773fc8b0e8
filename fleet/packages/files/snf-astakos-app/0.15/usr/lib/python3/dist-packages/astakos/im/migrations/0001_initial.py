from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "AstakosUser",
            [
                ("id", models.AutoField(primary_key=True)),
                ("email", models.CharField(max_length=254, unique=True)),
                ("first_name", models.CharField(max_length=80)),
                ("auth_token", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            "Project",
            [
                ("id", models.AutoField(primary_key=True)),
                ("name", models.CharField(max_length=80)),
                ("owner", models.ForeignKey("im.AstakosUser", models.CASCADE)),
                ("state", models.IntegerField(default=1)),
            ],
        ),
    ]
