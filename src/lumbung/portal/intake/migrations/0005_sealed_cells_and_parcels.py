"""What people type into blanks lies sealed from now on; what was typed until now is sealed here. And room for packages
that come from a village's own computer, while they are looked at.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lumbung.portal.intake.cells import sealed_cells, unsealed_cells

STATES = [
    ("waiting", "Menunggu giliran"),
    ("working", "Sedang dihitung"),
    ("stopped", "Terhenti"),
    ("refused", "Tidak dapat dibuat"),
    ("done", "Selesai"),
]
STAGES = [
    ("waiting", "Menunggu giliran."),
    ("opening", "Paket dibuka di ruang tertutup dan tabelnya ditulis ulang."),
    ("checking", "Bukti dihitung ulang, dan setiap berkas diperiksa."),
    ("storing", "Hasilnya disimpan."),
]


def seal(apps, schema_editor):
    for name in ("Entry", "Delivery"):
        for row in apps.get_model("intake", name).objects.all():
            row.sealed = sealed_cells(row, row.values)
            row.save(update_fields=["sealed"])


def unseal(apps, schema_editor):
    for name in ("Entry", "Delivery"):
        for row in apps.get_model("intake", name).objects.all():
            row.values = unsealed_cells(row)
            row.save(update_fields=["values"])


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0004_made_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="entry", name="sealed", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="delivery", name="sealed", field=models.BinaryField(default=b"")),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField(model_name="entry", name="values"),
        migrations.RemoveField(model_name="delivery", name="values"),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("brought_at", models.DateTimeField()),
                ("size", models.PositiveBigIntegerField()),
                ("wrapped_key", models.BinaryField()),
                ("sealed_name", models.BinaryField()),
                ("storage_key", models.CharField(blank=True, max_length=100)),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=10)),
                ("state_since", models.DateTimeField()),
                ("stage", models.CharField(choices=STAGES, default="waiting", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("heartbeat", models.DateTimeField()),
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brought_as",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("-brought_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "working"))),
                        fields=("organisation",),
                        name="intake_one_parcel_at_once",
                    )
                ],
            },
        ),
    ]
