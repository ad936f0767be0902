"""Requests for copies, the copies, permissions to read, and alarms."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_tracer"),
        ("intake", "0007_seems_a_blank"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handout",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("voters", "Daftar pemilih, untuk peserta pemilu"),
                            ("extract", "Petikan register, untuk satu lembaga atau lebih"),
                        ],
                        max_length=10,
                    ),
                ),
                ("legal_basis", models.CharField(max_length=300)),
                ("purpose", models.CharField(max_length=500)),
                ("columns", models.JSONField(default=list)),
                (
                    "mask",
                    models.CharField(
                        choices=[
                            ("ten", "Sepuluh digit terakhir disamarkan: hanya kode wilayah yang tampak"),
                            ("four", "Empat digit terakhir disamarkan"),
                        ],
                        max_length=10,
                    ),
                ),
                ("shown", models.JSONField(default=dict)),
                ("fifth", models.BooleanField(default=False)),
                ("fifth_basis", models.CharField(blank=True, max_length=300)),
                ("canaries", models.PositiveSmallIntegerField(default=0)),
                ("canary_basis", models.CharField(blank=True, max_length=300)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF bertanda tangan elektronik, tidak dapat diubah tanpa ketahuan"),
                            ("xlsx", "Lembar kerja (XLSX)"),
                            ("csv", "Teks berpemisah (CSV)"),
                        ],
                        max_length=4,
                    ),
                ),
                ("return_by", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu persetujuan"),
                            ("making", "Sedang dibuat"),
                            ("ready", "Salinan siap"),
                            ("declined", "Tidak disetujui"),
                            ("failed", "Tidak jadi dibuat"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=1000)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("heartbeat", models.DateTimeField(default=django.utils.timezone.now)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("marked", models.PositiveIntegerField(default=0)),
                ("commitment", models.CharField(blank=True, max_length=64)),
                ("line", models.PositiveBigIntegerField(blank=True, null=True)),
                ("sealed_secret", models.BinaryField(default=b"")),
                ("secret_until", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handouts", to="intake.submission"
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("institution", models.CharField(max_length=120)),
                ("contact", models.CharField(max_length=200)),
                ("age_key", models.CharField(blank=True, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Belum diserahkan"),
                            ("offered", "Tautan diberikan"),
                            ("received", "Diterima"),
                            ("returned", "Dikembalikan"),
                            ("destroyed", "Dimusnahkan penerima"),
                            ("revoked", "Dicabut"),
                        ],
                        default="made",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("mark", models.CharField(blank=True, max_length=16)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("storage_key", models.CharField(blank=True, max_length=100)),
                ("wrapped_key", models.BinaryField(default=b"")),
                ("index_until", models.DateField(blank=True, null=True)),
                ("link_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("link_until", models.DateTimeField(blank=True, null=True)),
                ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                ("fetches_left", models.PositiveSmallIntegerField(default=0)),
                ("received_by", models.CharField(blank=True, max_length=200)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("paper", models.CharField(blank=True, max_length=120)),
                ("ended_words", models.CharField(blank=True, max_length=500)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "handout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="copies.handout"
                    ),
                ),
            ],
            options={
                "ordering": ("handout", "number"),
            },
        ),
        migrations.CreateModel(
            name="Viewing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("legal_basis", models.CharField(max_length=300)),
                ("purpose", models.CharField(max_length=500)),
                ("columns", models.JSONField(default=list)),
                ("closes_on", models.DateField()),
                ("rows_left", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu persetujuan"),
                            ("open", "Terbuka"),
                            ("declined", "Tidak disetujui"),
                            ("closed", "Ditutup"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=1000)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="viewings", to="intake.submission"
                    ),
                ),
                (
                    "viewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="viewings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveBigIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.submission"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="copies.copy"
                    ),
                ),
            ],
            options={
                "ordering": ("-opened_at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("line", "copy"), name="copies_alarm_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="copies_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("making", "ready")), _negated=True),
                    ("decided_by__isnull", False),
                    _connector="OR",
                ),
                name="copies_made_only_when_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("canaries", 0),
                    models.Q(
                        models.Q(("kind", "voters"), _negated=True), models.Q(("canary_basis", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="copies_no_canary_in_a_legal_register",
            ),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.CheckConstraint(
                condition=models.Q(("fifth", False), models.Q(("fifth_basis", ""), _negated=True), _connector="OR"),
                name="copies_fifth_digit_has_a_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.UniqueConstraint(fields=("handout", "number"), name="copies_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.UniqueConstraint(fields=("handout", "institution"), name="copies_one_for_each"),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link_digest", ""), _negated=True),
                fields=("link_digest",),
                name="copies_link_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="viewing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        models.Q(("decided_by", models.F("viewer")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="copies_viewing_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="viewing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True), ("decided_by__isnull", False), _connector="OR"
                ),
                name="copies_viewing_open_only_when_decided",
            ),
        ),
    ]
