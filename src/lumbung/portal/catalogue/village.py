"""What the public page of a village shows of its statistics: the printed numbers of the newest open release.

They are asked for by way of the open dataset: one that is closed takes the page's figures away in the same moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue import place_queries, pyramid
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.printed import Numbers, ladder

FIGURES: tuple[tuple[str | Promise, tuple[str, str, str]], ...] = (
    (_("Penduduk"), ("penduduk", "T", "semua")),
    (_("Laki-laki"), ("penduduk", "L", "semua")),
    (_("Perempuan"), ("penduduk", "P", "semua")),
    (_("Kepala keluarga"), ("kepala_keluarga", "T", "kepala")),
    (_("Usia 0–14 tahun"), ("usia_produktif", "T", "00-14")),
    (_("Usia 15–64 tahun"), ("usia_produktif", "T", "15-64")),
    (_("Usia 65 tahun ke atas"), ("usia_produktif", "T", "65+")),
    (_("Wajib KTP"), ("wajib_ktp", "T", "wajib")),
)
TABLES: dict[str, str | Promise] = {
    "umur": _("Kelompok umur"),
    "pendidikan": _("Pendidikan"),
    "pekerjaan": _("Pekerjaan"),
    "agama": _("Agama"),
    "perkawinan": _("Status perkawinan"),
}
WORDS: dict[str, str | Promise] = {
    "islam": _("Islam"), "kristen": _("Kristen"), "katolik": _("Katolik"), "hindu": _("Hindu"),
    "buddha": _("Buddha"), "khonghucu": _("Khonghucu"), "kepercayaan": _("Kepercayaan"),
    "tidak_belum_sekolah": _("Tidak atau belum sekolah"), "belum_tamat_sd": _("Belum tamat SD"),
    "tamat_sd": _("Tamat SD"), "smp": _("SMP"), "sma": _("SMA"), "akademi": _("Akademi"), "sarjana": _("Sarjana"),
    "pascasarjana": _("Pascasarjana"), "belum_tidak_bekerja": _("Belum atau tidak bekerja"),
    "mengurus_rumah_tangga": _("Mengurus rumah tangga"), "pelajar_mahasiswa": _("Pelajar atau mahasiswa"),
    "pensiunan": _("Pensiunan"), "pns_tni_polri": _("PNS, TNI, Polri"),
    "pertanian_peternakan_perikanan": _("Pertanian, peternakan, perikanan"),
    "perdagangan_wiraswasta": _("Perdagangan, wiraswasta"), "karyawan": _("Karyawan"),
    "industri_konstruksi_transportasi": _("Industri, konstruksi, transportasi"),
    "buruh_tukang_jasa": _("Buruh, tukang, jasa"), "pendidik_kesehatan_profesi": _("Pendidik, kesehatan, profesi"),
    "lainnya": _("Lainnya"), "belum_kawin": _("Belum kawin"), "kawin": _("Kawin"),
    "cerai_hidup": _("Cerai hidup"), "cerai_mati": _("Cerai mati"), "tidak_diketahui": _("Tidak diketahui"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: its name and the number of men, women and all; None is hidden."""

    name: str
    men: int | None
    women: int | None
    all: int | None
    by_sex: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of the page."""

    title: str | Promise
    lines: list[Line]
    by_sex: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFigures:
    """The page's numbers. `hidden` is whether any of them is hidden, so that the page explains the mark."""

    figures: list[tuple[str | Promise, int | None]]
    sections: list[Section]
    companions: list[Distribution]
    pyramid: pyramid.Pyramid | None
    hidden: bool


def figures_of(dataset: Dataset) -> VillageFigures | None:
    """The numbers of the newest release of a village's statistics; nothing where none were kept."""
    numbers = place_queries.all_numbers_of(dataset)
    if numbers is None:
        return None
    figures = [(label, numbers[key]) for label, key in FIGURES if key in numbers]
    drawn = pyramid.rolled_up([ladder(numbers)])
    sections = [_section(numbers, name) for name in TABLES if any(key[0] == name for key in numbers)]
    shown = [number for _label, number in figures]
    shown += [number for section in sections for line in section.lines for number in _of(line)]
    release = dataset.releases.prefetch_related("distributions").first()
    companions = [file for file in release.distributions.all() if file.part] if release else []
    return VillageFigures(
        figures=figures, sections=sections, companions=companions, pyramid=drawn, hidden=None in shown
    )


def _section(numbers: Numbers, table: str) -> Section:
    categories = dict.fromkeys(category for name, _sex, category in numbers if name == table)
    lines = [_line(numbers, table, category) for category in categories]
    return Section(title=TABLES[table], lines=lines, by_sex=any(line.by_sex for line in lines))


def _line(numbers: Numbers, table: str, category: str) -> Line:
    men, women, everybody = (numbers.get((table, sex, category)) for sex in ("L", "P", "T"))
    return Line(name=_name(category), men=men, women=women, all=everybody, by_sex=(table, "L", category) in numbers)


def _name(category: str) -> str:
    """A joined category is named by all of its parts; a band of age keeps its own name."""
    if category[0].isdigit():
        return category.replace("-", "–")
    return " + ".join(str(WORDS.get(part, part)) for part in category.split("+"))


def _of(line: Line) -> Iterator[int | None]:
    yield from (line.men, line.women) if line.by_sex else ()
    yield line.all
