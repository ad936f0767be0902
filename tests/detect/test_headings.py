"""Headings as offices write them: whose name, which number, and rows of headings that say little."""

import pytest

from lumbung.detect.lexicon import role
from tests.detect import people
from tests.detect.people import found, kinds, table

NAMES = ["Slamet Riyadi Santoso", "Sulastri", "Budi Prasetyo", "Siti Aminah", "Wahyu Hidayat"]
STREETS = [f"Dusun Krajan RT 00{number} RW 001" for number in range(1, 6)]
BIRTHS = ["12/03/1961", "05/11/1974", "23/01/1988", "30/06/1999", "17/09/2006"]


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Nama Penderita", "name"),
        ("Nama Petani", "name"),
        ("Nama Terduga TB", "name"),
        ("Nama Pemilik Usaha", "name"),
        ("Nama Usaha Pemilik", "thing"),
        ("Nama Calon Legislatif", "office-name"),
        ("Nama Kepala Puskesmas", "office-name"),
        ("Nama Kader Posyandu", "office-name"),
        ("Nama Ketua BPD", "office-name"),
        ("Nama Masjid", "thing"),
        ("Nama Varietas", "thing"),
        ("Nama Yang Tak Dikenal", "bare-name"),
        ("attributes.nama", "bare-name"),
        ("data.warga.tanggallahir", "birth-date"),
        ("Kec.Borobudur", None),
        ("N I K", "nik"),
        ("N P W P", "npwp"),
        ("L / P", "sex"),
        ("No Kartu BPJS/KIS", "bpjs"),
        ("Nomor Kepesertaan JKN", "bpjs"),
        ("Passport No.", "passport"),
        ("SIM C", "driving-licence"),
        ("KTP/SIM", "nik"),
        ("Nomor Kendaraan Bermotor", "vehicle-plate"),
        ("Rek. BRI", "bank-account"),
        ("NIS/NISN", "nisn"),
        ("Nomor Akte", "civil-certificate"),
        ("UID KTP-el", "ktp-chip"),
        ("Jumlah Peserta BPJS", "count"),
        ("Kode Rekening", "other-id"),
        ("Uraian Rekening", None),
    ],
)
def test_the_word_that_tells_decides(heading: str, meaning: str | None) -> None:
    assert role(heading) == meaning


@pytest.mark.parametrize("heading", ["Nama Penderita", "Nama Jemaah Haji", "Nama Klien", "NAMA YANG MENINGGAL"])
def test_a_list_of_people_under_a_heading_of_its_own_is_found(heading: str) -> None:
    rows = [[heading, "Umur", "Alamat"], *zip(NAMES, ["61", "50", "36", "25", "18"], STREETS, strict=True)]
    assert "person-table" in kinds(table([list(row) for row in rows]))


def test_things_under_a_heading_of_their_own_are_not() -> None:
    mosques = ["Nurul Huda", "Al Hidayah", "Baitur Rahman", "Nurul Iman", "Al Amin"]
    rows = [["Nama Masjid", "Luas", "Alamat"], *zip(mosques, "34567", STREETS, strict=True)]
    assert kinds(table([list(row) for row in rows])) == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Kasus", "specific-data"), ("Kondisi", "specific-data"), ("Ket", "specific-data")],
)
def test_words_of_illness_speak_under_a_heading_that_says_nothing(heading: str, kind: str) -> None:
    rows = [["Nama Warga", heading], *([name, "Stunting"] for name in NAMES)]
    assert kind in kinds(table(rows))


def test_a_sentence_with_such_a_word_does_not() -> None:
    said = "Bapak bupati membuka rapat koordinasi tentang pencegahan stunting di aula"
    rows = [["Nama Warga", "Acara"], *([name, said] for name in NAMES)]
    assert "specific-data" not in kinds(table(rows))


def test_one_number_of_persons_makes_a_row_of_headings() -> None:
    rows = [["Guru", "NUPTK", "Mapel"], *([name, f"123475864830{at}112", "IPA"] for at, name in enumerate(NAMES))]
    assert "nuptk" in kinds(table(rows))


def test_the_head_of_a_village_among_headings_is_an_office_and_no_value() -> None:
    villages = ["Madusari", "Ngadirojo", "Krincing", "Pucang", "Payaman"]
    rows = [
        ["Desa", "Kepala Desa", "No Telp Kantor"],
        *([place, name, "0293 365432"] for place, name in zip(villages, NAMES, strict=True)),
    ]
    assert kinds(table(rows)) == ["public-role"]


@pytest.mark.parametrize("head", [["Kepala Keluarga", "Lat", "Long"], ["ID Rumah", "Koordinat Rumah", "Kondisi"]])
def test_points_of_homes_are_found(head: list[str]) -> None:
    point = ["-7.391234", "110.234567"] if head[1] == "Lat" else ["-7.391234, 110.234567", "Rusak"]
    first = NAMES if head[1] == "Lat" else [f"R{at}" for at in range(5)]
    assert "home-coordinates" in kinds(table([head, *([one, *point] for one in first)]))


@pytest.mark.parametrize(
    "behind",
    [" / 19800215 200501 1 00{0}", " (5{0} th)", ", Dsn Krajan RT 0{0}/RW 01", " - Magelang, 0{0}-02-1980", "/4{0}"],
)
def test_a_name_is_one_whatever_stands_behind_it(behind: str) -> None:
    rows = [["No", "Nama", "Ket"], *([str(at), name + behind.format(at), "-"] for at, name in enumerate(NAMES, 1))]
    assert {"person-table", "public-role", "named-in-text"} & set(kinds(table(rows)))


