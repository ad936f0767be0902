"""Finding by word: stems, beginnings, order, and an index that follows the shelf within the transaction."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.spelling import corrected

pytestmark = pytest.mark.django_db


def shelved(organisation: Organisation, title: str, **rest: Any) -> Dataset:
    now = timezone.now()
    described = {
        "theme": "sosial",
        "classification": "terbuka",
        "legal_basis": "x",
        "licence": "CC0-1.0",
        **rest,
    }
    dataset = Dataset.objects.create(
        slug=f"d-{Dataset.objects.count()}",
        title=title,
        organisation=organisation,
        state_since=now,
        released_at=now,
        **described,
    )
    search.index(dataset)
    return dataset


@pytest.fixture
def found(regency: Any) -> dict[str, Dataset]:
    return {
        "residents": shelved(regency.village, "Jumlah penduduk menurut umur", description="Per kecamatan."),
        "schools": shelved(regency.agency, "Sekolah dasar", description="Banyaknya murid dan penduduk usia sekolah."),
        "budget": shelved(regency.village, "Realisasi APBDes 2024", description="Anggaran dan belanja desa."),
    }


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("penduduk", ["residents", "schools"]),  # the title counts for more than the description
        ("kependudukan usia", ["schools"]),  # a relative, and all the words
        ("PENDUDUK umur", ["residents"]),
        ("pendu", ["residents", "schools"]),  # still typing
        ("sekolah", ["schools"]),
        ("menganggarkan", ["budget"]),
        ("apbdes", ["budget"]),
        ("dana desa", ["budget"]),  # what the field also calls it
        ("dana desa 2024", ["budget"]),
        ("anggaran pendapatan dan belanja desa", ["budget"]),
        ("dana umur", []),
        ("SD", ["schools"]),
        ("demografi", ["residents", "schools"]),
        ("2024", ["budget"]),
        ("penduduk menurut dan di umur", ["residents"]),  # small words narrow nothing
        ("dinas kesehatan", ["schools"]),  # the organisation
        ("xyzabc", []),
        ("", []),
        ("dan di", []),
        ('"', []),
        ("penduduk OR", []),  # OR is a word like any other
        ('penduduk" OR "sekolah', []),
        ("NEAR(penduduk umur)", []),
        ("title:penduduk", []),
        ("penduduk*", ["residents", "schools"]),
        ("'; DROP TABLE catalogue_search; --", []),
        ("penduduk " * 500, ["residents", "schools"]),
        ("a" * 5000, []),
    ],
)
def test_finds(found: dict[str, Dataset], words: str, names: list[str]) -> None:
    assert search.ranked(Dataset.objects.all(), words) == [found[name].pk for name in names]


def test_removing_removes_and_indexing_again_replaces(found: dict[str, Dataset]) -> None:
    search.remove(found["residents"])
    assert search.ranked(Dataset.objects.all(), "umur") == []
    found["schools"].title = "Puskesmas"
    search.index(found["schools"])
    search.index(found["schools"])
    assert search.ranked(Dataset.objects.all(), "puskesmas") == [found["schools"].pk]
    assert search.ranked(Dataset.objects.all(), "dasar") == []


def test_follows_the_transaction(found: dict[str, Dataset]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        search.remove(found["budget"])
        raise ZeroDivisionError
    assert search.ranked(Dataset.objects.all(), "apbdes") == [found["budget"].pk]


def test_a_sweep_leaves_no_word_behind(found: dict[str, Dataset]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no words beside the row")
    search.remove(found["budget"])
    search.sweep()
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM catalogue_search_data")
        assert not [block for (block,) in cursor.fetchall() if b"apbdes" in bytes(block)]


@pytest.mark.parametrize(("word", "root"), [("kependudukan", "duduk"), ("penduduk", "duduk"), ("qwerty", "qwerty")])
def test_roots(word: str, root: str) -> None:
    assert search.stem(word) == root


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("pendudk", "penduduk"),
        ("umr penduduk", "umur penduduk"),
        ("skolah dasar", "sekolah dasar"),
        ("zzzqqq", ""),
        ("", ""),
    ],
)
def test_a_mistyped_word_leads_to_the_likest_one(found: dict[str, Dataset], words: str, meant: str) -> None:
    assert corrected(words) == meant
