"""Which cells of a worksheet the file stores as numbers, and with which digits, mostly without a second look.

The beginning of the part shows the types of its first rows cell by cell, and so what each column mostly is. Were the
whole sheet like that, it would hold a certain count of cells with a type of their own; where that is the count in the
XML, the guess holds, else the XML is asked cell by cell. (Two errors that cancel out would pass: they make
a text of digits a number or the other way about, and lose nothing, since the texts do not depend on it.)

fastexcel writes a number with nine decimals, from a float: where a column holds longer or larger fractions, or whole
numbers past 2^53, the digits are taken from the XML. Where it holds none, fractions below a billionth go.
"""

import re
from collections.abc import Iterable
from math import isclose
from zipfile import ZipInfo

import polars as pl

from lumbung.read.cells import number_text
from lumbung.read.ooxml_plain import Plain, whole_rows
from lumbung.read.package import Package

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]+")?( t="[a-zA-Z]+")?(?: cm="[0-9]+")?>(?:<v>([^<]*)<)?'
)
_ANY_CELL = re.compile(rb"<c(?:\s[^<>]*[^<>/])?>")
_WRITTEN = (
    rb'<c r="(%b)([0-9]{1,7})"(?: s="[0-9]+")?(?: t="n")?>(?:<f[^<>]*(?:/>|>[^<>]*</f>))?'
    rb"<v>(-?(?:[0-9]*\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+[eE]-[0-9]+|9[0-9]{15}|[0-9]{17,40}))</v>"
)
_UNTYPED = frozenset({b"", b' t="n"'})
EXACT = float(1 << 53)
NOISY = 1e6  # from here the ninth decimal of a float is no longer sure


class Types:
    """The texts of a sheet, and what its part says about the type of each cell."""

    def __init__(self, package: Package, entry: ZipInfo, texts: pl.DataFrame, plain: Plain) -> None:
        self._package, self._entry = package, entry
        self._texts, self._plain = texts, plain
        self._values = {name: texts[name].cast(pl.Float64, strict=False) for name in texts.columns}
        self._write_out([name for name, values in self._values.items() if _loses_digits(values, texts[name])])

    def numbers(self) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        """Texts with all digits, and the numbers among them; None where grid and XML lie apart."""
        head = self._typed_rows(iter([self._plain.head]))
        if not self._lies_right(head):
            return None
        last = max((row for rows in head.values() for row in rows), default=0)
        masks, typed = self._guess(head, last)
        if typed != self._plain.typed:
            cells = self._typed_rows(whole_rows(self._package.pieces(self._entry)))
            masks = {name: self._mask(rows) for name, rows in cells.items() if name in self._values}
        found = {name: self._only(name, masks[name]) for name in self._texts.columns if name in masks}
        kept = pl.DataFrame([values for values in found.values() if values.null_count() < values.len()])
        return self._texts, kept

    def _typed_rows(self, pieces: Iterable[bytes]) -> dict[str, dict[int, bool]]:
        """Column -> row, from 0 -> whether the cell there is a number; only cells with an address of their own."""
        found: dict[str, dict[int, bool]] = {}
        for piece in pieces:
            for column, row, kind, _ in _CELL.findall(piece):
                found.setdefault(column.decode(), {})[int(row) - 1] = kind in _UNTYPED
        return found

    def _lies_right(self, head: dict[str, dict[int, bool]]) -> bool:
        """Whether the values at the sheet's beginning stand in the grid where the XML says."""
        beginning = self._plain.head[:65_536]
        cells = _CELL.findall(beginning)
        if len(cells) != len(_ANY_CELL.findall(beginning)):
            return False  # cells written in a way that is not known here
        for column, row, kind, value in cells:
            name, index = column.decode(), int(row) - 1
            if not value or kind == b' t="e"':
                continue
            if name not in self._values or index >= self._texts.height or self._texts[name][index] is None:
                return False
            number = self._values[name][index]
            if kind in _UNTYPED and number is not None and not isclose(number, float(value), abs_tol=1e-8):
                return False
        return True

    def _guess(self, head: dict[str, dict[int, bool]], last: int) -> tuple[dict[str, pl.Series], int]:
        """Masks of number cells, and how many cells with a type of their own the sheet would then have."""
        masks, typed = {}, 0
        for name, values in self._values.items():
            rows = head.get(name, {})
            numeric = 2 * sum(rows.values()) > len(rows)
            dates = numeric and all(
                values[row] is None for row, number in rows.items() if number and row < values.len()
            )
            beyond = self._texts[name].slice(last + 1)
            typed += sum(not number for number in rows.values())
            if not numeric:
                typed += beyond.len() - beyond.null_count()
            elif not dates:
                typed += values.slice(last + 1).null_count() - beyond.null_count()
            masks[name] = pl.concat([self._mask(rows).head(last + 1), pl.repeat(numeric, beyond.len(), eager=True)])
        return masks, typed

    def _mask(self, rows: dict[int, bool]) -> pl.Series:
        numbers = pl.Series([row for row, number in rows.items() if number], dtype=pl.Int64)
        return pl.int_range(self._texts.height, eager=True).is_in(numbers.implode())

    def _only(self, name: str, mask: pl.Series) -> pl.Series:
        """The values where the mask holds, else null."""
        frame = pl.DataFrame({"value": self._values[name], "mask": mask})
        return frame.select(pl.when("mask").then("value").alias(name))[name]

    def _write_out(self, names: list[str]) -> None:
        """Give these columns the digits that the part has."""
        if not names:
            return
        found: dict[str, tuple[list[int], list[str]]] = {name: ([], []) for name in names}
        pattern = re.compile(_WRITTEN % "|".join(names).encode())
        for piece in whole_rows(self._package.pieces(self._entry)):
            for column, row, value in pattern.findall(piece):
                found[column.decode()][0].append(int(row) - 1)
                found[column.decode()][1].append(value.decode())
        rows = pl.DataFrame({"row": pl.int_range(self._texts.height, dtype=pl.Int64, eager=True)})
        for name, (at, values) in found.items():
            written = pl.DataFrame({"row": pl.Series(at, dtype=pl.Int64), "text": _plain_digits(values)})
            digits = rows.join(written.unique("row", keep="last"), on="row", how="left", maintain_order="left")["text"]
            shown = self._texts[name]
            known = digits.is_not_null() & self._values[name].is_not_null()
            self._texts = self._texts.with_columns(digits.zip_with(known, shown).alias(name))
            self._values[name] = self._texts[name].cast(pl.Float64, strict=False)


def _loses_digits(values: pl.Series, texts: pl.Series) -> bool:
    """Whether a column of floats holds numbers that nine decimals may not have said as the part writes them."""
    broken = values != values.floor()
    if not broken.any():
        return bool((values.abs() >= EXACT).any())
    return bool((values.abs() >= NOISY).any() or texts.str.contains(r"\.[0-9]{9}").any())


def _plain_digits(values: list[str]) -> pl.Series:
    """Whole numbers as the part writes them; fractions by the fewest digits that are the same float (17.4, where Excel
    writes 17.399999999999999); exponents written out."""
    written = pl.Series(values, dtype=pl.String)
    floats = written.cast(pl.Float64, strict=False)
    short = floats.cast(pl.String).str.strip_suffix(".0")
    odd = short.str.contains("e", literal=True)
    if odd.any():
        exact = pl.Series([number_text(float(value)) for value in values], dtype=pl.String)
        short = exact.zip_with(odd, short)
    return written.zip_with(written.str.contains(r"^-?[0-9]+$"), short)
