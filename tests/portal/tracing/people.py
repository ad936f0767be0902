"""Registers of invented residents, as villages send them and as they come back from a forum."""

from datetime import date

from lumbung.invent import nik
from lumbung.invent.names import FEMALE, FEMALE_LAST

HEADING = "NIK;No KK;Nama;Tanggal Lahir;Jenis Kelamin;Umur;Alamat;RT;RW;Dusun;Desa"


def row(number: int, *, district: str = "330813", age_on: date = date(2026, 6, 1), village: str = "Mekarsari") -> str:
    """One person, the same for the same number."""
    born = date(1950 + number % 60, 1 + number % 12, 1 + number % 28)
    female = bool(number % 2)
    number_ = nik(region=district, birth=born, female=female, serial=9000 + number % 999)
    family = nik(
        region=district, birth=date(2012, 5, 1 + number // 4 % 28), female=False, serial=9000 + number // 4 % 999
    )
    name = f"{FEMALE[number % len(FEMALE)]} {FEMALE_LAST[number // 12 % len(FEMALE_LAST)]}"
    age = age_on.year - born.year - ((age_on.month, age_on.day) < (born.month, born.day))
    sex = "P" if female else "L"
    place = f"Jl. Padi {number};1;2;Krajan;{village}"
    return f"{number_};{family};{name};{born:%d-%m-%Y};{sex};{age};{place}"


def register(first: int = 0, count: int = 60, **more: object) -> bytes:
    """A register of `count` people from number `first` on."""
    return "\n".join([HEADING, *(row(number, **more) for number in range(first, first + count)), ""]).encode()  # type: ignore[arg-type]


def numbers(first: int = 0, count: int = 60) -> list[str]:
    """The NIK and KK of these people, to be searched for."""
    return [part for number in range(first, first + count) for part in row(number).split(";")[:2]]
