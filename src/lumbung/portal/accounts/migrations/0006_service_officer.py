from django.db import migrations, models

ROLES = [
    ("produsen", "Produsen data"),
    ("walidata", "Walidata"),
    ("ppdp", "Pejabat Pelindung Data Pribadi (PPDP)"),
    ("petugas_piket", "Petugas piket"),
    ("admin", "Admin"),
    ("penelusur", "Penelusur"),
    ("petugas_layanan", "Petugas layanan"),
]


class Migration(migrations.Migration):
    """A seventh role: who answers requests for documents."""

    dependencies = [("accounts", "0005_tracer")]

    operations = [
        migrations.AlterField("membership", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.AlterField("proposal", "role", models.CharField(blank=True, choices=ROLES, max_length=20)),
    ]
