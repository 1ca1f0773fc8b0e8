from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("im", "0002_memberships")]
    operations = [
        migrations.AddField("AstakosUser", "is_active", models.BooleanField(default=True)),
    ]
