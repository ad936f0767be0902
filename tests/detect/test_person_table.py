"""Tables of people, and everything that looks like them. What must not fire stands first."""

import pytest

from tests.detect.people import found, kinds, many, table

NAMES = [
    "SITI AMINAH",
    "BUDI SANTOSO",
    "AGUS WAHYUDI",
    "SRI LESTARI",
    "MUHAMMAD RIZKI",
    "DEWI ANGGRAENI",
    "SLAMET RIYADI",
    "ENDANG SUSILOWATI",
]
BORN = [
    "01-02-1990",
    "12/11/1954",
    "1978-03-04",
    "5 Mei 2001",
    "17 Agustus 1945",
    "29-02-2012",
    "31.12.1966",
    "07-07-1983",
]
FAITH = ["ISLAM", "KRISTEN", "KATHOLIK", "ISLAM", "HINDU", "ISLAM", "BUDHA", "ISLAM"]
SEX = ["P", "L", "L", "P", "L", "P", "L", "P"]
HOMES = [f"Dusun Krajan RT 0{i % 5 + 1} RW 02" for i in range(8)]
VILLAGES = ["Madusari", "Ngadirojo", "Candiretno", "Donorojo", "Girikulon", "Jambewangi", "Kalijoso", "Karangkajen"]
NUMBERS = [str(100 + 17 * i) for i in range(8)]


def rows(headers, *columns):
    """A grid with a header row over columns of eight."""
    return table([headers, *[list(row) for row in zip(*columns, strict=True)]])


