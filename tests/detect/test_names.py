"""Names of people from all over the country, against names of other things. What must not fire stands first."""

import pytest

from tests.detect.people import kinds, table

THINGS = {
    "villages": "Sukaraja;Kedungwuni;Wonoyoso;Petungkriyono;Karangjati;Girimarto;Sukawati;Jayanti;Banjarharjo",
    "settlements": "Permukiman kumuh;Pinjaman bergulir;Kiriman barang;Perairan umum;Lampiran;Pasaran;Seniman",
    "mosques": "Masjid Baiturrahman;Masjid Nuruddin;Musala Al Ikhlas;Masjid An Nur;Masjid Sirajuddin;Musala At Taqwa",
    "signs": "Rambu dilarang parkir;Rambu tikungan;Batubara;Marka jalan;Rambu sekolah;Lampu jalan;Halte",
}
PEOPLE = {
    "Bali": "I Wayan Sudarma;Ni Ketut Ariani;I Made Suarta;Ni Luh Sukerti;I Nyoman Wirya;Ni Komang Ayu;Ni Kadek Dwi",
    "Batak": "Binsar Sitorus;Tiurma Sihombing;Jonggi Silaban;Rosdiana Siregar;Togar Panjaitan;Lamhot Manurung",
    "Papua": "Yohanes Murib;Yosepina Kogoya;Lukas Wanimbo;Marthina Tabuni;Otniel Yikwa;Demianus Pigai",
    "Sunda": "Cecep Hidayat;Euis Rohayati;Ujang Suherman;Neneng Komariah;Jajang Sutarman;Enung Suryani",
    "Minang": "Syafril Piliang;Yusniar;Amrizal Chaniago;Desmawati Jambak;Rosmaniar;Yulidar Sikumbang",
    "Timor": "Petrus Nahak;Maria Klau;Dominggus Fallo;Blandina Snae;Yakobus Banamtuan;Theresia Kleden",
    "Tionghoa": "Tan Giok Nio;Liem Tjoe Hwa;Oei Swie Kiong;Kwee Tjien Gwan;Thio Liong Hwie;Tjoa Giok Liong",
    "Java, long ago": "Ponijan;Tukinem;Sukijah;Wagiyem;Ngatinem;Poniran;Legiyem;Tugiman",
    "Madura": "Matrawi;Misnadin;Juwairiyah;Hosnan;Buniman;Rukayyah",
}


def rows(names: str) -> list[list[str | None]]:
    return [[name, str(100_000 + 7_000 * number)] for number, name in enumerate(names.split(";"))]


@pytest.mark.parametrize("things", THINGS)
def test_other_things_are_no_people(things: str) -> None:
    assert kinds(table([["isian", "jumlah"], *rows(THINGS[things]) * 3])) == []


@pytest.mark.parametrize("people", PEOPLE)
def test_people_from_everywhere_under_a_heading_that_says_nothing(people: str) -> None:
    assert kinds(table([["isian", "jumlah"], *rows(PEOPLE[people]) * 2])) == ["person-table"]


def test_names_with_strokes_for_blanks() -> None:
    assert kinds(table([["isian", "jumlah"], *rows(PEOPLE["Sunda"].replace(" ", "_")) * 2])) == ["person-table"]


def test_names_side_by_side_below_the_days_of_the_week() -> None:
    names = ";".join(PEOPLE.values()).split(";")
    watches: list[list[str | None]] = [list(names[start : start + 5]) for start in range(0, 25, 5)]
    days: list[str | None] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"]
    assert kinds(table([days, *watches])) == ["person-table"]


def test_names_below_their_rt() -> None:
    cells = ["RT 01", *PEOPLE["Sunda"].split(";"), "RT 02", *PEOPLE["Minang"].split(";")]
    assert kinds(table([[cell, None] for cell in cells])) == ["person-table"]
