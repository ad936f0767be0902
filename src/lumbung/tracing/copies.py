"""A list on its way to several recipients: few columns, no serials, and the marks of each copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from lumbung.document import Document
from lumbung.trace import marks
from lumbung.trace.accuse import Whole
from lumbung.trace.fingerprint import Numbers
from lumbung.tracing import rows

HEADINGS = {
    "nik": "NIK", "kk": "NOMOR KK", "name": "NAMA", "birth": "TANGGAL LAHIR", "birth_place": "TEMPAT LAHIR",
    "sex": "JENIS KELAMIN", "marital": "STATUS KAWIN", "address": "ALAMAT", "street": "JALAN", "rt": "RT", "rw": "RW",
    "hamlet": "DUSUN", "tps": "TPS",
}  # fmt: skip
ALWAYS = ("name", "birth")  # by these a row is known again; without them no copy could be told from another
USUAL = ("nik", *ALWAYS, "sex", "hamlet")
NUMBERS = ("nik", "kk")
# Thirteen digits and more in a name or an address may be somebody's number, whatever stands between them.
HIDDEN_NUMBER, HIDDEN = r"\d(?:[ .,'’/\u{a0}-]{0,2}\d){12,}", marks.SIGN * 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The rows of a list: their texts, the people in them (SUBJECT), hamlets (numbered), row keys."""

    texts: pl.DataFrame
    people: pl.DataFrame
    units: Whole
    keys: Numbers

    @property
    def marked(self) -> int:
        """Rows that carry a mark."""
        return int(np.count_nonzero(self.keys))


def prepared(document: Document, *, secret: bytes, at: date) -> Prepared:
    """Everything that is the same for every copy."""
    texts, people = rows.as_written(document, at=at)
    keys = marks.row_keys(people, secret=secret)
    return Prepared(texts=texts, people=people, units=_units(texts, people), keys=keys)


def joined(made: Prepared, guests: Prepared) -> Prepared:
    """The same list with more rows; hamlets are known by their names."""
    texts, people = pl.concat([made.texts, guests.texts]), pl.concat([made.people, guests.people])
    keys = np.concatenate([made.keys, guests.keys])
    return Prepared(texts=texts, people=people, units=_units(texts, people), keys=keys)


def copied(
    made: Prepared,
    told: marks.Carriers,
    *,
    columns: Sequence[str] = USUAL,
    shown: int = marks.CORE,
    fifth: bool = True,
) -> pl.DataFrame:
    """One copy: hamlet after hamlet, in the order of this copy, with `line` (0 or 1) for its typography.

    Of NIK and KK the first `shown` digits (twelve at most) stay; with `fifth` one digit of the birth date in the NIK
    is hidden as well. A number that is damaged is hidden whole, and one that stands in a text is hidden too.
    """
    places = told.places.tolist() if fifth else None
    cells = {
        "nik": marks.masked(_best(made, "nik"), places, shown=shown),
        "kk": marks.masked(_best(made, "kk"), shown=shown),
        "birth": made.texts["birth"].dt.strftime("%d-%m-%Y"),
    }
    chosen = [name for name in HEADINGS if name in (*columns, *ALWAYS)]
    cells |= {name: _without_numbers(made.texts[name]) for name in chosen if name not in cells}
    table = pl.DataFrame([cells[name].alias(name) for name in chosen])
    order = pl.DataFrame({"unit": made.units, "rank": told.ranks, "line": told.lines})
    arranged = table.hstack(order).sort("unit", "rank").drop("unit", "rank")
    return arranged.rename({name: HEADINGS[name] for name in chosen})


def roll(made: Prepared) -> tuple[Numbers, Whole]:
    """The keys that were handed out, each once, ascending, and the hamlet of each."""
    known, first = np.unique(made.keys, return_index=True)
    carry = known != 0
    return known[carry], made.units[first][carry]


def _units(texts: pl.DataFrame, people: pl.DataFrame) -> Whole:
    """Within which the order is free: the hamlet, or where a list has none its TPS, or its RW."""
    named = pl.select(pl.coalesce(people["hamlet"], texts["tps"], texts["rw"])).to_series()
    return named.fill_null("").rank("dense").to_numpy().astype("<i8")


def _best(made: Prepared, number: str) -> pl.Series:
    """The number where it could be read, and what stands there where it could not."""
    return pl.select(pl.coalesce(made.people[number], made.texts[number].str.strip_chars())).to_series()


def _without_numbers(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(HIDDEN_NUMBER, HIDDEN)
