"""What a package has beside its tables and its proof, all of it written from printed numbers: workbooks, forms, guide.

Nothing here knows a hidden number, so it serves for a release that is being made and for one that was made elsewhere.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from lumbung.aggregate import printed, sheets
from lumbung.aggregate.eligible import POPULATION
from lumbung.aggregate.monograph import Form
from lumbung.aggregate.plan import Plan, plans
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.sheets import Row

COLUMNS = (
    "kode_wilayah",
    "tingkat",
    "dusun",
    "periode",
    "jenis_kelamin",
    "kategori",
    "nilai",
    "satuan",
    "tanda",
)
GUIDE = Path(__file__).with_name("panduan.txt")
Tables = Mapping[str, Sequence[Row]]


def titled(policy: Policy) -> dict[str, Plan]:
    """Every table that there may be, by its name."""
    return {plan.name: plan for plan in (POPULATION, *plans(policy))}


def write(folder: Path, tables: Tables, *, guide: str, forms: Sequence[Form], titles: Mapping[str, str]) -> None:
    """tabel.json, tabel.xlsx, monografi.* and panduan.txt, from tables whose first row holds the headings."""
    write_json(folder / "tabel.json", _as_records(tables, titles))
    sheets.write_tables(folder / "tabel.xlsx", tables, guide=guide.splitlines())
    if forms:
        write_json(folder / "monografi.json", [form.as_json() for form in forms])
        sheets.write_monograph(folder / "monografi.xlsx", forms)
        printed.write_monograph(folder / "monografi.pdf", forms)
    (folder / "panduan.txt").write_text(guide, encoding="utf-8")


def guide(
    policy: Policy,
    period: date,
    tables: Iterable[str],
    *,
    sums: Sequence[str] = (),
    coarse: Sequence[str] = (),
    out: Sequence[str] = (),
) -> str:
    """How to read the package: its tables, which areas are sums, what was joined and what is not there."""
    known = titled(policy)
    listed = [f"- tabel-{name}.csv: {known[name].title} ({known[name].unit})" for name in tables]
    nothing = "- tidak ada"
    return GUIDE.read_text(encoding="utf-8").format(
        period=period.isoformat(),
        k=policy.k,
        k_specific=policy.k_specific,
        titles="\n".join(listed),
        sums="\n".join(sums) or nothing,
        coarse="\n".join(coarse) or nothing,
        out="\n".join(out) or nothing,
    )


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """One table; the same rows give the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_json(path: Path, content: object) -> None:
    """One line."""
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _as_records(tables: Tables, titles: Mapping[str, str]) -> list[dict[str, object]]:
    """The tables for programs: name, title, and a record for each number."""
    return [
        {"tabel": name, "judul": titles[name], "baris": [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]}
        for name, rows in tables.items()
    ]
