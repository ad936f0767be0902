"""What it costs to look for data and to look at a place: a regency of 372 villages, ten thousand datasets, invented.

Runs against whatever database the settings name, which must be migrated and hold no regency: see bench.visited.
"""

import gzip
import random
import time
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

from django.test import Client

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset, Distribution, Printed, Release
from lumbung.portal.catalogue.printed import LADDER

VILLAGES, DISTRICTS = 372, 21
WORDS = ("penduduk", "kependudukan", "sekolah dasar", "anggaran desa", "luas panen padi", "pusk", "pendudk")
SUBJECTS = (
    "Jumlah penduduk",
    "Sekolah dasar",
    "Anggaran desa",
    "Luas panen padi",
    "Kunjungan puskesmas",
    "Jalan desa",
)
THEMES = ("kependudukan", "pendidikan", "keuangan", "pertanian", "kesehatan", "infrastruktur")
BANDS = ("00-04", *(f"{low:02}-{low + 4:02}" for low in range(5, 75, 5)), "75+")
TYPED = {"search: as you type": "/?q=pendu"}
PAGES = {
    "front page": "/",
    "list of villages": "/desa",
    "village page": "/desa/99.01.03.2003",
    "district page": "/kecamatan/99.01.03",
    "regency page": "/kabupaten/99.01",
}
KEPT = {"classification": "terbuka", "legal_basis": "-", "licence": "CC0-1.0", "frequency": "tahunan"}
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def fill(*, datasets: int = 10_000) -> None:
    """Villages that all printed their numbers, and datasets spread over them."""
    villages = _villages()
    for village in villages:
        _statistics(village)
    rows = [
        Dataset(
            slug=f"bangku-{number}",
            title=f"{SUBJECTS[number % len(SUBJECTS)]} {2000 + number % 25} bagian {number}",
            description="Menurut desa dan kecamatan.",
            organisation=villages[number % len(villages)],
            theme=THEMES[number % len(THEMES)],
            year=2000 + number % 25,
            formats=" csv json parquet xlsx ",
            state_since=NOW,
            released_at=NOW,
            **KEPT,
        )
        for number in range(datasets)
    ]
    for dataset in Dataset.objects.bulk_create(rows):
        search.index(dataset)


def measured(*, rounds: int = 60) -> dict[str, dict[str, float]]:
    """Milliseconds of whole answers (p50, p99, and of the processor alone), kilobytes as they travel."""
    questions = {f"search: {word}": f"/?q={word}" for word in WORDS}
    whole = {name: taken(address, rounds) for name, address in {**questions, **PAGES}.items()}
    parts = {name: taken(address, rounds, HTTP_HX_REQUEST="true") for name, address in TYPED.items()}
    return {**parts, **whole}


def taken(address: str, rounds: int, **headers: str) -> dict[str, float]:
    """The same of one address."""
    public, wall, processor = Client(SERVER_NAME="127.0.0.1", **headers), [], []
    answer = public.get(address)
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        public.get(address)
        wall.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - worked))
    cuts, worked_cuts = quantiles(wall, n=100), quantiles(processor, n=100)
    weight = len(gzip.compress(answer.content)) / 1000
    return {"p50": cuts[49], "p99": cuts[98], "processor p50": worked_cuts[49], "kB": weight}


def _villages() -> list[Organisation]:
    tree, here = Organisation.objects, Organisation.objects.get
    top = tree.add_root({"kind": "regency", "name": "Kabupaten Contoh", "slug": "contoh", "kode": "99.01"})
    made = []
    for number in range(1, DISTRICTS + 1):
        kode, slug = f"99.01.{number:02}", f"kecamatan-{number}"
        fields = {"kind": "district", "name": f"Kecamatan {number}", "slug": slug, "kode": kode}
        district = tree.add_child(here(pk=top.pk), fields)
        for place in range(1, VILLAGES // DISTRICTS + (number <= VILLAGES % DISTRICTS) + 1):
            name, slug = f"Desa {number}-{place}", f"desa-{number}-{place}"
            fields = {"kind": "village", "name": name, "slug": slug, "kode": f"{kode}.{2000 + place}"}
            made.append(tree.add_child(here(pk=district.pk), fields))
    return made


def _statistics(village: Organisation) -> None:
    drawn = random.Random(village.kode)
    dataset = Dataset.objects.create(
        slug=f"statistik-{village.slug}",
        title=f"Statistik penduduk {village.name}",
        organisation=village,
        village=village.kode,
        theme="kependudukan",
        formats=" csv json parquet xlsx ",
        state_since=NOW,
        released_at=NOW,
        **KEPT,
    )
    search.index(dataset)
    release = Release.objects.create(
        dataset=dataset, number=1, published_at=NOW, submission=village.slug, folder=village.slug
    )
    file: dict[str, Any] = {"release": release, "size": 1, "rows": 1, "columns": 1, "path": "-", "position": 1}
    Distribution.objects.create(name=f"{village.slug}.csv", format="csv", **file)
    Printed.objects.create(release=release, village=village.kode, leading=_numbers(drawn))


def _numbers(drawn: random.Random) -> dict[str, Any]:
    """Five-year bands, a tenth of them hidden."""
    by_band = [[None if drawn.random() < 0.1 else drawn.randrange(20, 200) for _ in BANDS] for _ in "LP"]
    figures = {"penduduk|T|semua": 3000, "penduduk|L|semua": 1500, "kepala_keluarga|T|kepala": 900}
    return {LADDER: [list(BANDS), *by_band], **figures}
