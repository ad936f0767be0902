"""The tree over the record: leaves with commitments, signed heads, witnesses. Only emptying personal fields is left."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from lumbung.portal.audit.leaf import PERSONAL, sealed

_AT_THE_END = import_module("lumbung.portal.audit.migrations.0003_only_at_the_end")
FIXED = ("sequence", "at", "kind", "actor", "subject", "organisation", "sha256", "details", "commitments", "leaf")
_CHANGED = " OR ".join(
    [f"NEW.{field} IS NOT OLD.{field}" for field in FIXED]
    + [f"(NEW.{field} IS NOT OLD.{field} AND NEW.{field} <> '')" for field in PERSONAL]
)
_OTHERS = ("audit_head", "audit_testimony")
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"

CREATE = {
    "sqlite": [
        f"CREATE TRIGGER audit_event_only_erasing BEFORE UPDATE ON audit_event WHEN {_CHANGED} {_REFUSE}",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {_REFUSE}"
            for table, verb in [("audit_event", "DELETE"), *((o, v) for o in _OTHERS for v in ("UPDATE", "DELETE"))]
        ),
    ],
    "postgresql": [
        """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'the record is append-only'; END $$""",
        f"""CREATE TRIGGER audit_event_only_erasing BEFORE UPDATE ON audit_event FOR EACH ROW
            WHEN ({_CHANGED.replace("IS NOT", "IS DISTINCT FROM")}) EXECUTE FUNCTION audit_refuse()""",
        "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event EXECUTE FUNCTION audit_refuse()",
        *(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} EXECUTE FUNCTION audit_refuse()"
            for table in _OTHERS
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_refuse()"
            for table in ("audit_event", *_OTHERS)
        ),
    ],
}
DROP = {
    "sqlite": [
        "DROP TRIGGER audit_event_only_erasing",
        "DROP TRIGGER audit_event_no_DELETE",
        *(f"DROP TRIGGER {table}_no_{verb}" for table in _OTHERS for verb in ("UPDATE", "DELETE")),
    ],
    "postgresql": ["DROP FUNCTION audit_refuse() CASCADE"],
}
_BEFORE = {
    "sqlite": ["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"],
    "postgresql": ["DROP FUNCTION audit_event_refuse() CASCADE"],
}


def open_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*_BEFORE[vendor], *_AT_THE_END.DROP[vendor]):  # SQLite makes the table anew, without triggers
        schema_editor.execute(statement)


def seal_what_is_there(apps, schema_editor):
    events = apps.get_model("audit", "Event").objects
    for event in events.order_by("sequence").iterator():
        sealed(event).save(update_fields=["salts", "commitments", "leaf"])


def close(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*CREATE[vendor], *_AT_THE_END.CREATE[vendor]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_kinds_by_name")]
    operations = [
        migrations.RunPython(open_up),
        migrations.AddField("event", "commitments", models.JSONField(default=dict)),
        migrations.AddField("event", "salts", models.JSONField(default=dict)),
        migrations.AddField("event", "leaf", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RunPython(seal_what_is_there),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(db_index=True)),
                ("root", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("statement", models.TextField()),
                ("signature", models.CharField(max_length=128)),
                ("key", models.CharField(max_length=64)),
                ("peaks", models.JSONField()),
            ],
            options={"verbose_name": "kepala catatan", "ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            name="Testimony",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("witness", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("received", models.BooleanField()),
                ("receipt", models.BinaryField(blank=True)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="testimonies", to="audit.head"
                    ),
                ),
            ],
            options={"verbose_name": "kesaksian", "ordering": ("pk",)},
        ),
        migrations.RunPython(close),
    ]
