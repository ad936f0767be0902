"""What a piece is to be the next release of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="piece",
            name="resource",
            field=models.CharField(blank=True, max_length=36),
        ),
    ]
