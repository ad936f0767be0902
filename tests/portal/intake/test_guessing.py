"""What a title lets one expect: proposals that a person confirms, and none where it is not clear."""

import polars as pl
import pytest
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue.columns import columns_of
from lumbung.portal.intake.glimpse import LARGEST, Glimpse, glimpse_of
from lumbung.portal.intake.guessing import ABOUT, guessed, title_in
from tests.portal.intake.conftest import secret_numbers
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
    assert "Usulan kami, dari judul dan isi berkasnya" in page
    sent.refresh_from_db()
    assert sent.period == ""


def seen(*names: str, lines: tuple[str, ...] = (), years: tuple[int, ...] = ()) -> Glimpse:
    """A table whose first column is a text and whose others are numbers."""
    schema = {name: pl.Float64() if at else pl.String() for at, name in enumerate(names)}
    return Glimpse(columns=tuple(columns_of(schema)), lines=lines, years=years)


@pytest.mark.parametrize(
    ("glimpse", "found"),
    [
        (seen("Nama", "Nilai"), {}),
        (seen("Sekolah", "Siswa"), {"theme": "pendidikan", "unit": "orang"}),
        (seen("Uraian", "Anggaran", "Realisasi"), {"theme": "keuangan", "unit": "rupiah"}),
        (seen("Desa", "Luas (ha)"), {"unit": "hektare"}),
        (seen("Desa", "Cakupan (%)"), {"unit": "%"}),
        (seen("Desa", "Siswa", "Anggaran"), {"theme": ""}),  # two units, two themes: nobody knows
        (seen("Desa", "tahun", years=(2019, 2024)), {"period": "2019–2024"}),
        (seen("Desa", "tahun", years=(2024, 2024)), {"period": "2024"}),
        (seen("Desa", "Banyak", lines=("Panen padi Maret 2025",)),
         {"period": "Maret 2025", "theme": "pertanian", "frequency": "bulanan"}),
    ],
)  # fmt: skip
def test_what_a_file_says(glimpse: Glimpse, found: dict[str, str]) -> None:
    assert guessed("Data", glimpse) == {name: value for name, value in found.items() if value}


def test_the_title_goes_before_the_file() -> None:
    glimpse = seen("Sekolah", "Siswa", lines=("Tahun 2019",))
    assert guessed("Anggaran desa 2025", glimpse)["theme"] == "keuangan"
    assert guessed("Anggaran desa 2025", glimpse)["period"] == "2025"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((), ""),
        (("Sumber: Dinas Kesehatan Kabupaten",), ""),
        (("Tabel 1", "JUMLAH PENDUDUK KECAMATAN SUKATANI"), "Jumlah Penduduk Kecamatan Sukatani"),
        (("Kunjungan  puskesmas menurut bulan",), "Kunjungan puskesmas menurut bulan"),
    ],
)
def test_a_title_that_stands_in_the_file(lines: tuple[str, ...], title: str) -> None:
    assert title_in(Glimpse(lines=lines)) == title


@pytest.mark.django_db
def test_the_file_is_opened_for_its_words_once_it_is_through(desk: Desk, client: Client) -> None:
    title = b"KUNJUNGAN PUSKESMAS MENURUT KECAMATAN,,\n,,\n"
    content = title + b"kecamatan,tahun,pasien\nSukatani,2023,1245\nMekarsari,2024,981\n"
    empty = dict.fromkeys(("theme", "period", "frequency", "unit"), "")
    sent = desk.send(content, name="rekap final.csv", title="Rekap final", **empty)
    client.force_login(desk.producer)
    page = client.get(f"{sent.get_absolute_url()}/keterangan").content.decode()
    assert 'value="Kunjungan Puskesmas Menurut Kecamatan"' in page
    assert '<option value="kesehatan" selected>' in page
    assert 'value="2023–2024"' in page and 'value="orang"' in page
    assert "Sukatani" not in page and "1245" not in page
    sent.refresh_from_db()
    assert (sent.title, sent.unit) == ("Rekap final", "")
    sent.size = LARGEST + 1
    assert glimpse_of(sent) == Glimpse()


@pytest.mark.django_db
def test_a_held_file_is_not_opened_for_its_words(desk: Desk, client: Client) -> None:
    rows = "".join(f"Warga {number},{number}\n" for number in secret_numbers(3))
    held = desk.send(f"REGISTER PENDUDUK DESA,\nnama,nik\n{rows}".encode(), title="Data", theme="")
    assert held.state == "held"
    client.force_login(desk.producer)
    page = client.get(f"{held.get_absolute_url()}/keterangan").content.decode()
    assert "Register Penduduk" not in page and "Usulan kami" not in page
