"""People without numbers: roles, health, homes, sentences, records, small counts. What must not fire stands first."""

import random

import pytest

from lumbung.detect import detect
from lumbung.document import Document, Passage, Place
from tests.detect.people import found, kinds, table
from tests.detect.test_person_table import BORN, FAITH, HOMES, NAMES, SEX, VILLAGES, rows

rng = random.Random(20190618)
ONES = [str(1 + i % 2) for i in range(8)]
MANY = [str(40 + 17 * i) for i in range(8)]
DISTRICTS = [f"Kecamatan {name}" for name in VILLAGES]
DUSUN = ["Krajan", "Kauman", "Ngasem", "Gondang"]
JOBS = ["PETANI", "BURUH TANI", "GURU", "PEDAGANG", "BIDAN", "PENSIUNAN"]


def persons(count):
    """One row for each person, without name or number."""
    head = ["Dusun", "Jenis Kelamin", "Umur", "Pekerjaan"]
    return table(
        [
            head,
            *[[rng.choice(DUSUN), rng.choice("LP"), str(rng.randrange(90)), rng.choice(JOBS)] for _ in range(count)],
        ]
    )


def cross_table():
    """Every combination of sex, religion and schooling once, with a figure."""
    return [[a, b, c, str(rng.randrange(900))] for a in "LP" for b in set(FAITH) for c in ("SD", "SMP", "SMA")]


