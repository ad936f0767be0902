"""Searches loose text: comments, properties, file and sheet names, and the raw parts that nobody could read as cells.

Raw text is searched for NIK and nomor KK only, as whole words of sixteen digits with at most a label glued to their
front, and a hit has to be rarer by chance, given how many runs of sixteen digits the part holds: binary data is full
of digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from lumbung.detect import columns, e_mail, half_shown, labels, nik, nomor_kk, patterns, phone, regions
from lumbung.detect.disguise import plain
from lumbung.detect.finding import Finding
from lumbung.detect.glued import glued
from lumbung.detect.identifiers import ALARM, figures, like_families
from lumbung.detect.masking import samples
from lumbung.detect.respelt import SAMPLE, sample
from lumbung.detect.structure import Structure, fits, weigh
from lumbung.document import Passage

SWEPT_ALARM = 0.005
"""A single number in raw text must at least name a known regency."""
_RUN = r"[0-9A-Za-z_.,+\-]{15,}"
_LED = r"^(?:[A-Za-z]{1,12}[_.\-]{0,2})?([0-9]{16})(?:(?:[_\-][0-9A-Za-z_\-]{1,40})?\.[A-Za-z][0-9A-Za-z]{1,4})?$"
"""Words glued to the front of a number: `nik_3308...` as a name, `&L3308...` in the codes of a page header. Behind it
what ends the name of a file: `3308....jpg`, `3308...-2.jpg`."""
_LONGER = re.compile(r"[0-9]{17,160}")
_WIDE_RUN = r"(?:[0-9]\x00){16,}"
_SHOWN = 3
_CONTACTS = (
    (phone.KIND, patterns.MOBILE, phone.OFFICE),
    (e_mail.KIND, e_mail.ADDRESS, e_mail.OFFICE),
)


def search(passages: Sequence[Passage], *, evidence: bool) -> Iterator[Finding]:
    """Findings of all kinds but tables, passage by passage."""
    passages = [replace(passage, text=plain(passage.text)) for passage in passages]
    for swept in (False, True):
        chosen = [passage for passage in passages if _is_raw(passage) == swept and passage.text]
        for part in dict.fromkeys(passage.place.part for passage in chosen):
            own = [one for one in chosen if one.place.part == part]
            yield from _numbers(own, swept=swept, evidence=evidence)
            yield from _glued([] if swept else own, evidence=evidence)
    yield from half_shown.in_passages(passages, evidence=evidence)
    for passage in passages:
        if not passage.swept:
            yield from _contacts(passage, evidence=evidence)


def _is_name(passage: Passage) -> bool:
    """Whether the text is what a file, a member of a package or a sheet is called."""
    part = passage.place.part or ""
    return part == "nama berkas" or part.endswith("(nama bagian)") or passage.text == passage.place.sheet


def _is_raw(passage: Passage) -> bool:
    return passage.swept and not _is_name(passage)


def _numbers(passages: list[Passage], *, swept: bool, evidence: bool) -> Iterator[Finding]:
    """The passages of one part are weighed together, and reported one by one."""
    cells = pl.DataFrame({"cell": [passage.text for passage in passages]}).with_row_index("row")
    found = _raw(cells) if swept else columns.loose(cells)
    if found.is_empty():
        return
    together = weigh(found["number"])
    certain = together.chance <= (SWEPT_ALARM if swept else ALARM)
    for (row,), own in found.group_by("row", maintain_order=True):
        passage = passages[int(str(row))]
        hits = own.filter(fits(own["number"], level=together.level)) if certain else own.clear()
        label = None if swept else _label(passage.text, own)
        if label or hits.height:
            chosen = own if label else hits
            yield _finding(passage, chosen, of=own.height, weighed=together, label=label, evidence=evidence)


def _glued(passages: list[Passage], *, evidence: bool) -> Iterator[Finding]:
    """Numbers inside longer digits, of all passages of one part together, as of a column."""
    runs = [(row, run) for row, passage in enumerate(passages) for run in _LONGER.findall(passage.text)]
    cells = pl.Series([run for _, run in runs], dtype=pl.String)
    told = glued(cells, some=sample(cells, tried=SAMPLE)) if runs else None
    if told:
        hits, weighed = told
        of_passage = pl.Series([row for row, _ in runs], dtype=pl.UInt32).gather(hits["row"])
        for (row,), own in hits.with_columns(row=of_passage).group_by("row", maintain_order=True):
            passage = passages[int(str(row))]
            yield _finding(passage, own, of=own.height, weighed=weighed, label=None, evidence=evidence)


def _finding(
    passage: Passage, hits: pl.DataFrame, *, of: int, weighed: Structure, label: str | None, evidence: bool
) -> Finding:
    alike = label is None and like_families(weigh(hits["number"]))
    kind = label or (nomor_kk.KIND if alike else nik.KIND)
    district = bool(fits(hits["number"], level=regions.DISTRICT).any())
    marks = {
        "header": label is not None,
        "undecided": alike,
        "swept": passage.swept,
        "in-name": _is_name(passage) and district,
    }
    shown = [f"{number:016}" for number in hits["number"].head(_SHOWN if evidence else 0)]
    return Finding(
        kind=kind,
        place=passage.place,
        hits=hits.height,
        of=of,
        chance=weighed.chance,
        evidence={**{mark: 1.0 for mark, is_so in marks.items() if is_so}, **figures(weigh(hits["number"]), hits)},
        masked=samples(shown),
    )


def _label(text: str, own: pl.DataFrame) -> str | None:
    """The kind that the words before the first number give it."""
    start = text.find(f"{own['number'][0]:016}"[:6])
    return labels.before(text[:start]) if start > 0 else None


def _raw(cells: pl.DataFrame) -> pl.DataFrame:
    """Whole tokens of sixteen digits, floats of that size, and sixteen digits in two-byte letters."""
    runs = cells.select("row", cell=pl.col("cell").str.extract_all(_RUN)).explode("cell").drop_nulls("cell")
    tokens = runs.with_columns(pl.col("cell").str.split(",")).filter(~_decimal()).explode("cell")
    tokens = tokens.with_columns(pl.col("cell").str.replace(_LED, "$1"))
    wide = cells.select("row", cell=pl.col("cell").str.extract_all(_WIDE_RUN)).explode("cell").drop_nulls("cell")
    wide = wide.with_columns(pl.col("cell").str.replace_all("\x00", "", literal=True))
    plain = columns.exact(pl.concat([tokens, wide]))
    return pl.concat([plain, columns.packed(cells)]).sort("row")


def _decimal() -> pl.Expr:
    """Two pieces with a few figures before the comma are one number, as 110,1234567890123456; others are a list."""
    pieces = pl.col("cell").list
    return (pieces.len() == 2) & pieces.first().str.contains(r"^-?[0-9]{1,3}$")


def _contacts(passage: Passage, *, evidence: bool) -> Iterator[Finding]:
    text = pl.Series([passage.text])  # in an engine without backtracking: a run of letters may be as long as the file
    for kind, pattern, office in _CONTACTS:
        found = text.str.extract_all(pattern).explode().drop_nulls()
        if not found.is_empty():
            offices = int(found.str.contains(office).sum())
            yield Finding(
                kind=kind,
                place=passage.place,
                hits=found.len(),
                of=found.len(),
                evidence={"office": round(offices / found.len(), 4), "distinct": float(found.n_unique())},
                masked=samples(found.head(_SHOWN if evidence else 0).to_list()),
            )
