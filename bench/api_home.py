"""`python -m bench.api_home HOME DATASETS ROWS ...`: a home with many datasets and a table of each length; and for
others the first of these tables as HOME/../baris.db.
"""

import os
import sys
from pathlib import Path


def main() -> None:
    """Migrate, fill."""
    home, datasets, *rows = Path(sys.argv[1]), *map(int, sys.argv[2:])
    os.environ |= {"LUMBUNG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.unlimited"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from lumbung.portal.audit import keys

    home.mkdir(parents=True)
    keys.ensure(home / "keys.json", home=home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        _fill(home, datasets, rows)


def _fill(home: Path, datasets: int, rows: list[int]) -> None:
    from bench.dataset_page import many_rows
    from bench.places import fill
    from bench.visited import _for_others

    fill(datasets=datasets)
    for number, many in enumerate(rows):
        table = many_rows(many)
        put_up(f"baris-{many}", table)
        if number == 0:
            _for_others(table, home.parent / "baris.db")
    _close_one(many_rows(10))


def _close_one(table: object) -> None:
    """A dataset that stood open and is closed: CKAN's clients must not be able to tell it from none."""
    from lumbung.portal.catalogue.models import Dataset

    put_up("tertutup", table)
    Dataset.objects.filter(slug="tertutup").update(state="quarantined", ground="data-pribadi")


def put_up(slug: str, table: object) -> None:
    """An open dataset with this table, as publication would have left it."""
    import polars as pl

    from bench.places import KEPT, NOW
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset, Distribution, Release
    from lumbung.portal.catalogue.shelf import shelf
    from lumbung.rebuild.formats import write_parquet

    assert isinstance(table, pl.DataFrame)
    place = Organisation.objects.get(kode="99.01")
    about = {"theme": "sosial", "state_since": NOW, "released_at": NOW, **KEPT}
    dataset = Dataset.objects.create(slug=slug, title=f"Baris {slug}", organisation=place, **about)
    release = Release.objects.create(dataset=dataset, number=1, published_at=NOW, submission=slug, folder=slug)
    (shelf() / slug).mkdir(parents=True)
    write_parquet(table, shelf() / slug / "tabel-1.parquet")
    for form in ("csv", "parquet"):  # CKAN's clients ask by the id of the CSV, which itself is not asked for here
        Distribution.objects.create(
            release=release, name=f"{slug}.{form}", format=form, position=1, path=f"{slug}/tabel-1.{form}",
            size=1, sha256=slug, rows=table.height, columns=table.width, headers=table.columns,
        )  # fmt: skip


if __name__ == "__main__":
    main()
