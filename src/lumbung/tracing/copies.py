"""A list on its way to several recipients: few columns, no serials, and the marks of each copy."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from lumbung.document import Document
from lumbung.trace import marks
from lumbung.trace.accuse import Whole
from lumbung.trace.fingerprint import Numbers
from lumbung.tracing import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The rows of a list: their texts, whole numbers, hamlets (numbered as they come), and row keys."""

    texts: pl.DataFrame
    nik: pl.Series
    units: Whole
    keys: Numbers

    @property
    def marked(self) -> int:
        """Rows that carry a mark."""
        return int(np.count_nonzero(self.keys))


def prepared(document: Document, *, secret: bytes, at: date) -> Prepared:
    """Everything that is the same for every copy."""
    texts, people = rows.as_written(document, at=at)
    units = people["hamlet"].fill_null("").rank("dense").to_numpy().astype("<i8")
    return Prepared(texts=texts, nik=people["nik"], units=units, keys=marks.row_keys(people, secret=secret))


def copied(made: Prepared, told: marks.Carriers) -> pl.DataFrame:
    """One copy: hamlet after hamlet, in the order of this copy; a NIK that is damaged is hidden whole."""
    nik = made.texts["nik"].str.strip_chars()
    table = pl.DataFrame(
        {
            "NIK": marks.masked(pl.select(pl.coalesce(made.nik, nik)).to_series(), told.places.tolist()),
            "NAMA": made.texts["name"],
            "TANGGAL LAHIR": made.texts["birth"].dt.strftime("%d-%m-%Y"),
            "JENIS KELAMIN": made.texts["sex"],
            "DUSUN": made.texts["hamlet"],
            "unit": made.units,
            "rank": told.ranks,
        }
    )
    return table.sort("unit", "rank").drop("unit", "rank")


def roll(made: Prepared) -> tuple[Numbers, Whole]:
    """The keys that were handed out, each once, ascending, and the hamlet of each."""
    known, first = np.unique(made.keys, return_index=True)
    carry = known != 0
    return known[carry], made.units[first][carry]
