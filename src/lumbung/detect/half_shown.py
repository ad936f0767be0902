"""Numbers of residents of which a sentence shows only a part: "3308********9001", "3.30813E+15".

Sixteen signs that begin with a region of today, and with a real date where the date is shown, are no other number. A
label right before them makes any of them one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from lumbung.detect import labels, patterns, regions, rows
from lumbung.detect.finding import Finding
from lumbung.detect.masking import samples
from lumbung.detect.structure import fits
from lumbung.detect.view import View
from lumbung.document import Passage

_NIK = "nik"
AT_MOST = 20_000
"""Cells that are read one by one."""
_SHOWN = re.compile(patterns.HALF_SHOWN)
_PLACED, _SEATED, _DATED = 4, 6, 10
"""So many digits in front show the regency, the kecamatan, the day and month."""

Seen = tuple[str, str | None]
"""What is shown of a number, and the kind that a label before it gives it."""


def in_cells(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column with such numbers inside longer cells; `hits` counts cells."""
    table = view.sheet.table
    for column in (column for column, counts in view.counts.items() if counts["half-shown"]):
        cells = pl.DataFrame({"cell": table.texts[column]}).with_row_index("row")
        likely = cells.filter(pl.col("cell").str.contains(patterns.HALF_SHOWN)).head(AT_MOST)
        found = [(row, seen) for row, cell in likely.iter_rows() for seen in numbers(cell)]
        for kind, hits in _by_kind(found):
            positions = pl.Series("row", sorted({row for row, _ in hits}), dtype=pl.UInt32)
            filled = int((cells["cell"].str.len_bytes() > 0).sum())
            place = rows.place(table, column, positions)
            shown = [text for _, (text, _) in hits[: 3 if evidence else 0]]
            yield Finding(
                kind=kind, place=place, hits=positions.len(), of=filled,
                evidence=_evidence([seen for _, seen in hits]), masked=samples(shown),
            )  # fmt: skip


def in_passages(passages: Sequence[Passage], *, evidence: bool) -> Iterator[Finding]:
    """One finding for each passage that is not raw; `hits` counts numbers."""
    for number, passage in enumerate(passages):
        found = [] if passage.swept else [(number, seen) for seen in numbers(passage.text)]
        for kind, hits in _by_kind(found):
            seen = [one for _, one in hits]
            shown = [text for text, _ in seen[: 3 if evidence else 0]]
            yield Finding(
                kind=kind, place=passage.place, hits=len(hits), of=len(hits), evidence=_evidence(seen),
                masked=samples(shown),
            )  # fmt: skip


def numbers(text: str) -> list[Seen]:
    """The half-shown numbers of a text, each with its label's kind."""
    found = [(match[1], labels.before(text[: match.start(1)])) for match in _SHOWN.finditer(text)]
    return [(shown, label) for shown, label in found if label or _is_number(shown)]


def _by_kind(found: Sequence[tuple[int, Seen]]) -> Iterator[tuple[str, list[tuple[int, Seen]]]]:
    kinds = sorted(found, key=lambda one: one[1][1] or _NIK)
    yield from ((kind, list(hits)) for kind, hits in groupby(kinds, key=lambda one: one[1][1] or _NIK))


def _evidence(seen: Sequence[Seen]) -> dict[str, float]:
    rounded = sum("E" in shown.upper() for shown, _ in seen) / len(seen)
    forms = {"scientific": rounded, "masked": 1.0 - rounded}
    label = {"header": 1.0} if any(kind for _, kind in seen) else {}
    return {**label, **{form: round(share, 4) for form, share in forms.items() if share}}


def _is_number(shown: str) -> bool:
    """Whether region, length and, as far as it is shown, the date are those of a resident's number."""
    rounded = re.fullmatch(patterns.POWER, shown)
    digits = rounded[1] + (rounded[2] or "") if rounded else shown[: len(shown) - len(shown.lstrip("0123456789"))]
    if len(digits) < _PLACED or (not rounded and len(shown) != patterns.DIGITS):
        return False
    filled = int(digits[: patterns.DIGITS].ljust(patterns.DIGITS, "0"))
    dated = len(digits) < _DATED or bool(fits(pl.Series([filled]))[0])
    level = int(regions.levels()[filled // 10**10])
    return dated and level >= (regions.DISTRICT if len(digits) >= _SEATED else regions.REGENCY)
