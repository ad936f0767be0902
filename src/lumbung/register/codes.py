"""Words to codes: the family card's code lists with the spellings that occur, from `codes.toml`.

A word that no list has stays unknown; nothing is guessed from likeness, for "strata i" is like "strata ii".
"""

import re
import tomllib
from functools import cache
from pathlib import Path

import polars as pl

PATH = Path(__file__).with_name("codes.toml")
CODED = {  # a resident's columns and the fields that they come from
    "education": "pendidikan",
    "occupation": "pekerjaan",
    "religion": "agama",
    "marital": "status_kawin",
    "blood": "golongan_darah",
    "relation": "hubungan",
    "citizenship": "kewarganegaraan",
}
BLANK = {"", "-", "0", "null", "none", "nan", "n/a", "na", "belum mengisi", "tidak ada", "#n/a"}


def fields() -> tuple[str, ...]:
    """The fields that hold a code."""
    return tuple(_lists())


def to_codes(values: pl.Series, field: str) -> pl.Series:
    """Int16 codes; null where the cell is empty or its word is in no list of this field."""
    known = {value: code for value in values.drop_nulls().unique() if (code := code_of(value, field)) is not None}
    return values.replace_strict(known, default=None, return_dtype=pl.Int16)


def is_blank(values: pl.Series) -> pl.Series:
    """Whether a cell says nothing: empty, a dash, a zero, "belum mengisi"."""
    return values.is_null() | values.str.strip_chars().str.to_lowercase().is_in(list(BLANK))


def code_of(value: str, field: str) -> int | None:
    """The code of one cell: a number of the list, or one of its words."""
    lists = _lists()[field]
    number = re.fullmatch(r"0*(\d{1,2})(?:\.0+)?", value.strip())
    if number:
        return int(number.group(1)) if int(number.group(1)) in lists.values() else None
    return lists.get(_key(value, field))


def are_numbers(values: pl.Series) -> bool:
    """Whether most cells hold numbers, of which only the register's own system knows what they mean."""
    told = values.drop_nulls()
    return share(told.str.contains(r"^\s*\d{1,2}(\.0+)?\s*$")) > 0.5


def share(hits: pl.Series) -> float:
    """The part of a Boolean column that is true; 0 of an empty one."""
    return hits.filter(hits).len() / hits.len() if hits.len() else 0.0


def _key(value: str, field: str) -> str:
    """Words parted by one space: "DIPLOMA I / II" is not "DIPLOMA III". The signs of a blood group stay."""
    if field == "golongan_darah":
        return re.sub(r"[^a-z0-9+-]", "", value.lower())
    return re.sub(r"[^a-z0-9]+", " ", value.lower()).strip()


@cache
def _lists() -> dict[str, dict[str, int]]:
    """For each field its words, as `_key` spells them, with their codes. Raise ValueError for a word with two."""
    read = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {field: _words(field, listed) for field, listed in read.items()}


def _words(field: str, listed: dict[str, list[str]]) -> dict[str, int]:
    known: dict[str, int] = {}
    for code, words in listed.items():
        for word in words:
            if known.setdefault(_key(word, field), int(code)) != int(code):
                raise ValueError(f"{word} stands for two codes of {field}")
    return known
