"""A line is added at the end or not at all. SQLite's INSERT OR REPLACE asks no trigger for DELETE, but asks this one."""

from django.db import migrations

CREATE = {
    "sqlite": [
        """CREATE TRIGGER audit_event_only_at_the_end BEFORE INSERT ON audit_event
           WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event)
           BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END""",
    ],
    "postgresql": [
        """CREATE FUNCTION audit_event_only_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
               IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event) THEN
                   RAISE EXCEPTION 'the record is append-only';
               END IF;
               RETURN NEW;
           END $$""",
        """CREATE TRIGGER audit_event_only_at_the_end BEFORE INSERT ON audit_event
           FOR EACH ROW EXECUTE FUNCTION audit_event_only_at_the_end()""",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER audit_event_only_at_the_end"],
    "postgresql": ["DROP FUNCTION audit_event_only_at_the_end() CASCADE"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(create, drop)]
