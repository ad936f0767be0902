"""Whom a file concerns: each person once, in whatever list they stand."""

from datetime import date

import polars as pl
import pytest

from lumbung.document import Document, Place, Table
from lumbung.invent import people
from lumbung.invent.incident import village_of_2017
from lumbung.register import concerned, recognise

AT = date(2021, 6, 6)
RESIDENTS = [one for _home, one in people(village_of_2017()) if len(one.nik) == 16][:40]


def counted(*tables: list[list[str]]) -> pl.DataFrame:
    """A document of these tables, counted."""
    made = tuple(
        Table(
            place=Place(sheet=f"S{number}"),
            texts=pl.DataFrame({chr(65 + at): list(column) for at, column in enumerate(zip(*rows, strict=True))}),
            numbers=pl.DataFrame(),
        )
        for number, rows in enumerate(tables)
    )
    document = Document(sha256="", size=0, format="csv", tables=made)
    return concerned(document, mapping=recognise(document), at=AT)


def register() -> list[list[str]]:
    return [["NIK", "Nama Lengkap", "Tanggal Lahir", "Alamat"]] + [
        [one.nik, one.name, f"{one.birth:%d-%m-%Y}", "Dusun I"] for one in RESIDENTS
    ]


def test_a_register_and_the_same_people_again_in_a_list_are_counted_once() -> None:
    aid = [["No", "NIK Penerima"]] + [[str(number), one.nik] for number, one in enumerate(RESIDENTS[:10])]
    found = counted(register(), aid)
    assert found.height == len(RESIDENTS)
    young = sum(one.birth > date(2003, 6, 6) for one in RESIDENTS)
    assert found.filter(pl.col("age") < 18).height == young


def test_a_list_that_is_no_register_counts_by_its_numbers() -> None:
    voters = [["NO", "NOMOR KK", "NIK", "NAMA", "TPS"]] + [
        [str(number), one.nik[:6] + "0101109001", one.nik, one.name, "01"] for number, one in enumerate(RESIDENTS)
    ]
    assert counted(voters).height == len(RESIDENTS)


def test_cards_without_a_heading_are_no_people() -> None:
    assert counted([["x", "9901010405109001"]] * 6).is_empty()


@pytest.mark.parametrize(
    "rows",
    [
        [["jumlah", "12"]],
        [["rupiah", "1234567890123456"]],  # sixteen digits without a date in them
        [["NIK", ""]],
        [["NIK", "99010112************"[:16]]],
    ],
)
def test_what_is_nobody_is_nobody(rows: list[list[str]]) -> None:
    assert counted(rows).is_empty()


def test_who_has_no_number_is_known_by_name_and_birth() -> None:
    rows = [
        ["NIK", "Nama Lengkap", "Tanggal Lahir", "Agama", "Pekerjaan"],
        ["0", "SITI", "01-02-1990", "Islam", "Tani"],
        ["0", "Siti", "01-02-1990", "Islam", "Tani"],
        ["0", "SITI", "02-02-2010", "Islam", "-"],
    ]
    found = counted(rows)
    assert (found.height, found.filter(pl.col("age") < 18).height) == (2, 1)
