"""Invented tables of any height, from nothing but the row number: a register of sixteen columns.

Serials are 9000-9999, which no office issues. The same row is the same in every run.
`python -m bench.data ROWS PATH` writes a register as .csv or .xlsx.
"""

import sys
from pathlib import Path

import polars as pl
import xlsxwriter

NAMES = ("SITI", "BUDI", "SRI", "AGUS", "WATI", "JOKO", "RINI", "BAMBANG", "DEWI", "SLAMET", "YANTI", "HENDRA")
SURNAMES = ("LESTARI", "SANTOSO", "WULANDARI", "PRATAMA", "UTAMI", "HARTONO", "SUSANTI", "NUGROHO", "RAHAYU")
RELIGIONS = ("ISLAM", "KRISTEN", "KATHOLIK", "HINDU", "BUDHA")
WORK = ("PETANI/PEKEBUN", "KARYAWAN SWASTA", "PELAJAR/MAHASISWA", "MENGURUS RUMAH TANGGA", "WIRASWASTA")
EDUCATION = ("TAMAT SD / SEDERAJAT", "SLTP/SEDERAJAT", "SLTA/SEDERAJAT", "DIPLOMA IV/ STRATA I")
RELATION = ("KEPALA KELUARGA", "ISTRI", "ANAK", "ANAK", "MENANTU")


def register(rows: int) -> pl.DataFrame:
    """`rows` residents as sixteen String columns."""
    row = pl.int_range(rows, dtype=pl.UInt64)
    day, month, year = _drawn(row, 1, 28) + 1, _drawn(row, 2, 12) + 1, _drawn(row, 3, 80) + 1930
    woman = _drawn(row, 4, 2)
    district, serial = _padded(_drawn(row // 4, 5, 21) + 1, 2), _drawn(row, 6, 1000) + 9000
    born = _padded(month, 2) + _padded(year % 100, 2)
    family = row // 4
    recorded = _padded(_drawn(family, 7, 28) + 1, 2) + "06" + _padded(_drawn(family, 8, 25), 2)
    return pl.select(
        no_kk="3308" + district + recorded + (_drawn(family, 9, 1000) + 9000).cast(pl.String),
        nik="3308" + district + _padded(day + 40 * woman, 2) + born + serial.cast(pl.String),
        nama=_one_of(row, 10, NAMES) + " " + _one_of(row, 11, SURNAMES),
        jenis_kelamin=pl.when(woman == 1).then(pl.lit("PEREMPUAN")).otherwise(pl.lit("LAKI-LAKI")),
        tempat_lahir=pl.lit("MAGELANG"),
        tanggal_lahir=_padded(day, 2) + "-" + _padded(month, 2) + "-" + year.cast(pl.String),
        agama=_one_of(row, 12, RELIGIONS),
        pendidikan=_one_of(row, 13, EDUCATION),
        pekerjaan=_one_of(row, 14, WORK),
        hubungan=_one_of(row, 15, RELATION),
        alamat="DUSUN " + _one_of(row // 40, 16, SURNAMES),
        rt=_padded(_drawn(row // 4, 17, 12) + 1, 3),
        rw=_padded(_drawn(row // 4, 18, 5) + 1, 3),
        luas_lahan=(_drawn(row, 19, 90_000) / 100).cast(pl.String),
        no_hp="08" + (_drawn(row, 20, 9_000_000_000) + 1_000_000_000).cast(pl.String),
        nama_ibu=_one_of(row, 21, NAMES) + " " + _one_of(row, 22, SURNAMES),
    )


def write_workbook(table: pl.DataFrame, path: Path) -> None:
    """As Excel saves it: texts shared, numbers as numbers."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        page = book.add_worksheet("Penduduk")
        page.write_row(0, 0, table.columns)
        for number, cells in enumerate(table.iter_rows(), start=1):
            for column, cell in enumerate(cells):
                if column == _AREA:
                    page.write_number(number, column, float(cell))
                else:
                    page.write_string(number, column, cell)


_AREA = 13


def _drawn(row: pl.Expr, salt: int, below: int) -> pl.Expr:
    """An integer in 0 .. below - 1, even as far as a hash is."""
    return (row.hash(seed=salt) % below).cast(pl.Int64)


def _one_of(row: pl.Expr, salt: int, words: tuple[str, ...]) -> pl.Expr:
    return _drawn(row, salt, len(words)).replace_strict(dict(enumerate(words)), return_dtype=pl.String)


def _padded(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(width)


if __name__ == "__main__":
    height, target = int(sys.argv[1]), Path(sys.argv[2])
    write_workbook(register(height), target) if target.suffix == ".xlsx" else register(height).write_csv(target)
