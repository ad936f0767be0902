"""A village's printed numbers once more, in the shape in which OpenSID shows statistics, for its own SID.

Source: OpenSID's pages `data-statistik/<slug>`: rows `nama, jumlah, persen, laki, persen1, perempuan, persen2`, then
JUMLAH, BELUM MENGISI and TOTAL. Nothing is counted here: every number is one of the package's tables or follows from
two printed ones; what is hidden there is empty here, and so is its percentage.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lumbung.aggregate import check_proof

TOPICS = {
    "umur": ("rentang-umur", "Rentang Umur"),
    "agama": ("agama", "Agama"),
    "pendidikan": ("pendidikan-dalam-kk", "Pendidikan dalam KK"),
    "pekerjaan": ("pekerjaan", "Pekerjaan"),
    "perkawinan": ("status-perkawinan", "Status Perkawinan"),
    "golongan_darah": ("golongan-darah", "Golongan Darah"),
    "kewarganegaraan": ("warga-negara", "Warga Negara"),
}
COLUMNS = ("nama", "jumlah", "persen", "laki", "persen1", "perempuan", "persen2")
SEXES = {"T": ("jumlah", "persen"), "L": ("laki", "persen1"), "P": ("perempuan", "persen2")}
UNKNOWN = "tidak_diketahui"
JSON_NAME, CSV_NAME = "sid.json", "sid.csv"
Row = dict[str, str | int | None]
Numbers = Mapping[str, int | None]


def write(folder: Path, *, village: str, period: str) -> None:
    """Write sid.json and sid.csv beside the tables of a package. Covers the village itself, not its hamlets."""
    topics = list(shapes(check_proof.published(folder), village=village))
    whole = {"kode_wilayah": village, "periode": period, "statistik": topics}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    (folder / JSON_NAME).write_text(text + "\n", encoding="utf-8")
    with (folder / CSV_NAME).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kode_wilayah", "periode", "statistik", *COLUMNS))
        for topic in topics:
            rows: Iterable[Row] = topic["baris"]  # type: ignore[assignment]
            writer.writerows((village, period, topic["slug"], *(row[name] for name in COLUMNS)) for row in rows)


def shapes(numbers: Numbers, *, village: str) -> Iterator[dict[str, object]]:
    """One topic after the other: slug, title, rows. A table that was not printed has no topic."""
    for table, (slug, title) in TOPICS.items():
        start = f"{village}/{table}/"
        keys = [key.removeprefix(start).split("/", 1) for key in numbers if key.startswith(start)]
        categories = list(dict.fromkeys(category for _, category in keys))
        if categories:
            yield {"slug": slug, "judul": title, "baris": list(_rows(numbers, village, table, categories))}


def _rows(numbers: Numbers, village: str, table: str, categories: Iterable[str]) -> Iterator[Row]:
    everybody = {sex: numbers.get(f"{village}/penduduk/{sex}/semua") for sex in SEXES}
    nobody: dict[str, int | None] = dict.fromkeys(SEXES, 0)
    blank = nobody
    for category in categories:
        counts = {sex: numbers.get(f"{village}/{table}/{sex}/{category}") for sex in SEXES}
        if category == UNKNOWN:
            blank = counts
        else:
            yield _row(_name(category), counts, everybody["T"])
    filled = {sex: _less(everybody[sex], blank[sex]) for sex in SEXES}
    yield _row("JUMLAH", filled, everybody["T"])
    yield _row("BELUM MENGISI", blank, everybody["T"])
    yield _row("TOTAL", everybody, everybody["T"])


def _row(name: str, counts: Numbers, total: int | None) -> Row:
    row: Row = {"nama": name}
    for sex, (number, share) in SEXES.items():
        row[number], row[share] = counts[sex], _percent(counts[sex], total)
    return row


def _name(category: str) -> str:
    """`kristen+katolik` becomes "KRISTEN + KATOLIK"; bands of age and groups keep their own names."""
    return " + ".join(part.replace("_", " ").upper() for part in category.split("+") if part) + (
        "+" if category.endswith("+") else ""
    )


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _percent(part: int | None, whole: int | None) -> str | None:
    """The share as OpenSID writes it ("47,57%"), of two printed numbers only."""
    return f"{part * 100 / whole:.2f}%".replace(".", ",") if part is not None and whole else None
