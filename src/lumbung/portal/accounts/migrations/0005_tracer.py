from django.db import migrations, models

ROLES = [
    ("produsen", "Produsen data"),
    ("walidata", "Walidata"),
    ("ppdp", "Pejabat Pelindung Data Pribadi (PPDP)"),
    ("petugas_piket", "Petugas piket"),
    ("admin", "Admin"),
    ("penelusur", "Penelusur"),
]


class Migration(migrations.Migration):
    """A sixth role: who may ask the fingerprints."""

    dependencies = [("accounts", "0004_api_tokens")]

    operations = [
        migrations.AlterField("membership", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.AlterField("proposal", "role", models.CharField(blank=True, choices=ROLES, max_length=20)),
    ]
