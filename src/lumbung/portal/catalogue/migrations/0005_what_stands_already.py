"""Fills the new columns for what stands on the shelf already, and opens the vocabulary of the search index (SQLite)."""

from django.db import migrations

from lumbung.portal.catalogue import printed, shapes_of_tables, shelf

TERMS = "CREATE VIRTUAL TABLE catalogue_terms USING fts5vocab(catalogue_search, 'row')"


def open_vocabulary(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(TERMS)


def close_vocabulary(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE catalogue_terms")


def fill(apps, schema_editor):
    distribution = apps.get_model("catalogue", "Distribution")
    for file in distribution.objects.exclude(headers=[]).iterator():
        file.shape = shapes_of_tables.shape_of(file.headers)
        if file.shape:
            file.save(update_fields=["shape"])
    for dataset in apps.get_model("catalogue", "Dataset").objects.exclude(state="removed").iterator():
        release = dataset.releases.order_by("-number").first()
        if release:
            fill_one(apps, dataset, release)


def fill_one(apps, dataset, release):
    files = apps.get_model("catalogue", "Distribution").objects.filter(release=release, part="")
    dataset.formats = f" {' '.join(sorted(set(files.values_list('format', flat=True))))} "
    dataset.save(update_fields=["formats"])
    table = files.filter(format="csv").first()
    if dataset.village and table and shelf.stands(table):
        numbers = printed.read(shelf.path_of(table), village=dataset.village)
        packed = printed.packed(numbers)
        apps.get_model("catalogue", "Printed").objects.create(release=release, village=dataset.village, **packed)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_places")]
    operations = [
        migrations.RunPython(open_vocabulary, close_vocabulary),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
