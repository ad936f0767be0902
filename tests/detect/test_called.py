"""People called by a word inside a cell. What must not fire stands first."""

import pytest

from lumbung.detect import detect
from lumbung.document import Document, Passage, Place, Table
from tests.detect.people import found, many, table

DAYS = ["02-01-2024", "03-01-2024", "05-01-2024"]
PLACES = ["Balai Desa", "Lapangan", "Posyandu"]


def rows(header: list[str], *columns: list[str]) -> Table:
    """A grid from a header row and its columns."""
    return table([header, *map(list, zip(*columns, strict=True))])


def kinds(*cells: str) -> list[str]:
    """The kinds found in a column of remarks beside dates and places."""
    remarks = [*cells, *["Kerja bakti"] * (3 - len(cells))]
    return [one.kind for one in found(rows(["Tanggal", "Lokasi", "Keterangan"], DAYS, PLACES, remarks))]


@pytest.mark.parametrize(
    "cell",
    [
        "Sumber: BPS Kabupaten Magelang",
        "Kepala Dinas: Bidang Perencanaan",
        "Petugas: regu satu",
        "Kontak: Dinas Sosial",
        "Nama kelompok: Sri Rejeki",
        "Nama: Embung Sri Rejeki",
        "Ketua: -",
        "Jam: Pagi",
        "http://contoh.desa.id/petugas",
        "Penanggung jawab: Puskesmas Secang",
        "Dihadiri Bapak Bupati Wahyu Hidayat",
        "Distribusi Ibu Kota",
        "Terima kasih, Bapak Bambang Sutrisno",
    ],
)
def test_nobody_is_called(cell):
    assert kinds(cell) == []


def test_a_line_of_its_own_below_a_table_is_a_signature():
    signed = [*PLACES, "Kepala Dinas: Wahyu Hidayat"]
    grid = rows(["Tempat", "Jumlah", "Luas"], signed, ["10", "12", "14", ""], ["1,5", "2,5", "3,5", ""])
    assert found(grid) == ()


@pytest.mark.parametrize(
    "cell",
    [
        "Petugas: Wahyu Hidayat",
        "petugas : wahyu hidayat",
        "PETUGAS = WAHYU HIDAYAT",
        "Selesai (PIC: Siti Aminah)",
        "Ketua kelompok: Bambang Sutrisno",
        "Penanggung jawab: Drs. Wahyu Hidayat, M.Si.",
    ],
)
def test_an_office_is_a_question_for_the_walidata(cell):
    assert kinds(cell) == ["public-role"]


@pytest.mark.parametrize(
    "cell",
    [
        "Pelapor: Siti Aminah",
        "Surat masuk, pemohon: SITI AMINAH, selesai",
        "Nama: Bambang Sutrisno",
        "Tanah milik Bpk. Bambang Sutrisno",
        "Bantuan untuk janda Siti Aminah",
        "Sdr. Wahyu Hidayat tidak hadir",
    ],
)
def test_anybody_else_is_named_in_text(cell):
    assert kinds(cell) == ["named-in-text"]


@pytest.mark.parametrize("header", ["Petugas", "PIC", "Penanggung Jawab", "Pemenang", "Ketua RT"])
def test_a_heading_for_an_office_is_enough(header):
    names = ["Siti Aminah", "Bambang Sutrisno", "Wahyu Hidayat"]
    (finding,) = found(rows(["Tanggal", "Lokasi", header], DAYS, PLACES, names))
    assert finding.kind == "public-role"


@pytest.mark.parametrize("header", ["Pemohon", "Pelapor", "Kontak", "Pemilik"])
def test_a_heading_for_anybody_is_enough(header):
    names = ["Siti Aminah", "Bambang Sutrisno", "Wahyu Hidayat"]
    (finding,) = found(rows(["Tanggal", "Lokasi", header], DAYS, PLACES, names))
    assert finding.kind == "person-table"


def test_an_unknown_row_of_headings_does_not_hide_whom_to_call():
    names = ["Siti Aminah", "Bambang Sutrisno", "Wahyu Hidayat"]
    (finding,) = found(rows(["Lokasi", "Jam", "Petugas"], PLACES, ["08.00", "09.00", "10.00"], names))
    assert finding.kind == "public-role"


@pytest.mark.parametrize("cell", ["Siti Aminah, lahir 01-02-1990", "Bambang Sutrisno (lahir di Secang 3 Mei 1980)"])
def test_a_date_of_birth_in_a_sentence(cell):
    assert kinds(cell) == ["named-in-text"]


@pytest.mark.parametrize("cell", ["Bayi lahir 12", "Angka kelahiran 2019", "Jumlah Lahir Hidup 20"])
def test_births_that_are_counted(cell):
    assert kinds(cell) == []


def test_numbers_cut_short_under_their_heading():
    grid = table([["No", "NIK", "Dusun"], *[[str(i), number[6:], "Krajan"] for i, number in enumerate(many(10), 1)]])
    (finding,) = found(grid)
    assert (finding.kind, finding.hits, finding.evidence["masked"]) == ("nik", 10, 1.0)


@pytest.mark.parametrize("counts", [["12", "345", "1200", "88"], ["12345678", "22345678", "32345678", "42345678"]])
def test_counts_under_such_a_heading_are_no_numbers_cut_short(counts):
    assert (
        found(table([["No", "NIK", "Dusun"], *[[str(i), count, "Krajan"] for i, count in enumerate(counts, 1)]])) == ()
    )


def test_a_list_of_forms_needs_one_fact_that_finds_people():
    people = ["Siti Aminah", "Bambang Sutrisno", "Wahyu Hidayat"]
    lines = [[line] for name in people for line in (f"- nama: {name}", "alamat: RT 01 RW 02", "luas: 3")]
    assert "person-table" in [one.kind for one in found(table(lines))]


def test_patients_by_initials_in_one_hamlet():
    rows = [["Inisial", "Umur", "Kelamin", "Dusun", "Penyakit"]]
    rows += [[f"S{i}", str(20 + i), "L", "Krajan", "TBC"] for i in range(12)]
    assert "re-identifiable" in [one.kind for one in found(table(rows))]


@pytest.mark.parametrize("header", ["Pasien", "Siswa", "Warga", "Anggota KPM"])
def test_three_names_under_a_word_for_people(header):
    names = ["Siti Aminah", "Bambang Sutrisno", "Wahyu Hidayat"]
    assert found(rows([header, "Nilai"], names, ["80", "75", "90"]))


LETTER = (
    "Surat Keterangan\nNama : Siti Aminah\nTempat, tgl lahir : Magelang, 01-02-1990\nAlamat : RT 01 RW 02 Secang\n"
)
OFFICE = (
    "Nama : Dinas Sosial\nAlamat : Jl. Pemuda 1\nTelepon : 0293 123456\nNarahubung : Siti Aminah\nNama : Siti Aminah\n"
)


@pytest.mark.parametrize(("text", "people"), [(LETTER, 1), (OFFICE, 0), ("Nama : Siti Aminah\nJabatan : Camat\n", 0)])
def test_a_letter_about_a_person(text, people):
    passage = Passage(place=Place(page=1), text=text)
    kinds = [one.kind for one in detect(Document(sha256="0" * 64, size=1, format="docx", passages=(passage,)))]
    assert kinds.count("person-table") == people


def test_one_patient_with_hiv_in_a_village():
    grid = table(
        [["Desa", "Penyakit", "Jumlah"], ["Secang", "HIV", "1"], ["Secang", "TBC", "2"], ["Secang", "DBD", "30"]]
    )
    assert [one.kind for one in found(grid)] == ["small-cells"]
