"""What a title, and the file itself, let one expect of the rest: a better title, period, theme, unit, how often it
comes. A proposal, never an answer.

It is shown in a form that a person reads and sends; nothing of it is kept before. Words are whole words, and where two
themes or units fit equally well none is proposed. What the title says goes before what the file says.
"""

import re
from collections.abc import Iterable, Mapping

from lumbung.portal.catalogue.columns import Role
from lumbung.portal.catalogue.vocabulary import Frequency, Theme
from lumbung.portal.intake.glimpse import Glimpse

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
COUNTED: Mapping[str, str] = {
    "orang": "penduduk jiwa siswa murid guru pegawai pasien bayi balita lansia pengunjung warga perempuan laki",
    "rupiah": "anggaran realisasi belanja pendapatan pagu rupiah rp harga",
    "hektare": "ha hektar hektare",
    "ton": "ton produksi",
    "unit": "sekolah gedung sarana jembatan puskesmas posyandu koperasi pasar",
}
SHORTEST_TITLE = 12  # letters
TITLE_LINES = re.compile(r"(?i)^(sumber|catatan|keterangan|ket|diolah|satuan|\*)\b|:\s*$")  # lines that are no title


def guessed(title: str, seen: Glimpse | None = None) -> dict[str, str]:
    """Fields of a description by what the title and the file say; a field is left out where they say nothing."""
    seen = seen or Glimpse()
    texts = [_plain(text) for text in (title, *seen.lines, " ".join(column.plain for column in seen.columns))]
    found = {
        "period": _first(_period(text, WORD.findall(text)) for text in texts[:-1]) or _between(seen.years),
        "theme": _first(_theme(WORD.findall(text)) for text in texts),
        "frequency": _first(_frequency(text, WORD.findall(text)) for text in texts[:-1]),
        "unit": _unit(seen) if seen.columns else "",
    }
    return {name: value for name, value in found.items() if value}


def title_in(seen: Glimpse) -> str:
    """The title that stands in the file itself, above its table; "" where none of its lines looks like one."""
    lines = (" ".join(line.split()) for line in seen.lines)
    fitting = (line for line in lines if len(line) >= SHORTEST_TITLE and " " in line and not TITLE_LINES.search(line))
    found = next(fitting, "")
    return found.title() if found.isupper() else found


def _plain(text: str) -> str:
    return re.sub(r"[_\s-]+", " ", text.lower())


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")


def _between(years: tuple[int, ...]) -> str:
    return "–".join(dict.fromkeys(map(str, years)))


def _unit(seen: Glimpse) -> str:
    """What the headers of the figures name as their unit; else what such figures are counted in."""
    figures = [column for column in seen.columns if column.role is Role.MEASURE]
    named = [*(column.unit.lower() for column in figures if column.unit), *(column.plain for column in figures)]
    words = {word for text in named for word in WORD.findall(text)}
    fitting = [unit for unit, about in COUNTED.items() if words & set(about.split())]
    written = {column.unit for column in figures if column.unit}
    return fitting[0] if len(fitting) == 1 else written.pop() if len(written) == 1 else ""


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
