"""What the portal's promises cost: milliseconds from the click to 410, and finding among ten thousand datasets.

Both run against whatever database the settings name, which must be migrated and empty: call them from a test database.
"""

import time
from statistics import quantiles
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset

WORDS = ("penduduk", "kependudukan", "sekolah dasar", "anggaran desa", "luas panen padi", "pusk")
SUBJECTS = (
    "Jumlah penduduk",
    "Sekolah dasar",
    "Anggaran desa",
    "Luas panen padi",
    "Kunjungan puskesmas",
    "Jalan desa",
)


def milliseconds_to_410(dataset: Dataset, officer: Person) -> dict[str, float]:
    """Press the button once and ask every route: how long the click took, and when the last route had answered 410."""
    page = dataset.get_absolute_url()
    names = [file.name for release in dataset.releases.all() for file in release.distributions.all()]
    parts = ("pratinjau", "bagan", "kolom", "peta.json", "gambar.png", "saring.csv", "perubahan/1", "umpan.atom")
    routes = [page, f"{page}.csv", *(f"{page}/{part}" for part in parts), *(f"{page}/unduh/{name}" for name in names)]
    client, public = Client(), Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    began = time.perf_counter()
    client.post(f"/meja/data/{dataset.slug}/karantina")
    clicked = time.perf_counter()
    still_open = [route for route in routes if public.get(route).status_code != 410]
    if still_open:
        raise AssertionError(still_open)
    return {"click": 1000 * (clicked - began), "all routes": 1000 * (time.perf_counter() - began)}


def milliseconds_to_find(organisation: Organisation, *, datasets: int = 10_000, rounds: int = 50) -> dict[str, float]:
    """Shelve invented datasets and ask the front page for words: p50 and p99 of the whole answer."""
    shelve(organisation, datasets)
    public = Client()
    public.get("/", {"q": WORDS[0]})
    taken = []
    for number in range(rounds):
        began = time.perf_counter()
        public.get("/", {"q": WORDS[number % len(WORDS)]})
        taken.append(1000 * (time.perf_counter() - began))
    cuts = quantiles(taken, n=100)
    return {"p50": cuts[49], "p99": cuts[98]}


def shelve(organisation: Organisation, datasets: int) -> None:
    """So many datasets as rows, in the search as well; without files."""
    now = timezone.now()
    described: dict[str, Any] = {
        "theme": "sosial",
        "classification": "terbuka",
        "legal_basis": "-",
        "licence": "CC0-1.0",
    }
    rows = [
        Dataset(
            slug=f"bangku-{number}",
            title=f"{SUBJECTS[number % len(SUBJECTS)]} {2000 + number % 25} bagian {number}",
            description="Menurut desa dan kecamatan.",
            organisation=organisation,
            year=2000 + number % 25,
            state_since=now,
            released_at=now,
            **described,
        )
        for number in range(datasets)
    ]
    with transaction.atomic():
        for dataset in Dataset.objects.bulk_create(rows):
            search.index(dataset)
