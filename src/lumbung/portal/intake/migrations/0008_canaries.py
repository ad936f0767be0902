"""A file may be held because an invented resident of a restricted copy stands in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_seems_a_blank")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("damaged", "Berkas yang tersimpan tidak lagi sama dengan yang diunggah."),
                    ("interrupted", "Pemeriksaan terputus tiga kali berturut-turut."),
                    ("canary", "Berkas ini memuat salinan yang diserahkan terbatas."),
                ],
                max_length=12,
            ),
        ),
    ]
