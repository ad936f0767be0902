"""Telephone numbers and e-mail. What must not fire stands first."""

import hashlib

import pytest

from tests.detect.people import column, found, table

NOT_PHONES = {
    "landlines": ["(0293) 362123", "0293-788123"],
    "bpjs": ["0001234567890"] * 3,
    "nisn": ["0081234567"] * 3,
    "rupiah": ["81234567890", "82134567890"],
    "coordinates": ["110.0812345678901", "-7.0812345678901"],
    "asset codes": ["02.08.12.34.56.78.90"] * 3,
    "unknown operator": ["080012345678", "084412345678"],
}


@pytest.mark.parametrize("name", NOT_PHONES)
def test_what_is_no_mobile_number_does_not_fire(name):
    assert found(column(NOT_PHONES[name])) == ()


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "hubungi 0857 1234 5678 (Ani)",
        "'081234567890",
        "(0812)34567890",
    ],
)
def test_mobile_numbers_however_written(text):
    (finding,) = found(column([text]))
    assert (finding.kind, finding.hits, finding.place.cell) == ("phone", 1, "A1")


@pytest.mark.parametrize("text", ["81234567890", "81234567890.0", "6281234567890"])
def test_a_lost_zero_counts_under_a_header(text):
    (finding,) = found(table([["No", "No. HP"], ["1", text]]))
    assert (finding.kind, finding.evidence["header"]) == ("phone", 1.0)


def digests(count: int) -> list[str]:
    return [hashlib.md5(str(number).encode()).hexdigest() for number in range(count)]


@pytest.mark.parametrize(
    ("chance", "others"),
    [
        ("085208588310e910a4b5a53617e00338", digests(300)),
        ("085208588310-e910-a4b5", [f"{one[:12]}-{one[12:16]}-{one[16:20]}" for one in digests(300)]),
        ("62.857.123.456", [f"{number}.{number}.{number}.456" for number in range(110, 140)]),
        ("081234567890", [f"{number * 7_919_123:012d}" for number in range(3, 8_003, 8)]),
        ("62.8116600292", [f"{number}.{number}660029{number}" for number in range(10, 310)]),
    ],
)
def test_what_chance_makes_among_random_signs_is_no_telephone(chance: str, others: list[str]):
    assert found(column([*others, chance])) == ()
    (finding,) = found(column([chance]))
    assert finding.kind == "phone"


def test_a_few_telephones_among_random_signs_are_found():
    (finding,) = found(column([*digests(300), "081234567890"]))
    assert (finding.kind, finding.hits) == ("phone", 1)


def test_an_office_s_address_is_said_to_be_one():
    cells = ["ppid@tirtalokakab.go.id", "info@wisata.example", "warga@surat.example", "pemdes.madusari@desa.id"]
    (finding,) = found(column(cells))
    assert (finding.kind, finding.hits, finding.evidence["office"]) == ("e-mail", 4, 0.75)


def test_what_a_program_calls_an_appointment_reaches_nobody():
    cells = ["UID:20250301080000012345678@google.com", "0f8fad5b-d9cb-469f-a165-70867728950e@kalender.example"]
    (finding,) = found(column([*cells, "desa@group.calendar.google.com", "warga.abc0123456789@surat.example"]))
    assert (finding.hits, finding.evidence["office"]) == (4, 0.75)


def test_an_at_sign_is_no_address():
    assert found(column(["@diskominfo", "a @ b", "10 @ Rp5.000"])) == ()


def test_a_long_column_of_bare_numbers_counts_block_by_block_also_below_a_second_header():
    """Whole numbers are asked by arithmetic there; what stands under another header in their midst leaves a gap."""
    dialled, others = ["81234567890", "6281234567890", "089512345678"], ["80012345678", "8123", "3308"]
    rows = [["Nama", "No HP"]] + [["x", cell] for cell in (dialled + others) * 1_000]
    rows[2_000:2_000] = [["Nama", "NIK"], *([["x", "81234567890"]] * 900), ["Nama", "No HP"]]
    finding = next(one for one in found(table(rows)) if one.kind == "phone" and one.evidence.get("header"))
    assert (finding.hits, finding.evidence["header"]) == (3 * 1_000, 1.0)
