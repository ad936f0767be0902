"""Residents' numbers inside longer digits. What must not fire stands first: other numbers with regions and dates."""

import random
from datetime import datetime, timedelta

import pytest

from lumbung.detect import detect
from lumbung.document import Document, Passage, Place
from tests.detect.people import column, families, found, kinds, many, nik, table


def of_passages(*texts: str) -> Document:
    passages = tuple(Passage(place=Place(part="teks"), text=text) for text in texts)
    return Document(sha256="0" * 64, size=1, format="docx", tables=(), passages=passages)


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def moment(rng: random.Random, form: str, *, since: int = 2010, days: int = 5800) -> str:
    return (datetime(since, 1, 1) + timedelta(seconds=rng.randrange(86400 * days))).strftime(form)


def checked(body: str) -> str:
    """With the check digit of GS1 behind it."""
    total = sum(int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def parcel(rng: random.Random) -> str:
    """NOP: region, kecamatan of three digits, kelurahan, block, number, sort."""
    district, village = rng.randint(1, 25) * 10 + rng.choice((0, 0, 1, 2, 3)), rng.randint(1, 22)
    return f"3308{district:03d}{village:03d}{rng.randint(1, 40):03d}{rng.randint(1, 400):04d}{rng.choice('07')}"


def civil_servant(rng: random.Random) -> str:
    return (
        f"{moment(rng, '%Y%m%d', since=1965)}{rng.randint(1988, 2024)}{rng.randint(1, 12):02d}1{rng.randint(1, 9):03d}"
    )


NOT_RESIDENTS = {
    "GS1 shipping containers": lambda rng, at: checked(f"0089912345{1000000 + at}"),
    "GS1 trade items with dates": lambda rng, at: f"01{checked(f'0899{at:09d}')}17{moment(rng, '%y%m%d')}{at:04d}",
    "transactions, time and random": lambda rng, at: moment(rng, "%Y%m%d%H%M%S", days=400) + digits(rng, 6),
    "transactions, time and counter": lambda rng, at: f"{moment(rng, '%Y%m%d%H%M%S', since=2026, days=1)}01{at:04d}",
    "transactions, day first": lambda rng, at: moment(rng, "%d%m%y%H%M%S") + digits(rng, 8),
    "an office and the time": lambda rng, at: "330820" + moment(rng, "%d%m%y%H%M%S", since=2024, days=900),
    "civil servants": lambda rng, at: civil_servant(rng),
    "civil servants behind a running number": lambda rng, at: f"{at}{civil_servant(rng)}",
    "places of business of firms": lambda rng, at: f"00{digits(rng, 14)}000000",
    "virtual accounts of telephones": lambda rng, at: f"8880808{digits(rng, 10)}",
    "virtual accounts of a regency": lambda rng, at: f"75103308{rng.randint(2019, 2026)}{at:06d}",
    "kode desa and serial": lambda rng, at: f"33082020{rng.randint(1, 12):02d}{at:08d}",
    "kode desa and random": lambda rng, at: f"33082020{rng.randint(1, 12):02d}{digits(rng, 8)}",
    "parcels of land": lambda rng, at: parcel(rng),
    "parcels of land and a year": lambda rng, at: f"{parcel(rng)}2026",
    "region, year, month, serial": lambda rng, at: f"330820{moment(rng, '%Y%m')}{at:06d}",
    "region, year, month, day, serial": lambda rng, at: f"330820{moment(rng, '%Y%m%d')}{at:04d}",
    "region, day, month, year, serial": lambda rng, at: f"330820{moment(rng, '%d%m%Y')}{at:04d}",
    "region, short date, serial": lambda rng, at: f"330820{moment(rng, '%d%m%y')}{at:06d}",
    "telephones' serial numbers, two": lambda rng, at: f"35209900{digits(rng, 7)}35209900{digits(rng, 7)}",
    "periodicals and their issues": lambda rng, at: checked("977" + digits(rng, 9)) + digits(rng, 5),
    "nanoseconds": lambda rng, at: str(1767225600000000000 + rng.randrange(10**16)),
    "nanoseconds of years": lambda rng, at: str(1500000000000000000 + rng.randrange(3 * 10**17)),
    "nanoseconds, even steps": lambda rng, at: str(1767225600000000000 + at * 60_000_000_000),
    "a region and random digits": lambda rng, at: f"330820{digits(rng, 14)}",
    "random digits": lambda rng, at: digits(rng, 40),
    "answers of one to five": lambda rng, at: "".join(rng.choices("12345", k=60)),
    "answers of nought to two": lambda rng, at: "".join(rng.choices("012", k=60)),
    "cards of families": lambda rng, at: f"{families(at)[-1]}{at:03d}",
}  # fmt: skip


@pytest.mark.parametrize("rows", [50, 200])
@pytest.mark.parametrize("name", NOT_RESIDENTS)
def test_other_long_numbers_are_no_residents(name, rows):
    rng = random.Random(20190620)
    values = [NOT_RESIDENTS[name](rng, at) for at in range(1, rows + 1)]
    assert {"nik", "nomor-kk"}.isdisjoint(kinds(column(values, header="kode")))


def full_year(number: str) -> str:
    return f"{number[:10]}{'20' if int(number[10:12]) < 27 else '19'}{number[10:]}"


def year_first(number: str) -> str:
    return number[:6] + number[10:14] + number[8:10] + number[6:8] + number[14:]


def dialled(at: int) -> str:
    """Of eleven to thirteen digits."""
    return f"0812345{at % 10}{digits(random.Random(at), 3 + at % 3)}"


GLUED = {
    "year in four digits": lambda number, at: full_year(number),
    "year in four digits, dots": lambda number, at: f"{number[:6]}.{full_year(number)[6:14]}.{number[12:]}",
    "date from its year on": lambda number, at: year_first(full_year(number)),
    "behind a running number": lambda number, at: f"{at}{number}",
    "before a running number": lambda number, at: f"{number}{at}",
    "behind a padded number": lambda number, at: f"{at:03d}{number}",
    "before a padded number": lambda number, at: f"{number}{at:03d}",
    "behind letters and a number": lambda number, at: f"ID{at}{number}",
    "behind a number, as a float": lambda number, at: f"{at}{number}.0",
    "behind a telephone": lambda number, at: dialled(at) + number,
    "before a telephone": lambda number, at: number + dialled(at),
    "behind one date": lambda number, at: f"20260115{number}",
    "before one date": lambda number, at: f"{number}15012026",
    "behind any date": lambda number, at: moment(random.Random(at), "%Y%m%d") + number,
    "before a card of a family": lambda number, at: number + families(at)[-1],
    "behind a card of a family": lambda number, at: families(at)[-1] + number,
    "behind kode desa": lambda number, at: f"3308202001{number}",
    "in a line of fields": lambda number, at: f"{number}{families(at)[-1]}19{at % 90 + 10}0101{at:03d}",
    "in a line, year in four digits": lambda number, at: f"{at:04d}{full_year(number)}00{at % 7}",
}  # fmt: skip


@pytest.mark.parametrize("way", GLUED)
def test_a_number_inside_others_is_found(way):
    values = [GLUED[way](number, at) for at, number in enumerate(many(50), start=1)]
    (finding,) = found(table([["desa", "kode"], *[["Krajan", value] for value in values]]))
    assert (finding.kind, finding.place.column) == ("nik", "B")
    assert finding.hits >= 41 and finding.chance < 1e-6 and finding.evidence["off-length"] == 1.0


def test_a_few_are_enough():
    assert kinds(column([f"{at}{number}" for at, number in enumerate(many(8), start=1)])) == ["nik"]


def test_far_down_a_tall_column():
    values = [*["-"] * 100, *[f"{number}{at:05d}" for at, number in enumerate(many(6000))]]
    (finding,) = found(column(values))
    assert (finding.kind, finding.hits, finding.place.row) == ("nik", 6000, "101-6100")


def test_men_alone_are_told_by_the_years_in_which_they_were_born():
    rng = random.Random(5)
    men = [nik(day=rng.randint(1, 28), month=rng.randint(1, 12), year=rng.randint(1940, 2015)) for _ in range(60)]
    assert kinds(column([full_year(number) for number in men])) == ["nik"]
    assert kinds(column([f"{at:02d}{number}" for at, number in enumerate(men, start=10)])) == ["nik"]


def test_under_a_heading_of_another_number_it_is_told():
    values = [f"{at:03d}{number}" for at, number in enumerate(many(50))]
    (finding,) = found(table([["desa", "NIP"], *[["Krajan", value] for value in values]]))
    assert (finding.kind, finding.evidence["other-header"]) == ("nik", 1.0)


def test_lengths_that_change_from_row_to_row_do_not_hide_from_a_sample():
    values = [dialled(at) + number for at, number in enumerate(many(210))]
    assert kinds(column(values)) == ["nik"]


@pytest.mark.parametrize("between", ["\n", " ", ", "])
def test_in_paragraphs(between):
    text = between.join(f"{at}{number}" for at, number in enumerate(many(50), start=100))
    assert [one.kind for one in detect(of_passages(text)) if one.hits == 50 and one.chance < 1e-6] == ["nik"]
    assert detect(of_passages(*[f"Nomor {full_year(number)}." for number in many(50)]))


def test_paragraphs_with_other_long_numbers():
    rng = random.Random(20190620)
    for name in NOT_RESIDENTS:
        text = "\n".join(NOT_RESIDENTS[name](rng, at) for at in range(1, 51))
        assert not [one for one in detect(of_passages(text)) if one.kind == "nik"], name


def test_between_numbers_of_any_length():
    values = [f"{at}{number}{dialled(at)}" for at, number in enumerate(many(200), start=1)]
    assert kinds(column(values)) == ["nik"]


def test_glued_in_many_ways_in_one_column():
    ways = list(GLUED.values())[3:8]
    values = [ways[at % len(ways)](number, at) for at, number in enumerate(many(200), start=1)]
    assert "nik" in kinds(column(values))
