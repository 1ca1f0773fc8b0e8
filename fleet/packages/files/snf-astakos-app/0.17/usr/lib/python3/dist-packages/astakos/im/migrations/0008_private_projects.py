from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("im", "0007_fill_project_quotas")]
    operations = [
        migrations.AddField("Project", "private", models.BooleanField(default=False)),
    ]
