"""An index is whole, of our key and in time, or it is refused by name."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lumbung.trace import fingerprint
from lumbung.trace.index import HEADER, About, Unusable, is_expired, listed, open_index, write
from tests.trace.people import KEY, OTHER_KEY, people, values

TODAY = date(2026, 11, 22)
ABOUT = About(source="desa", version="2026-06", made="2026-06-30", until="2028-06-30", rows=100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = fingerprint.prints(people(seed=3, families=30), key=KEY)
    write(tmp_path / "desa.sidik", {kind: one.numbers for kind, one in made.items()}, about=ABOUT, key=KEY)
    return tmp_path / "desa.sidik"


def why(path: Path, *, key: bytes = KEY, today: date = TODAY) -> str:
    with pytest.raises(Unusable) as refused:
        open_index(path, key=key, today=today)
    return refused.value.code


def test_it_is_sorted_each_once_and_eight_bytes(path: Path) -> None:
    opened = open_index(path, key=KEY, today=TODAY)
    assert opened.about == ABOUT
    assert path.stat().st_size == HEADER + 8 * sum(map(len, opened.numbers.values()))
    for numbers in opened.numbers.values():
        assert np.array_equal(numbers, np.unique(numbers))
    assert len(opened.numbers["kk"]) == 30 < len(opened.numbers["nik"])


def test_no_value_can_be_read_back(path: Path) -> None:
    content = path.read_bytes()
    assert not [one for one in values(people(seed=3, families=30)) if one.encode() in content]


def test_another_key(path: Path) -> None:
    assert why(path, key=OTHER_KEY) == "wrong-key"


@pytest.mark.parametrize("left", [0, 5, 100, HEADER - 1, HEADER, HEADER + 8, -1])
def test_cut_off(path: Path, left: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:left])
    assert why(path) == ("not-an-index" if left in (0, 5) else "cut-off")


@pytest.mark.parametrize("at", [12, 150, 200, HEADER + 3, -3])
def test_one_changed_byte(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert why(path) == "altered"


def test_the_day_of_destruction_cannot_be_moved(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"2028-06-30", b"2038-06-30"))
    assert why(path) == "altered"


def test_after_its_day(path: Path) -> None:
    assert why(path, today=date(2028, 7, 1)) == "expired"
    assert is_expired(path, key=KEY, today=date(2028, 7, 1)) and not is_expired(path, key=KEY, today=TODAY)


def test_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.sidik").write_bytes(b"PK\x03\x04" + bytes(5000))
    (tmp_path / "b.csv").write_text("nik\n")
    assert [one.name for one in listed(tmp_path)] == ["a.sidik"]
    assert why(tmp_path / "a.sidik") == "not-an-index"


def test_nothing_is_replaced_and_no_name_is_too_long(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write(path, {}, about=ABOUT, key=KEY)
    assert path.read_bytes() == before and len(list(path.parent.iterdir())) == 1
    with pytest.raises(ValueError):
        write(
            path.with_name("b.sidik"),
            {},
            about=About(source="x" * 121, version="", made="", until="", rows=0),
            key=KEY,
        )


def test_an_index_of_nobody(tmp_path: Path) -> None:
    empty = np.empty(0, dtype=np.uint64)
    assert write(tmp_path / "a.sidik", {"nik": empty}, about=ABOUT, key=KEY) == {"nik": 0}
    assert len(open_index(tmp_path / "a.sidik", key=KEY, today=TODAY).numbers["nik"]) == 0
