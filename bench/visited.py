"""`python -m bench.visited DATASETS ROWS FOLDER`: a portal in a home of its own in FOLDER, filled and looked at; JSON.

A regency of 372 villages with datasets spread over them, and one table of many rows, all invented. The same rows are
left in FOLDER/baris.db, for others to be asked beside.
"""

import json
import logging
import os
import sqlite3
import sys
from pathlib import Path

import polars as pl


def main() -> None:
    """Migrate, fill, look."""
    datasets, rows, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    os.environ |= {"LUMBUNG_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "lumbung.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    logging.disable(logging.WARNING)
    print(json.dumps(looked_at(folder, datasets=datasets, rows=rows)))


def looked_at(folder: Path, *, datasets: int, rows: int) -> dict[str, dict[str, float]]:
    """Milliseconds and kilobytes of every page, by its name."""
    from django.core.management import call_command
    from django.db import transaction
    from django.test.utils import setup_test_environment

    from bench import dataset_page, places
    from lumbung.portal.audit import keys

    setup_test_environment()  # the test client's host is allowed
    (folder / "home").mkdir()
    keys.ensure(folder / "home" / "keys.json", home=folder / "home")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        places.fill(datasets=datasets)
    table = dataset_page.many_rows(rows)
    address = _on_the_shelf(table)
    _for_others(table, folder / "baris.db")
    questions = {f"rows {rows:,}, {name}": address + query for name, query in dataset_page.QUESTIONS.items()}
    return places.measured() | {name: places.taken(one, 10) for name, one in questions.items()}


def _on_the_shelf(table: pl.DataFrame) -> str:
    """The address of an open dataset with this table, as publication would have left it."""
    from bench.places import KEPT, NOW
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset, Distribution, Release
    from lumbung.portal.catalogue.shelf import shelf
    from lumbung.rebuild.formats import ROWS_PER_GROUP

    place = Organisation.objects.get(kode="99.01")
    about = {"theme": "sosial", "state_since": NOW, "released_at": NOW, **KEPT}
    dataset = Dataset.objects.create(slug="baris", title="Baris yang banyak", organisation=place, **about)
    release = Release.objects.create(dataset=dataset, number=1, published_at=NOW, submission="baris", folder="baris")
    (shelf() / "baris").mkdir(parents=True)
    table.write_parquet(shelf() / "baris" / "tabel-1.parquet", row_group_size=ROWS_PER_GROUP)
    Distribution.objects.create(
        release=release, name="baris.parquet", format="parquet", position=1, path="baris/tabel-1.parquet",
        size=1, rows=table.height, columns=table.width, headers=table.columns,
    )  # fmt: skip
    return dataset.get_absolute_url()


def _for_others(table: pl.DataFrame, file: Path) -> None:
    with sqlite3.connect(file) as database:
        columns = ", ".join(f'"{name}"' for name in table.columns)
        database.execute(f"CREATE TABLE baris ({columns})")  # names of our own
        marks = ", ".join("?" * table.width)
        database.executemany(f"INSERT INTO baris VALUES ({marks})", table.iter_rows())


if __name__ == "__main__":
    main()
