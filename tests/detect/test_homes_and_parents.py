"""Parents, addresses and cards in rows that name nobody. What must not fire stands first."""

import pytest

from lumbung.detect import detect
from lumbung.document import Document, Passage, Place
from tests.detect.people import found, kinds, table
from tests.detect.test_person_table import NAMES, VILLAGES, rows

HOMES = [f"Jl. Melati No. {i} RT 0{i + 1} RW 02" for i in range(8)]
IDS = [f"K-{i:03}" for i in range(8)]
SCHOOLS = [f"SD Negeri {i} Secang" for i in range(8)]
CARD = (
    "PROVINSI JAWA TENGAH\nKABUPATEN TIRTALOKA\nNIK : 33O8\nNama : X\nTempat/Tgl Lahir : SECANG, 01-02-1990\n"
    "Jenis Kelamin : L\nAlamat : KRAJAN\nRT/RW : 001/002\nAgama : ISLAM\nBerlaku Hingga : SEUMUR HIDUP\n"
)
EMPTY_FORM = "KARTU KELUARGA\nNIK :\nNama :\nTempat/Tgl Lahir :\nAlamat :\nRT/RW :\nAgama :\nPekerjaan :\n"

GUIDE = "Desa 33.08.20.2002. Jenis kelamin, golongan darah, agama, status perkawinan, pekerjaan; kepala keluarga."

SILENT = {
    "a guide to statistics with a village code": table([[GUIDE]]),
    "schools and their addresses": rows(["Nama Sekolah", "Alamat"], SCHOOLS, HOMES),
    "schools under a header nobody knows": rows(["Unit", "Alamat"], SCHOOLS, HOMES),
    "addresses of halls": rows(["Kode", "Alamat"], IDS, [f"Balai Desa {name} RT 01 RW 02" for name in VILLAGES]),
    "streets of a village": rows(["Kode", "Alamat"], IDS, [f"Dusun {name}" for name in VILLAGES]),
    "counts of mothers": rows(["Desa", "Ibu"], VILLAGES, [str(i) for i in range(8)]),
    "mothers in words": rows(["Desa", "Nama Ibu Kota"], VILLAGES, VILLAGES),
    "an empty card": table([[line] for line in EMPTY_FORM.splitlines()]),
}


@pytest.mark.parametrize("grid", SILENT.values(), ids=SILENT.keys())
def test_no_home_no_parent_no_card(grid):
    assert not {"address", "parent-name", "card"} & set(kinds(grid))


def test_homes_without_a_name():
    (finding,) = [one for one in found(rows(["Kode", "Alamat"], IDS, HOMES)) if one.kind == "address"]
    assert (finding.hits, finding.of, finding.place.column) == (8, 8, "B")
    assert "address" in kinds(rows(["Kode", "X"], IDS, HOMES)), "told by the values alone"
    assert "address" not in kinds(rows(["Nama", "Alamat"], NAMES, HOMES)), "a fact of the list of people there"


@pytest.mark.parametrize("header", ["Nama Ibu Kandung", "Nama Ayah", "ibu"])
def test_parents_without_the_child(header):
    (finding,) = [one for one in found(rows(["Kode", header], IDS, NAMES)) if one.kind == "parent-name"]
    assert (finding.hits, finding.evidence["beside-names"]) == (8, 1.0)


def test_a_card_whose_number_nobody_can_spell():
    seen = detect(Document(sha256="0" * 64, size=1, format="jpeg", passages=(Passage(place=Place(), text=CARD),)))
    assert "card" in {one.kind for one in seen}
    assert "card" in kinds(table([line.split(" : ") for line in CARD.splitlines()]))
    for text in (EMPTY_FORM, "Nama dan alamat; berlaku hingga 31-12-2026"):
        document = Document(sha256="0" * 64, size=1, format="jpeg", passages=(Passage(place=Place(), text=text),))
        assert "card" not in {one.kind for one in detect(document)}


@pytest.mark.parametrize(
    "text",
    [
        "Korban meninggal bernama Siti Aminah (34), warga Dusun Krajan.",
        "Pasien Siti Aminah dirujuk.",
        "Surat a.n. Siti Aminah telah terbit.",
        "Siti Aminah (34) dan Budi Santoso, 40 tahun.",
    ],
)
def test_people_in_private_named_in_sentences(text):
    assert "named-in-text" in kinds(table([["No", "Uraian"], ["1", text], ["2", "Nihil"]]))


@pytest.mark.parametrize(
    "text",
    [
        "Korban Banjir di Secang (34) mengungsi.",
        "Kegiatan dibuka Bupati Siti Aminah dan dihadiri 34 warga.",
        "Pasien Rawat Inap (12)",
        "Bantuan bagi korban Gempa Bumi",
        "Atas nama Bupati Tirtaloka",
    ],
)
def test_sentences_about_nobody_in_private(text):
    assert "named-in-text" not in kinds(table([["No", "Uraian"], ["1", text], ["2", "Nihil"]]))


def test_a_labelled_number_in_a_form():
    form = table([["No. Paspor", "B1234567"], ["Kantor", "Imigrasi"]])
    (finding,) = [one for one in found(form) if one.kind == "passport"]
    assert (finding.hits, finding.place.row) == (1, "1")
    assert "npwp" not in kinds(table([["NPWP", "09.254.294.1-407.000"], ["Instansi", "Dinas Kesehatan"]]))


def test_a_card_whose_lower_edge_is_not_in_the_picture():
    cut = CARD.partition("Berlaku")[0].replace("33O8", "33O8200I02990OO1")
    for text, is_card in (
        (cut, True),
        (cut.replace("PROVINSI JAWA TENGAH\nKABUPATEN", "SURAT KETERANGAN DESA"), False),
    ):
        passage = Passage(place=Place(page=1), text=text)
        seen = detect(Document(sha256="0" * 64, size=1, format="pdf", passages=(passage,)))
        assert ("card" in {one.kind for one in seen}) is is_card
