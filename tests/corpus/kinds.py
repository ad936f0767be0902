"""One table for each kind of personal data that `detect/` knows, with no NIK in it where the kind is another."""

from collections.abc import Iterator, Sequence

from lumbung.gate import Verdict
from lumbung.invent import Cell, Sheet
from lumbung.invent.workbooks import write
from tests.corpus.attacks import PEOPLE
from tests.corpus.case import Case
from tests.detect.test_numbers import NUMBERS

FORMATS = ("csv", "xlsx", "ods")
Rows = Sequence[Sequence[Cell]]
EIGHT = [one for _, one in PEOPLE[:8]]
NAMES = [one.name for one in EIGHT]
VILLAGES = ("Secang", "Payaman", "Ngabean", "Krincing", "Madusari", "Pucang", "Donorejo", "Jambewangi")
CARD = "PROVINSI JAWA TENGAH\nKABUPATEN TIRTALOKA\nNIK : 33O8\nNama : X\nTempat/Tgl Lahir : SECANG, 01-02-1990\n" + (
    "Jenis Kelamin : L\nAlamat : KRAJAN\nRT/RW : 001/002\nAgama : ISLAM\nBerlaku Hingga : SEUMUR HIDUP"
)


def _beside_names(header: str, values: Sequence[Cell]) -> Rows:
    return [["No", "Nama", header], *([at + 1, name, values[at]] for at, name in enumerate(NAMES))]


def _by_village(header: str, values: Sequence[Cell]) -> Rows:
    return [["Desa", header], *zip(VILLAGES, values, strict=True)]


def _records() -> Rows:
    """People by hamlet, sex, age and work alone: nearly each of them is the only one of their like."""
    hamlets, works = ("Krajan", "Kauman", "Ngasem"), ("PETANI", "BURUH TANI", "GURU", "PEDAGANG", "BIDAN")
    lines = [[hamlets[at % 3], "LP"[at % 2], at * 37 % 90, works[at * 11 % 5]] for at in range(300)]
    return [["Dusun", "Jenis Kelamin", "Umur", "Pekerjaan"], *lines]


TABLES: dict[str, Rows] = {
    "nik": [["NIK"], *([one.nik] for one in EIGHT)],
    "nomor-kk": [["No. KK"], *([home.kk] for home, _ in PEOPLE)],
    "person-table": [
        ["Nama", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Agama", "Alamat"],
        *([name, "L", "SECANG", f"{at + 3:02}-0{at + 1}-19{60 + at * 4}", "ISLAM", "Krajan RT 01 RW 02"]
          for at, name in enumerate(NAMES)),
    ],
    "phone": _beside_names("No. HP", [f"08123456780{at}" for at in range(8)]),
    "e-mail": _beside_names("E-mail", [f"warga{at}@surat.example" for at in range(8)]),
    **{kind: _beside_names(*said) for kind, said in NUMBERS.items()},
    "public-role": _beside_names("Jabatan", ["Kepala Desa"] * 8),
    "parent-name": [["Kode", "Nama Ibu Kandung"], *([f"K-{at:03}", name] for at, name in enumerate(NAMES))],
    "address": [["Kode", "Alamat"], *([f"K-{at:03}", f"Jl. Melati No. {at} RT 0{at + 1} RW 02"] for at in range(8))],
    "card": [line.split(" : ") for line in CARD.splitlines()],
    "specific-data": _beside_names("Diagnosa", ["TBC", "HIV", "Diabetes", "Kusta"] * 2),
    "home-coordinates": _beside_names("Koordinat", ["-7.452934, 110.308820"] * 8),
    "named-in-text": _by_village("Kejadian", [f"Korban: {name}, L, 12 th, luka berat" for name in NAMES]),
    "small-cells": _by_village("Penderita HIV", [1, 2, 1, 40, 2, 61, 1, 2]),
    "re-identifiable": _records(),
}  # fmt: skip


def kinds() -> Iterator[Case]:
    """Every kind in every format; for the milder ones it is enough that a person is asked."""
    for kind, rows in TABLES.items():
        for format in FORMATS:
            yield Case(
                subject=f"jenis-{kind}",
                damage="jenis",
                format=format,
                write=lambda path, rows=rows, format=format: write((_sheet(rows),), to=path, format=format),
                must=((kind, None),),
                least=Verdict.REVIEW,
            )


def _sheet(rows: Rows) -> Sheet:
    return Sheet(name="Data", rows=tuple(map(tuple, rows)))
