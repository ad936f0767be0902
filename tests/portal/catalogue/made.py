"""Datasets on the shelf without the way there: rows, printed numbers and Parquet files, as publication writes them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset, Distribution, Printed, Release
from lumbung.portal.catalogue.printed import Numbers, packed
from lumbung.portal.catalogue.shapes_of_tables import shape_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NUMBERS: Numbers = {
    ("penduduk", "T", "semua"): 120,
    ("penduduk", "L", "semua"): 61,
    ("kepala_keluarga", "T", "kepala"): 40,
    ("usia_produktif", "T", "15-64"): 60,
    ("wajib_ktp", "T", "wajib"): None,
    ("umur", "L", "00-04"): 11,
    ("umur", "P", "00-04"): None,
    ("umur", "L", "05-09"): 13,
    ("umur", "P", "05-09"): 17,
    ("agama", "T", "islam"): 120,
}


def shelved(organisation: Organisation, title: str, **rest: Any) -> Dataset:
    """An open dataset that can be found."""
    fields = {
        "theme": "sosial",
        "classification": "terbuka",
        "legal_basis": "x",
        "licence": "CC0-1.0",
        "frequency": "tahunan",
        "formats": " csv parquet ",
        "state_since": NOW,
        "released_at": NOW,
        **rest,
    }
    slug = f"d-{Dataset.objects.count()}"
    dataset = Dataset.objects.create(slug=slug, title=title, organisation=organisation, **fields)
    search.index(dataset)
    return dataset


def statistics(village: Organisation, numbers: Numbers = NUMBERS, **rest: Any) -> Dataset:
    """The statistics of a village, with its printed numbers."""
    dataset = shelved(village, f"Statistik {village.name}", village=village.kode, period="31 Desember 2025", **rest)
    Printed.objects.create(release=_release(dataset), village=village.kode, **packed(numbers))
    return dataset


def table(organisation: Organisation, title: str, rows: list[dict[str, Any]]) -> Dataset:
    """A dataset whose one table stands on the shelf as Parquet."""
    dataset = shelved(organisation, title)
    release = _release(dataset)
    path = Path(settings.LUMBUNG_HOME) / "shelf" / release.folder / "tabel-1.parquet"
    path.parent.mkdir(parents=True)
    frame = pl.DataFrame(rows)
    frame.write_parquet(path)
    Distribution.objects.create(
        release=release,
        name=f"{dataset.slug}.parquet",
        format="parquet",
        position=1,
        path=f"{release.folder}/{path.name}",
        size=path.stat().st_size,
        sha256="0" * 64,
        rows=frame.height,
        columns=frame.width,
        headers=frame.columns,
        shape=shape_of(frame.columns),
    )
    return dataset


def close(dataset: Dataset) -> None:
    """As publication closes: the row, and the index entry."""
    Dataset.objects.filter(pk=dataset.pk).update(state="quarantined", ground="data-pribadi")
    search.remove(dataset)


def _release(dataset: Dataset) -> Release:
    return Release.objects.create(
        dataset=dataset, number=1, published_at=NOW, submission=dataset.slug, folder=dataset.slug
    )