LOOKALIKES = {
    "population by sex": rows(["Desa", "Laki-laki", "Perempuan", "Jumlah"], VILLAGES, NUMBERS, NUMBERS, NUMBERS),
    "population by religion": rows(["No", "Agama", "Jumlah"], NUMBERS, FAITH, NUMBERS),
    "religion in columns": rows(["nama", "islam", "kristen", "hindu"], VILLAGES, NUMBERS, NUMBERS, NUMBERS),
    "statistics of the village system": rows(
        ["nama", "jumlah", "persen", "laki", "persen1", "perempuan", "persen2"], FAITH, *[NUMBERS] * 6
    ),
    "villages with codes": rows(
        ["kode_desa", "nama", "kecamatan"], [f"33082020{i:02}" for i in range(8)], VILLAGES, VILLAGES
    ),
    "villages named like people": rows(
        ["kode_desa", "nama"], [f"33082020{i:02}" for i in range(8)], ["Sari", "Dewi"] * 4
    ),
    "schools": rows(
        ["NPSN", "Nama Sekolah", "Alamat", "Telepon"],
        NUMBERS,
        [f"SD Negeri {i} Secang" for i in range(8)],
        HOMES,
        NUMBERS,
    ),
    "health posts": rows(["No", "Nama Posyandu", "Alamat"], NUMBERS, ["Melati", "Mawar"] * 4, HOMES),
    "health posts, bare": rows(["No", "nama", "alamat"], NUMBERS, ["Posyandu Melati", "Posyandu Mawar"] * 4, HOMES),
    "voter counts": rows(
        ["id", "jumlah_laki_laki", "jumlah_tanggal_lahir_nihil", "jumlah_status_kawin_nihil"], *[NUMBERS] * 4
    ),
    "survey questions": rows(
        ["No", "Pertanyaan", "Jawaban"], NUMBERS, ["Siapa nama ibu kandung Anda?"] * 8, ["a. Ya b. Tidak"] * 8
    ),
    "articles": rows(["judul", "penulis", "tanggal"], ["Panen raya di Secang"] * 8, NAMES, BORN),
    "template of a register": rows(["NIK", "Nama Lengkap", "Tanggal Lahir", "Alamat"], *[[None] * 8] * 4),
    "form without answers": table([["Nama", ":", None], ["Tanggal Lahir", ":", None], ["Alamat", ":", None]]),
    "dates of rain": rows(["tanggal", "curah hujan"], BORN, NUMBERS),
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_what_is_no_table_of_people_does_not_fire(name):
    assert found(LOOKALIKES[name]) == ()


REGISTERS = {
    "name and birth date": rows(["Nama", "Tanggal Lahir"], NAMES, BORN),
    "name and home": rows(["nama_lengkap", "alamat"], NAMES, HOMES),
    "name and mother": rows(["NAMA LENGKAP", "NAMA IBU KANDUNG"], NAMES, NAMES[::-1]),
    "name and RT": rows(["Nama", "RT", "RW"], NAMES, ["001"] * 8, ["002"] * 8),
    "place and date in one": rows(["Nama", "Tempat dan Tanggal Lahir"], NAMES, [f"Magelang, {day}" for day in BORN]),
    "question numbers for headers": rows(
        ["401", "402 Nama", "405 Jenis kelamin", "407 Tgl lahir"], NUMBERS, NAMES, SEX, BORN
    ),
    "codes, not words": rows(["nama", "sex", "agama_id", "tanggallahir"], NAMES, ["1", "2"] * 4, ["1"] * 8, BORN),
    "no header at all": table([list(row) for row in zip(NAMES, SEX, BORN, HOMES, strict=True)]),
    "three rows, no header": table([list(row) for row in zip(NAMES, SEX, BORN, HOMES, strict=True)][:3]),
    "names nobody knows": rows(
        ["Nama", "Tempat Lahir", "Tanggal Lahir", "Agama", "JK"],
        [f"XQZ {letter}WRT" for letter in "ABCDEFGH"],
        VILLAGES,
        BORN,
        FAITH,
        SEX,
    ),
    "birth dates as Excel counts": rows(["Nama", "Tgl Lahir"], NAMES, [str(20000 + 900 * i) for i in range(8)]),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_one_whatever_it_looks_like(name):
    (finding,) = [one for one in found(REGISTERS[name]) if one.kind != "specific-data"]
    assert finding.kind == "person-table"
    assert finding.evidence["strong"] >= 1
    assert finding.evidence["named"] > 0.5
    assert finding.hits == finding.of


def test_titles_above_and_two_lines_and_column_numbers():
    head = [
        ["BUKU INDUK PENDUDUK"],
        ["PROVINSI : JAWA TENGAH", None, "KABUPATEN : TIRTALOKA"],
        ["No", "Nama Lengkap", "Tempat dan Tanggal Lahir", None, "Nama Orang Tua Kandung", None],
        [None, None, "Tempat Lahir", "Tgl/Bln/Th", "Ibu", "Ayah"],
        ["-1", "-2", "-3", "-4", "-5", "-6"],
    ]
    body = [[str(i + 1), NAMES[i], "MAGELANG", BORN[i], NAMES[-i], NAMES[i - 3]] for i in range(8)]
    (finding,) = found(table([*head, *body]))
    assert {"birth-place", "birth-date", "mother", "father"} <= set(finding.evidence)
    assert finding.place.row == "6-13"


def test_a_count_in_the_upper_line_makes_counts_of_all_below_it():
    head = [["Desa", "Jumlah penduduk menurut", None], [None, "Agama", "Pekerjaan"]]
    assert found(table([*head, *[list(row) for row in zip(VILLAGES, NUMBERS, NUMBERS, strict=True)]])) == ()


def test_repeated_blocks_are_one_table():
    block = [["NO", "NIK", "NAMA", "JK", "TGL LHR"]]
    grid = [
        row
        for start in range(0, 40, 2)
        for row in [*block, *[[str(i), many(40)[start + i], NAMES[i], SEX[i], BORN[i]] for i in range(2)]]
    ]
    tables = [finding for finding in found(table(grid)) if finding.kind == "person-table"]
    assert [(finding.hits, finding.evidence["blocks"]) for finding in tables] == [(40, 20.0)]


def test_a_register_pasted_far_below_a_statistic():
    top = [["Desa", "Laki-laki", "Perempuan"], *[[f"Desa {i}", "10", "12"] for i in range(200)]]
    grid = [*top, ["Nama", "Tanggal Lahir", "Alamat"], *[list(row) for row in zip(NAMES, BORN, HOMES, strict=True)]]
    (finding,) = found(table(grid))
    assert finding.place.row == "203-210"


def test_a_data_row_is_never_taken_for_a_header():
    values = ["KEPALA KELUARGA", "KAWIN", "WNI", "PETANI/PEKEBUN", "SITI AMINAH"]
    findings = found(table([["SHDK", "Status Kawin", "WN", "Pekerjaan", "Nama"], *[values] * 5]))
    assert [finding.place.header for finding in findings] == ["Nama"]


def test_a_form_of_one_person():
    grid = [
        ["BIODATA"],
        ["Nama", ":", "SITI AMINAH"],
        ["Tempat Lahir", ":", "MAGELANG"],
        ["Tanggal Lahir : 01-02-1990"],
    ]
    (finding,) = found(table(grid))
    assert (finding.evidence["key-value"], finding.place.row) == (1.0, "2")


def test_officials_are_people_in_a_public_role():
    (finding,) = found(rows(["No", "Nama Pejabat", "Jabatan"], NUMBERS, NAMES, ["Kepala Desa"] * 8))
    assert (finding.kind, finding.evidence["public-role"], finding.evidence["strong"]) == ("public-role", 1.0, 0.0)


def test_a_polling_station_in_somebody_s_home():
    addresses = [f"SDN {i} Secang" for i in range(7)] + ["Rumah Bpk Slamet"]
    (finding,) = found(rows(["TPS", "Alamat TPS"], NUMBERS, addresses))
    assert (finding.evidence["place-names"], finding.hits, finding.place.cell) == (1.0, 1, "B9")


def test_a_register_with_numbers_gives_all_its_reasons():
    grid = rows(
        ["NIK", "Nama", "Tanggal Lahir", "No HP", "Email"],
        many(8),
        NAMES,
        BORN,
        [f"0812{i:08}" for i in range(8)],
        [f"w{i}@surat.example" for i in range(8)],
    )
    assert sorted(kinds(grid)) == ["e-mail", "nik", "person-table", "phone"]