def test_the_number_of_a_civil_servant_is_found_behind_the_name() -> None:
    rows = [["Nama/NIP", "Gol"], *([f"{name} / 19800215 200501 1 00{at}", "III/a"] for at, name in enumerate(NAMES))]
    assert "nip" in kinds(table(rows))


def test_people_pasted_under_a_statistic_without_headings_are_found() -> None:
    counts = [["Dusun", "L", "P", "Jumlah"], *([name, "40", "50", "90"] for name in ("Krajan", "Gondang", "Pojok"))]
    pasted = [[str(at), *row] for at, row in enumerate(zip(NAMES, "LPLPL", BIRTHS, STREETS, strict=True), 1)]
    assert "person-table" in kinds(table([*counts, [], *pasted]))


def test_notes_under_a_statistic_are_not_people() -> None:
    counts = [["Dusun", "L", "P", "Jumlah"], *([name, "40", "50", "90"] for name in ("Krajan", "Gondang", "Pojok"))]
    notes = [["Sumber", "Disdukcapil", "Kabupaten", "Magelang"], ["Catatan", "data", "sementara", "belum lengkap"]] * 2
    assert kinds(table([*counts, *notes])) == []


@pytest.mark.parametrize("sign", [";", "|", ",", "\t", " – "])
def test_a_register_folded_into_one_column_is_unfolded(sign: str) -> None:
    lines = [sign.join(row) for row in zip(NAMES, BIRTHS, STREETS, strict=True)]
    assert "person-table" in kinds(people.column(lines, header=sign.join(("Nama", "Tgl Lahir", "Alamat"))))


def test_cells_of_mark_up_or_aligned_by_blanks_are_unfolded() -> None:
    rows = list(zip(NAMES, BIRTHS, STREETS, strict=True))
    assert "person-table" in kinds(people.column([f"<b>{a}</b><br>{b}<br>{c}" for a, b, c in rows]))
    assert "person-table" in kinds(people.column([f"{a:<30}{b:<12}{c}" for a, b, c in rows]))
    assert "person-table" in kinds(people.column([f"  - {a}" for a in NAMES * 2]))


def test_for_whom_something_is_may_stand_in_a_cell() -> None:
    rows = [[f"BLT untuk {name} {street}", "300000"] for name, street in zip(NAMES, STREETS, strict=True)]
    assert kinds(table([["keterangan", "jumlah"], *rows, *rows])) == ["person-table"]
    things = [[f"Belanja untuk {thing}", "300000"] for thing in ("Posyandu Melati", "Jalan Desa", "Kantor Desa")]
    assert kinds(table([["keterangan", "jumlah"], *things * 4])) == []


def test_sentences_in_one_column_are_not_unfolded() -> None:
    assert kinds(people.column(["Mewujudkan masyarakat yang maju, mandiri, dan sejahtera"] * 9)) == []


def test_a_kk_may_be_the_name_of_its_head() -> None:
    rows = [[name, "4", "Ya"] for name in NAMES * 2]
    assert kinds(table([["kk", "jiwa", "miskin"], *rows])) == ["person-table"]


def test_a_table_on_its_side_is_set_upright_though_most_labels_are_unknown() -> None:
    answers = [[f"Pertanyaan {number}", *"12321"] for number in range(20)]
    rows = [["Nama", *NAMES], ["Tgl Lahir", *BIRTHS], ["Alamat", *STREETS], *answers]
    assert "person-table" in kinds(table(rows))


def test_a_table_on_its_side_without_labels_is_set_upright() -> None:
    assert "person-table" in kinds(table([NAMES, BIRTHS, STREETS]))


def test_ages_in_words_count_for_records_without_names() -> None:
    rows = [[f"{20 + at} tahun", "LP"[at % 2], f"Dusun {'AB'[at % 2]}", "PETANI"] for at in range(30)]
    assert "re-identifiable" in kinds(table([["Umur", "Jenis Kelamin", "Dusun", "Pekerjaan"], *rows]))


def test_records_without_headings_are_told_by_their_birth_dates() -> None:
    rows = [["KRAJAN", f"{1 + at % 28:02d}/03/{1940 + 2 * at}", "LP"[at % 2], "ISLAM", "PETANI"] for at in range(30)]
    assert "re-identifiable" in kinds(table(rows))


def test_small_counts_with_their_unit_are_small_counts() -> None:
    rows = [["Desa", "Penyandang Disabilitas"], ["Secang", "1 jiwa"], ["Pucang", "nihil"], ["Krincing", "12 orang"]]
    assert "small-cells" in kinds(table(rows))


def test_one_customer_number_among_many_is_no_telephone() -> None:
    numbers = [str(40_000_000_000 + at * 7_919) for at in range(400)]
    assert kinds(people.column([*numbers, "62812345678"], header="ID Meter")) == []
    assert [one.kind for one in found(people.column(["Ya"] * 400 + ["62812345678"], header="Ket"))] == ["phone"]


@pytest.mark.parametrize(
    "heading", ["Nama Hakim", "Nama Bupati", "Nama Dosen", "Rektor", "Juara", "Nama Seniman", "Ketua Gapoktan"]
)
def test_a_few_names_below_an_office_or_a_title_are_asked_about(heading: str):
    people = ["Sri Wahyuni", "Bambang Sutrisno", "Siti Aminah", "Agus Priyanto"]
    rows = [[heading, "Tahun", "Tempat"], *([name, str(2001 + at), "Tirtaloka"] for at, name in enumerate(people))]
    assert kinds(table(rows)) == ["public-role"]
