"""Loose text and raw parts. What must not fire stands first."""

import random
from base64 import b64encode

import pytest

from lumbung.detect import detect
from lumbung.detect.finding import Finding
from lumbung.document import Document, Passage, Place
from tests.detect.people import nik

rng = random.Random(20210606)


PART = Place(part="docProps/core.xml")


def searched(text: str, *, swept: bool = False, place: Place = PART) -> tuple[Finding, ...]:
    """What detection says of one passage."""
    passage = Passage(place=place, text=text, swept=swept)
    return detect(Document(sha256="0" * 64, size=1, format="xlsx", passages=(passage,)))


def test_random_bytes_are_silent():
    assert searched(rng.randbytes(3_000_000).decode("latin-1"), swept=True) == ()


def test_many_random_numbers_are_silent():
    assert searched(" ".join(f"{rng.randrange(10**16):016}" for _ in range(50_000)), swept=True) == ()


def test_decimals_and_hexadecimals_are_silent():
    text = f"<v>0.{nik()}</v> a{nik()}f {nik()}99 id_{nik()}_x"
    assert searched(text, swept=True) == ()


def test_a_number_in_raw_xml():
    (finding,) = searched(f"<c><v>{nik()}</v></c>", swept=True)
    assert (finding.kind, finding.evidence["swept"], finding.place.part) == ("nik", 1.0, "docProps/core.xml")


def test_a_float_in_raw_xml():
    assert searched(f"<v>{nik()[0]}.{nik()[1:]}0E15</v>", swept=True)[0].kind == "nik"


def test_two_byte_letters_in_a_binary_part():
    assert searched("\x01\x00" + "\x00".join(nik()) + "\x00\x02", swept=True)[0].kind == "nik"


def test_a_file_name():
    assert searched(f"{nik()}-17.jpg")[0].kind == "nik"


@pytest.mark.parametrize("name", [f"32_{nik()}.csv", f"foto_{nik()}-12.jpg", f"{nik()}.pdf", f"KTP {nik()} baru.png"])
@pytest.mark.parametrize(
    "place", [Place(part="nama berkas"), Place(part="(nama bagian)"), Place(part="a.zip:(nama bagian)")]
)
def test_a_name_with_a_known_kecamatan_is_told_apart(name, place):
    (finding,) = searched(name, place=place, swept=place.part != "nama berkas")
    assert (finding.kind, finding.evidence["in-name"]) == ("nik", 1.0)


def test_a_sheet_called_by_a_number():
    assert searched(nik(), place=Place(sheet=nik()))[0].evidence["in-name"] == 1.0


def test_a_name_without_a_known_kecamatan_is_not_certain():
    (finding,) = searched(f"{nik('339901')}.csv", place=Place(part="nama berkas"))
    assert "in-name" not in finding.evidence


def test_the_word_before_names_the_number():
    assert searched(f"No. KK: {nik()}")[0].kind == "nomor-kk"
    assert searched(f"NIK. {nik()}")[0].evidence["header"] == 1.0


@pytest.mark.parametrize("swept", [False, True])
def test_a_number_in_base64(swept):
    text = f"<kunci>{b64encode(f'warga {nik()}'.encode()).decode()}</kunci>"
    assert [finding.kind for finding in searched(text, swept=swept)] == ["nik"]


@pytest.mark.parametrize("number", [f"00{nik()}", nik() * 2, f"{nik()[:5]}\t{nik()[5:]}", f"3,{nik()[1:6]}E+15"])
def test_a_number_written_otherwise_in_a_sentence(number):
    assert [finding.kind for finding in searched(f"yang bersangkutan dengan nomor {number} telah datang")] == ["nik"]


def test_a_telephone_and_an_address_in_a_comment():
    assert [finding.kind for finding in searched("hub. 0812-3456-7890 / ani@surat.example")] == ["phone", "e-mail"]


@pytest.mark.parametrize("sign", ["a", "A", "A1", "A.", "a-", "info-", "-_+%."])
def test_an_endless_run_of_letters_costs_no_more_than_its_length(sign: str):
    """Half a million signs: at a step a nanosecond, work that grows with the square would take minutes."""
    text = sign * (500_000 // len(sign))
    assert searched(text) == searched(text, swept=True) == ()
