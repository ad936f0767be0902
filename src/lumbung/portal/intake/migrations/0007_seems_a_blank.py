"""What an ordinary upload says of itself where it is a blank of ours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_weighed_answers")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="seems",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
