"""The search index: an FTS5 table on SQLite, a tsvector table with GIN on PostgreSQL. Read and written by search.py."""

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE catalogue_search USING fts5(title, words, tokenize='unicode61 remove_diacritics 2')"
    ],
    "postgresql": [
        "CREATE TABLE catalogue_search (dataset_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX catalogue_search_words ON catalogue_search USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE catalogue_search")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