SILENT = {
    "religion by village, large": rows(["Desa", "Islam", "Kristen"], VILLAGES, MANY, MANY),
    "religion by district, small": rows(["Kecamatan", "Islam", "Kristen"], DISTRICTS, ONES, ONES),
    "religion of a regency with its source": table(
        [
            ["Agama", "Jumlah"],
            *[[one, "2"] for one in ("Islam", "Kristen", "Hindu", "Buddha")],
            ["Sumber: Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Wonosari; Kementerian Desa PDTT", None],
        ]
    ),
    "religion by district, signed": table(
        [
            ["Kecamatan", "Hindu", "Buddha"],
            *[[name, "2", "1"] for name in DISTRICTS],
            ["Sumber: laporan Kepala Desa", None, None],
        ]
    ),
    "churches by village": rows(["Desa", "Jumlah Gereja", "Jumlah Masjid"], VILLAGES, ONES, ONES),
    "schools by village": rows(["Desa", "SD", "SMP"], VILLAGES, ONES, ONES),
    "population by village": rows(["Desa", "Jumlah KK", "Jumlah RT"], VILLAGES, MANY, ONES),
    "percentages": rows(["Desa", "Persentase Kemiskinan"], VILLAGES, ONES),
    "illness by regency": table(
        [["Kabupaten", "Kasus TBC", "Kasus HIV"], *[[f"Kab {i}", "1", "2"] for i in range(9)]]
    ),
    "years": table([["Desa", "Tahun", "Luas"], *[[name, "2019", "2"] for name in VILLAGES]]),
    "cross-table in long form": table([["Jenis Kelamin", "Agama", "Pendidikan", "Nilai"], *cross_table()]),
    "counted in long form": table(
        [["Desa", "Jenis Kelamin", "Agama", "Pendidikan", "Jumlah"], *[["Secang", *row] for row in cross_table()]]
    ),
    "posts on a map": rows(["Nama Posyandu", "lat", "lng"], VILLAGES, ["-7.4529"] * 8, ["110.3088"] * 8),
    "ages of buildings": rows(["Nama Bangunan", "Keterangan"], VILLAGES, ["Bangunan berumur 50 tahun, retak"] * 8),
    "programmes for years": rows(["Kegiatan", "Uraian"], VILLAGES, ["Pembangunan Jalan Raya 2 tahun anggaran"] * 8),
    "children in general": rows(
        ["Program", "Sasaran"], VILLAGES, ["Anak usia 5 tahun, Balita 2 tahun, Siswa (7 tahun)"] * 8
    ),
    "names of days": rows(["Program", "Masa"], VILLAGES, ["Setiap Hari, 2 tahun; Kebun Jati (5 tahun)"] * 8),
    "illnesses and their codes": rows(["Kode ICD", "Penyakit"], MANY, ["Diare", "Demam", "Batuk", "Kusta"] * 2),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_tells_of_nobody_does_not_fire(name):
    assert found(SILENT[name]) == ()


ROLES = {
    "officials": ("Jabatan", ["Kepala Desa"] * 8),
    "legislators": ("Fraksi", ["Partai A"] * 8),
    "candidates": ("Dapil", ["Dapil 1"] * 8),
    "staff": ("NIP", [f"19{60 + i}0112198503100{i}" for i in range(8)]),
    "donors": ("Besar Sumbangan", [f"{i}00000" for i in range(8)]),
}


@pytest.mark.parametrize("name", ROLES)
def test_a_public_role_is_told_from_a_register(name):
    header, values = ROLES[name]
    said = kinds(rows(["No", "Nama", header], MANY, NAMES, values))
    assert "public-role" in said and "person-table" not in said


SPECIFIC = {
    "health": ("Diagnosa", ["TBC", "HIV", "Diabetes", "Kusta"] * 2),
    "disability": ("Jenis Disabilitas", ["Daksa", "Netra", "Rungu", "Mental"] * 2),
    "religion": ("Agama", FAITH),
    "poverty": ("Desil", ONES),
}


@pytest.mark.parametrize("name", SPECIFIC)
def test_a_fact_that_can_hurt_beside_a_name(name):
    header, values = SPECIFIC[name]
    (finding,) = [one for one in found(rows(["Nama", header], NAMES, values)) if one.kind == "specific-data"]
    assert (finding.hits, finding.of, finding.place.column, finding.evidence[name]) == (8, 8, "B", 1.0)


@pytest.mark.parametrize(
    ("heads", "places"),
    [
        (["lat", "lng"], (["-7.452934"] * 8, ["110.308820"] * 8)),
        (["Koordinat", "Desa"], (["-7.452934, 110.308820"] * 8, VILLAGES)),
        (["Latitude", "Longitude"], (["-7,452934"] * 8, ["110,308820"] * 8)),
    ],
)
def test_homes_on_a_map(heads, places):
    assert "home-coordinates" in kinds(rows(["Nama", *heads], NAMES, *places))


SENTENCES = [
    "Siti Aminah (34 tahun) meninggal di tempat",
    "Korban: Budi Santoso, L, 12 th, luka berat",
    "1. Agus Wahyudi / laki-laki / 45 thn",
    "MUHAMMAD RIZKI usia 7 tahun tenggelam",
    "ditemukan bayi Dewi Anggraeni, 8 bulan",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_person_in_a_sentence(text):
    grid = table([["Tanggal", "Kejadian", "Korban"], ["01-02-2019", "Laka", text], ["02-02-2019", "Banjir", "nihil"]])
    (finding,) = found(grid)
    assert (finding.kind, finding.hits, finding.place.cell) == ("named-in-text", 1, "C2")
    passage = Passage(place=Place(part="komentar"), text=text)
    assert [one.kind for one in detect(Document(sha256="0" * 64, size=1, format="x", passages=(passage,)))] == [
        "named-in-text"
    ]


def test_records_of_persons_without_names():
    (finding,) = found(persons(300))
    assert finding.kind == "re-identifiable"
    assert finding.evidence["k"] == 1 and finding.evidence["unique"] > 0.5
    assert finding.evidence["by-age"] == 1.0
    assert "Umur" in str(finding.place.header) and finding.place.column is None


@pytest.mark.parametrize("more", [(), ("No", "Kode Kecamatan")])
def test_dates_of_birth_and_sex_are_enough(more):
    born = [f"{1 + i % 28:02}-{1 + i % 12:02}-{1950 + i * 7 % 60}" for i in range(60)]
    body = [[*[str(330813 + i % 3) for _ in more], day, "LP"[i % 3 == 0]] for i, day in enumerate(born)]
    assert kinds(table([[*more, "Tanggal Lahir", "Jenis Kelamin"], *body])) == ["re-identifiable"]
    animals = [[*row[:-1], "Jantan" if row[-1] == "L" else "Betina"] for row in body]
    assert kinds(table([[*more, "Tanggal Lahir", "Jenis Kelamin"], *animals])) == []


def test_records_that_thousands_share_are_silent():
    head = ["Dusun", "Jenis Kelamin", "Agama", "Pendidikan"]
    body = [[dusun, sex, faith, "SD"] for dusun in DUSUN for sex in "LP" for faith in ("ISLAM", "KRISTEN")] * 30
    assert found(table([head, *body])) == ()


SMALL = {
    "religion by hamlet": rows(["Dusun", "Islam", "Kristen", "Hindu"], VILLAGES, MANY, ONES, MANY),
    "illness by village": rows(["No", "Desa", "Penderita TBC", "Penderita HIV"], MANY, VILLAGES, MANY, ONES),
    "disability under two lines": table(
        [["Desa", "Penyandang Disabilitas", None], [None, "L", "P"], *[[name, "14", "2"] for name in VILLAGES]]
    ),
    "the statistic of one village": table(
        [["Penyandang Cacat Desa Madusari"], ["nama", "jumlah", "laki", "perempuan"]]
        + [
            [what, "12", "10", "2"]
            for what in ("CACAT FISIK", "CACAT NETRA/BUTA", "CACAT RUNGU/WICARA", "CACAT LAINNYA")
        ]
    ),
    "signed by the head of the village": table(
        [
            ["Agama", "Laki-laki", "Perempuan"],
            *[[one, "12", "2"] for one in ("Islam", "Kristen", "Hindu", "Buddha")],
            [None, None, None],
            [None, None, "Madusari, 2 Januari 2021"],
            [None, None, "Kepala Desa Madusari"],
            [None, None, None],
        ]
    ),
    "a source that names the village": table(
        [
            ["Jenis Cacat", "Jumlah"],
            *[[one, "2"] for one in ("Cacat netra", "Cacat rungu", "Cacat fisik", "Cacat mental")],
            ["Sumber: Profil Desa Madusari, 2021", None],
        ]
    ),
    "pregnancies by RT": table([["RT", "Ibu Hamil", "KPM PKH"], *[[f"00{i}", str(i % 3), "12"] for i in range(1, 9)]]),
}


@pytest.mark.parametrize("name", SMALL)
def test_counts_of_one_or_two_give_people_away(name):
    findings = found(SMALL[name])
    assert {finding.kind for finding in findings} == {"small-cells"}
    assert all(finding.hits >= 2 for finding in findings)


def test_a_register_pasted_under_a_statistic_without_a_blank_row():
    top = [["Dusun", "L", "P"], ["Krajan", "120", "130"], ["Ngasem", "90", "80"]]
    grid = table(
        [*top, ["Nama", "Tanggal Lahir", "Alamat"], *[list(row) for row in zip(NAMES, BORN, HOMES, strict=True)]]
    )
    (finding,) = found(grid)
    assert (finding.kind, finding.hits, finding.place.row) == ("person-table", 8, "5-12")


def test_a_register_on_its_side():
    grid = table([["Nama", *NAMES], ["Tgl lahir", *BORN], ["JK", *SEX], ["Alamat", *HOMES]])
    (finding,) = found(grid)
    assert (finding.kind, finding.hits) == ("person-table", 8)


def test_a_statistic_on_its_side_is_silent():
    assert found(table([["Desa", *VILLAGES], ["Laki-laki", *MANY], ["Perempuan", *MANY], ["Umur", *MANY]])) == ()
