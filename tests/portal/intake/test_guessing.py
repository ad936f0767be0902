"""What a title lets one expect: proposals that a person confirms, and none where it is not clear."""

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.intake.guessing import ABOUT, guessed
from tests.portal.shelves import Desk, desk

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("", {}),
        ("Data", {}),
        ("Catatan 99.01.2001", {"period": "2001", "frequency": "tahunan"}),
        ("3308202002010001", {}),
        ("Penduduk dusun 2024", {"period": "2024", "theme": "kependudukan", "frequency": "tahunan"}),
        ("siswa_sd_2020-2024", {"period": "2020–2024", "theme": "pendidikan"}),
        ("Kunjungan puskesmas Maret 2025", {"period": "Maret 2025", "theme": "kesehatan", "frequency": "bulanan"}),
        ("APBDes triwulan II 2025", {"period": "Triwulan II 2025", "theme": "keuangan", "frequency": "triwulanan"}),
        ("Panen bulanan per triwulan", {"theme": "pertanian"}),
        ("Penduduk miskin", {}),
    ],
)
def test_what_a_title_says(title: str, found: dict[str, str]) -> None:
    assert guessed(title) == found


def test_no_word_speaks_for_two_themes() -> None:
    words = [word for about in ABOUT.values() for word in about.split()]
    assert len(words) == len(set(words))


@pytest.mark.django_db
def test_it_is_proposed_and_kept_only_when_sent(desk: Desk, client: Client) -> None:
    empty = dict.fromkeys(("theme", "period", "frequency"), "")
    sent = desk.send(title="Penduduk dusun 2024", **empty)
    client.force_login(Person.objects.get(pk=desk.producer.pk))
    address = f"{sent.get_absolute_url()}/keterangan"
    page = client.get(address).content.decode()
    assert 'value="2024"' in page and '<option value="kependudukan" selected>' in page
    assert "perkiraan dari judulnya" in page
    sent.refresh_from_db()
    assert sent.period == ""
