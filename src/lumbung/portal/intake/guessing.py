"""What a title lets one expect of the rest: its period, its theme, how often it comes. A proposal, never an answer.

It is shown in a form that a person reads and sends; nothing of it is kept before. Words are whole words, and where two
themes fit equally well none is proposed.
"""

import re
from collections.abc import Mapping

from lumbung.portal.catalogue.vocabulary import Frequency, Theme

YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
WORD = re.compile(r"[a-z]+")
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
PART = re.compile(r"\b(triwulan|kuartal|semester)\s+(i{1,3}|iv|[1-4])\b")
OFTEN: Mapping[str, Frequency] = {
    "bulan": Frequency.MONTHLY, "bulanan": Frequency.MONTHLY, **dict.fromkeys(MONTHS, Frequency.MONTHLY),
    "triwulan": Frequency.QUARTERLY, "triwulanan": Frequency.QUARTERLY, "kuartal": Frequency.QUARTERLY,
    "semester": Frequency.HALF_YEARLY, "semesteran": Frequency.HALF_YEARLY,
    "tahunan": Frequency.YEARLY,
}  # fmt: skip
ABOUT: Mapping[Theme, str] = {
    Theme.POPULATION: "penduduk kependudukan jiwa kelahiran kematian perkawinan umur usia agama ktp akta warga",
    Theme.EDUCATION: "sekolah pendidikan siswa murid guru paud sd smp sma perpustakaan lulusan",
    Theme.HEALTH: "kesehatan puskesmas posyandu stunting imunisasi penyakit gizi bidan dokter vaksinasi",
    Theme.FARMING: "pertanian panen padi palawija ternak peternakan perikanan sawah pupuk pangan kebun",
    Theme.ECONOMY: "umkm ekonomi usaha pasar koperasi bumdes harga perdagangan potensi industri",
    Theme.FINANCE: "apbdes apbd anggaran realisasi belanja pendapatan keuangan pajak retribusi dana",
    Theme.WORKS: "jalan jembatan infrastruktur irigasi bangunan sarana prasarana air listrik",
    Theme.ENVIRONMENT: "lingkungan sampah bencana banjir longsor hutan sungai",
    Theme.SOCIAL: "sosial bantuan miskin kemiskinan disabilitas lansia panti",
    Theme.TOURISM: "wisata pariwisata budaya kesenian hotel pengunjung museum",
    Theme.GOVERNMENT: "pegawai perangkat aparatur pemerintahan bpd rt rw lembaga perizinan monografi",
}


def guessed(title: str) -> dict[str, str]:
    """Fields of a description by what the title says; a field is left out where it says nothing."""
    plain = re.sub(r"[_\s-]+", " ", title.lower())
    words = WORD.findall(plain)
    found = {"period": _period(plain, words), "theme": _theme(words), "frequency": _frequency(plain, words)}
    return {name: value for name, value in found.items() if value}


def _period(plain: str, words: list[str]) -> str:
    years = sorted(set(YEAR.findall(plain)))
    if not years:
        return ""
    if len(years) > 1:
        return f"{years[0]}–{years[-1]}"
    part = PART.search(plain)
    if part:
        return f"{part[1].capitalize()} {part[2].upper()} {years[0]}"
    months = [word for word in words if word in MONTHS]
    return f"{months[0].capitalize()} {years[0]}" if len(months) == 1 else years[0]


def _theme(words: list[str]) -> str:
    fits = {theme: len(set(words) & set(about.split())) for theme, about in ABOUT.items()}
    most = max(fits.values())
    best = [theme for theme, count in fits.items() if count == most]
    return best[0].value if most and len(best) == 1 else ""


def _frequency(plain: str, words: list[str]) -> str:
    said = {OFTEN[word] for word in words if word in OFTEN}
    if len(said) == 1:
        return said.pop().value
    return Frequency.YEARLY.value if not said and len(set(YEAR.findall(plain))) == 1 else ""
