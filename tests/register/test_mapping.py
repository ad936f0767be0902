"""A layout that nobody knows: headings and values propose, a person confirms."""

import pytest

from lumbung.invent import Household, people, sheet
from lumbung.invent.layouts.record import coded, lettered
from lumbung.register import NotUnderstood, fields, recognise, residents
from tests.register.conftest import AT, VILLAGE, Open

HEADS = (
    "Nama Warga",
    "NIK",
    "No. KK",
    "L/P",
    "Tgl. Lahir",
    "Keyakinan",
    "Ijazah",
    "Mata Pencaharian",
    "Status",
    "SHDK",
)
KEYS = ("nama", "nik", "no_kk", "sex", "tanggallahir", "agama_id", "pendidikan_kk_id", "pekerjaan_id", "status_kawin",
        "kk_level")  # fmt: skip


def unknown(households: tuple[Household, ...], record: object) -> tuple[object, ...]:
    rows = [record(home, one, number=1) for home, one in people(households)]  # type: ignore[operator]
    return (sheet("Warga", HEADS, rows=([row[key] for key in KEYS] for row in rows)),)


def test_words_are_proposed_and_have_to_be_confirmed(households: tuple[Household, ...], opened: Open) -> None:
    document = opened(unknown(households, lettered))  # type: ignore[arg-type]
    found = recognise(document)
    assert (found.layout, found.needs_confirmation) == ("lain", True)
    assert {column.heading: column.field for column in found.unclear} == {
        "Keyakinan": "agama", "Ijazah": "pendidikan", "Status": "status_kawin",
    }  # fmt: skip
    refused = residents(document, mapping=found, at=AT, village=VILLAGE)
    assert (refused.report.refusal, refused.residents.height) == ("needs-confirmation", 0)
    told = recognise(document, told={"Keyakinan": "agama", "g": "pendidikan", "STATUS": "status_kawin"})
    register = residents(document, mapping=told, at=AT, village=VILLAGE)
    assert (register.report.refusal, register.residents.height) == ("", len(people(households)))
    assert register.residents["religion"].null_count() == register.residents["education"].null_count() == 0


def test_codes_of_an_unknown_system_are_never_taken_for_opensids(
    households: tuple[Household, ...], opened: Open
) -> None:
    found = recognise(opened(unknown(households, coded)))  # type: ignore[arg-type]
    assert found.needs_confirmation
    assert {"Mata Pencaharian", "SHDK", "L/P"} <= {column.heading for column in found.unclear}


def test_a_column_may_be_left_out(households: tuple[Household, ...], opened: Open) -> None:
    document = opened(unknown(households, lettered))  # type: ignore[arg-type]
    told = recognise(document, told={"Keyakinan": "abaikan", "Ijazah": "pendidikan", "Status": "status_kawin"})
    register = residents(document, mapping=told, at=AT, village=VILLAGE)
    assert register.residents["religion"].null_count() == len(people(households))
    assert ("no-column", "agama") in {(note.code, note.field) for note in register.report.notes}


@pytest.mark.parametrize("told", [{"Tidak Ada": "agama"}, {"Keyakinan": "zodiak"}])
def test_what_names_no_column_or_field_is_said(
    told: dict[str, str], households: tuple[Household, ...], opened: Open
) -> None:
    with pytest.raises(NotUnderstood):
        recognise(opened(unknown(households, lettered)), told=told)  # type: ignore[arg-type]


def test_two_columns_of_one_field_are_asked_about(households: tuple[Household, ...], opened: Open) -> None:
    rows = [[one.name, one.nik, home.kk, "L", "ISLAM", "ISLAM", "ANAK", "GURU"] for home, one in people(households)]
    heads = ("Nama", "NIK", "KK", "JK", "Agama", "Agama", "SHDK", "Pekerjaan")
    document = opened((sheet("Warga", heads, rows=rows),))
    assert [column.letter for column in recognise(document).unclear] == ["E", "F"]
    assert not recognise(document, told={"E": "agama"}).needs_confirmation


def test_the_fields_that_may_be_named() -> None:
    assert {"agama", "tanggal_lahir", "umur", "dusun", "status_dasar"} <= set(fields())
    assert not {"lain", "status"} & set(fields())
