"""What is fingerprinted, how it is spelled before, and that anybody with the key can check it."""

import hashlib
from datetime import date

import numpy as np
import polars as pl
import pytest

from lumbung.trace import fingerprint, keyfile, subjects
from tests.trace.people import KEY, OTHER_KEY, people, raw


def numbers_of(cells: list[str | None]) -> tuple[list[str | None], list[str | None]]:
    whole, stem = subjects.numbers(pl.Series(cells, dtype=pl.String))
    return whole.to_list(), stem.to_list()


@pytest.mark.parametrize(
    "cell",
    [
        "3308134504909001",
        "'3308134504909001",
        "3308134504909001&nbsp",
        "\u00a03308134504909001\u00a0",
        "33.08.13.450490.9001",
        "330813 450490 9001",
        "3308-1345-0490-9001",
        "3308134504909001.0",
        "NIK3308134504909001".removeprefix("NIK"),
    ],
)
def test_signs_between_digits_are_undone(cell: str) -> None:
    assert numbers_of([cell]) == (["3308134504909001"], [None])


@pytest.mark.parametrize("cell", ["330813450490900", "3.30813450490900E+15", "3,30813450490900e+15"])
def test_fifteen_digits_stay_fifteen(cell: str) -> None:
    assert numbers_of([cell]) == ([None], ["330813450490900"])


@pytest.mark.parametrize(
    "cell", [None, "", "0", "0990103200109001", "3.30813E+15", "33081345049090", "33081345049090011", "3308****", "x"]
)
def test_what_is_lost_is_never_guessed(cell: str | None) -> None:
    assert numbers_of([cell]) == ([None], [None])


def test_a_column_that_a_spreadsheet_rounded_lost_its_last_digit() -> None:
    rounded = [f"33081345049{number}0" for number in range(9001, 9011)]
    assert numbers_of(rounded) == ([None] * 10, [one[:15] for one in rounded])
    mixed = [f"330813450490{number}" for number in range(9001, 9011)]
    assert numbers_of(mixed)[0] == mixed  # one in ten ends in 0 by itself


def test_it_is_blake2b_and_anybody_with_the_key_can_check_it() -> None:
    made = fingerprint.digests(["3308134504909001"], kind="nik", key=KEY)
    by_hand = hashlib.blake2b(b"3308134504909001", key=KEY, digest_size=8, person=b"nik").digest()
    assert made.tolist() == [int.from_bytes(by_hand, "little")]
    assert fingerprint.digests(["3308134504909001"], kind="kk", key=KEY) != made
    assert fingerprint.digests(["3308134504909001"], kind="nik", key=OTHER_KEY) != made


def test_rows_without_a_part_have_no_fingerprint_of_it() -> None:
    table = pl.DataFrame(
        {"nik": ["3308134504909001", None], "stem": [None, "330813450490900"], "kk": [None, None],
         "name": ["SITI", "BUDI"], "birth": [date(1990, 4, 5), None], "phone": [None, None], "sex": [None, None],
         "age": [None, None], "hamlet": [None, None]},
        schema=subjects.SUBJECT,
    )  # fmt: skip
    made = fingerprint.prints(table, key=KEY, guess=True)
    assert {kind: one.rows.tolist() for kind, one in made.items() if len(one.rows)} == {
        "nik": [0], "name-birth": [0], "nik-name": [0], "stem": [1] * 10, "stem-name": [1] * 10,
    }  # fmt: skip
    assert made["nik"].numbers[0] in made["stem"].numbers  # one of the ten digits is the right one


def test_the_same_person_through_another_hand() -> None:
    told = raw(seed=3, families=30)
    retyped = told.with_columns(
        nik=pl.col("nik").str.replace(r"^(\d{4})(\d{4})", "${1}-${2}-"),
        name=pl.lit("H. ") + pl.col("name").str.to_lowercase() + pl.lit(", S.Pd"),
        phone=pl.col("phone").str.replace("^0", "+62 "),
    )
    first = fingerprint.prints(subjects.normalised(told), key=KEY)
    second = fingerprint.prints(subjects.normalised(retyped), key=KEY)
    assert all(np.array_equal(first[kind].numbers, second[kind].numbers) for kind in fingerprint.KINDS)


def test_nothing_of_anybody_is_in_a_fingerprint_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = fingerprint.prints(people(seed=3, families=30), key=KEY)
    assert sum(len(one.numbers) for one in made.values()) > 100
    assert all(one.numbers.dtype == np.dtype("<u8") for one in made.values())
    keyfile.make(tmp_path / "kunci.json")
    key = keyfile.read(tmp_path / "kunci.json")
    assert len(key) == 32 and key.hex() not in keyfile.key_id(key)


def test_a_key_is_never_replaced_and_a_bad_one_never_used(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "kunci.json"
    keyfile.make(path)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        keyfile.make(path)
    assert path.read_bytes() == before
    for content in ("", "[]", "{}", '{"trace": "short"}', '{"trace": "c2hvcnQ="}', '{"trace": 3}'):
        path.write_text(content)
        with pytest.raises(keyfile.NoKey):
            keyfile.read(path)
    with pytest.raises(keyfile.NoKey):
        keyfile.read(tmp_path / "tidak-ada")
