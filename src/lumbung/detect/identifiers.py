"""Tells the sixteen-digit numbers of a sheet apart: NIK, nomor KK, or nothing to do with residents.

The header decides between NIK and KK; without one, the sex mix and the years do. Eight residents none of whom is a
woman are one chance in 2^8; families are recorded since the late 1990s and their day never has 40 added.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from lumbung.detect import columns, labels, regions, rows, split, stacked
from lumbung.detect.agreement import with_others
from lumbung.detect.census import Counts
from lumbung.detect.chance import at_least
from lumbung.detect.columns import Form
from lumbung.detect.finding import Finding
from lumbung.detect.glued import glued
from lumbung.detect.lexicon import NUMBERS
from lumbung.detect.masking import samples
from lumbung.detect.reduced import LOW, TOP, Short
from lumbung.detect.respelt import SAMPLE, respelt, sample
from lumbung.detect.sheet import Section, Sheet
from lumbung.detect.side_by_side import side_by_side
from lumbung.detect.structure import DATE_SHARE, Structure, fits, temporary, thinned, weigh

ALARM = 0.03
"""More probable than this by chance, and without a header, sixteen digits are just digits. One number with a known
province and a real date (0.029) still counts."""
CLEAR = 1e-6
"""What it takes where a header says that it is another kind of number."""
SERIES = 8
"""So many different numbers without one woman are not residents drawn at random."""
NEARLY_ALL = 0.9
TEMPORARY_SHARE = 0.1 * 0.2
"""Of sixteen digits: the first is 0, and the seventh of the kode desa is 1 or 2; the region share comes on top."""
FIRST_OF_RESIDENTS = 10**15
"""An NPWP of sixteen digits below this begins with 0: an entity's (PMK 112/2022)."""
OTHERS = NUMBERS - {"npwp"} | {"other-id", "count"}
"""Roles of columns whose digits are something else."""
LEAST, MOST_TRIED = 6, 20_000
"""Cells that are tried for a spelling: of one column at least, of all columns at most."""
IDENTIFIERS = ("nik", "nomor-kk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Numbers of one column under one role. `hits` has row, number (null if not whole) and form, ascending by row."""

    column: str
    kind: str
    header: str | None
    hits: pl.DataFrame
    of: int
    chance: float
    evidence: dict[str, float]


def groups(sheet: Sheet, counted: dict[str, Counts], short: dict[str, Short]) -> Iterator[Group]:
    """Every group of numbers of the sheet that is a NIK or a nomor KK. `short` is what `reduced` made of its table."""
    taken: dict[str, list[pl.Series]] = {}
    apart = side_by_side if sheet.table.texts.height > LOW else map
    seen: set[str] = set()
    for found in apart(lambda column: list(_of_column(sheet, column, counted[column], short.get(column))), counted):
        for group in found:
            seen.add(group.column)
            if _needs_no_label(group):
                taken.setdefault(group.column, []).append(group.hits["row"])
            yield group
    yield from _labelled(sheet, counted, taken)
    yield from _in_pieces(sheet, taken)
    rest = [column for column in counted if column not in seen]
    for spelled in apart(
        lambda column: list(_spelled(sheet, column, tried=max(LEAST, min(SAMPLE, MOST_TRIED // len(counted))))), rest
    ):
        yield from spelled


def _needs_no_label(group: Group) -> bool:
    """Whether a label in a cell ("ktp 33...") could make the group no surer: else a bare number beside it would make
    a number that somebody named a doubtful one."""
    seen = group.evidence
    doubted = seen.get("undecided") or seen.get("other-header")
    return bool(seen.get("header")) or (group.hits.height >= SERIES and group.chance <= CLEAR and not doubted)


def _of_column(sheet: Sheet, column: str, counts: Counts, short: Short | None) -> Iterator[Group]:
    sections = [section for section in sheet.sections(column) if section.runs]
    if any(section.role in IDENTIFIERS for section in sections) or columns.promising(counts):
        found = columns.numbers(sheet.table, column, counts, short)
        for section in sections:
            yield from _groups(sheet, column, section, section.cut(found), counts)


def _in_pieces(sheet: Sheet, taken: dict[str, list[pl.Series]]) -> Iterator[Group]:
    """Numbers cut into several columns, none of which is one by itself, or into the rows of one."""
    for run, kind, hits, weighed in chain(split.joined(sheet.table), stacked.stacked(sheet.table)):
        if not any(column in taken for column in run):
            yield Group(
                column=run[0],
                kind=kind or "nik",
                header=None,
                hits=hits,
                of=hits.height,
                chance=weighed.chance,
                evidence={**({"header": 1.0} if kind else {}), **figures(weighed, hits)},
            )


def _spelled(sheet: Sheet, column: str, *, tried: int) -> Iterator[Group]:
    """Numbers that no cell shows, unless its column is spelled out."""
    roles = {section.role: section for section in sheet.sections(column) if section.runs}
    cells = sheet.table.texts[column]
    some = [] if roles.keys() & {*IDENTIFIERS, "npwp"} else sample(cells, tried=tried)
    told = respelt(cells, some=some) or glued(cells, some=some) if some else None
    if told is None:
        return
    hits, weighed = told
    other = {"other-header": 1.0} if roles.keys() & OTHERS else {}
    alike = like_families(weighed)
    if not (other and alike):
        yield Group(
            column=column,
            kind="nomor-kk" if alike else "nik",
            header=None,
            hits=hits,
            of=max(section.filled(cells) for section in roles.values()),
            chance=weighed.chance,
            evidence={**({"undecided": 1.0} if alike else {}), **other, **figures(weighed, hits)},
        )


def _labelled(sheet: Sheet, counted: dict[str, Counts], taken: dict[str, list[pl.Series]]) -> Iterator[Group]:
    """Numbers that only a label beside them names, and that are in no group that is sure without it."""
    height = sheet.table.texts.height
    ends = height if height <= LOW else TOP
    told: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for column in (column for column, counts in counted.items() if counts["labelled"]):
        for there, kind, row, form in labels.lone(sheet.table, column, ends=ends):
            told.setdefault((there, kind), []).append((row, form))
    for (column, kind), pairs in told.items():
        known = {row for rows_taken in taken.get(column, ()) for row in rows_taken}
        new = sorted({pair for pair in pairs if pair[0] not in known})
        if new:
            frame = pl.DataFrame(new, schema={"row": pl.UInt32, "form": pl.UInt8}, orient="row")
            hits = frame.select("row", number=pl.lit(None, dtype=pl.Int64), form="form")
            evidence = {"header": 1.0, **figures(weigh(hits["number"].drop_nulls()), hits)}
            yield Group(
                column=column, kind=kind, header=None, hits=hits, of=hits.height, chance=1.0, evidence=evidence
            )


def finding(sheet: Sheet, group: Group, *, evidence: bool) -> Finding:
    """The group as the outside sees it."""
    row = group.hits["row"]
    positions = row.filter((row != row.shift()).fill_null(True))  # ascending: equal ones are neighbours
    values = sheet.table.texts[group.column].gather(positions.head(3 if evidence else 0))
    return Finding(
        kind=group.kind,
        place=rows.place(sheet.table, group.column, positions, header=group.header),
        hits=group.hits.height,
        of=max(group.of, group.hits.height),
        chance=group.chance,
        evidence=group.evidence,
        masked=samples([str(value) for value in values]),
    )


def _groups(sheet: Sheet, column: str, section: Section, found: pl.DataFrame, counts: Counts) -> Iterator[Group]:
    if section.role in IDENTIFIERS:
        made = [_headed(sheet, column, section, found)]
    elif section.role == "npwp":
        made = [_of_taxpayers(sheet, column, section, found)]
    else:
        made = [_structured(sheet, column, section, found)]
        if counts["masked"] or counts["power"]:
            made.append(_damaged(sheet, column, section))
    yield from (group for group in made if group)


def _headed(sheet: Sheet, column: str, section: Section, found: pl.DataFrame) -> Group | None:
    """Under a NIK or KK header every number of 14 to 17 digits counts, whole or damaged, with a real date or not."""
    hits, of = found, section.filled(sheet.table.texts[column])
    if found.height < of:
        rest = section.cut(columns.filled(sheet.table, column)).join(found, on="row", how="anti")
        hits = pl.concat([found, columns.lenient(rest)]).sort("row")
        hits = columns.fragments(rest) if hits.is_empty() else hits
    if hits.is_empty():
        return None
    weighed = weigh(found["number"])
    return Group(
        column=column,
        kind=str(section.role),
        header=section.text,
        hits=hits,
        of=of,
        chance=weighed.chance,
        evidence={"header": 1.0, **figures(weighed, hits), **with_others(sheet.table, column, hits)},
    )


def _of_taxpayers(sheet: Sheet, column: str, section: Section, found: pl.DataFrame) -> Group | None:
    """Under an NPWP header a resident's number is the NIK; an entity's has 0 and the fifteen digits of old."""
    group = _structured(sheet, column, section, found.filter(pl.col("number") >= FIRST_OF_RESIDENTS))
    return replace(group, kind="nik", evidence={**group.evidence, "header": 1.0}) if group else None


def _structured(sheet: Sheet, column: str, section: Section, found: pl.DataFrame) -> Group | None:
    """Without such a header the numbers must have regions and dates more often than chance has it."""
    weighed = weigh(found["number"])
    series = _is_series(found["number"]) or _have_one_date(weighed)
    chance, flags = _drawn_once(found["number"]) if series else _drawn_each(found["number"], weighed)
    hits = found.filter(flags)
    other = _other(section)
    if hits.is_empty() or chance > (CLEAR if other else ALARM):
        return None
    label = labels.beside(sheet.table, column, hits)
    kind = label or ("nomor-kk" if like_families(weighed) else "nik")
    if other and kind == "nomor-kk" and not label:
        return None
    extra = {"header": 1.0} if label else {"undecided": 1.0} if kind == "nomor-kk" else {}
    extra |= {"series": 1.0} if series else {}
    return Group(
        column=column,
        kind=kind,
        header=section.text,
        hits=hits,
        of=section.filled(sheet.table.texts[column]),
        chance=chance,
        evidence={**extra, **other, **figures(weighed, hits), **with_others(sheet.table, column, hits)},
    )


def _damaged(sheet: Sheet, column: str, section: Section) -> Group | None:
    """A column of masked numbers, or of nothing but E+15 with regencies in front."""
    cells = section.cut(columns.filled(sheet.table, column))
    for form, hits, chance in (columns.masked(cells), columns.rounded(cells)):
        if not hits.is_empty():
            label = labels.beside(sheet.table, column, hits)
            evidence = {**({"header": 1.0} if label else {}), **_other(section), form: 1.0}
            return Group(
                column=column,
                kind=label or "nik",
                header=section.text,
                hits=hits,
                of=cells.height,
                chance=chance,
                evidence=evidence,
            )
    return None


def like_families(weighed: Structure) -> bool:
    """Whether numbers behave like those of family cards: no woman's day among many, and years of recording only."""
    return weighed.hits >= SERIES and weighed.women < 0.02 and weighed.recent >= 0.95


def _have_one_date(weighed: Structure) -> bool:
    """Whether many numbers are all of one region and one date, so that only their last digits differ."""
    return weighed.dates == 1 and SERIES <= weighed.hits == weighed.of


def _is_series(numbers: pl.Series) -> bool:
    """Counters and timestamps, which go up by nearly the same step."""
    if numbers.len() < SERIES:
        return False
    steps = numbers.diff().drop_nulls()
    usual = int(steps.median() or 0)  # type: ignore[arg-type]
    near = (steps - usual).abs() <= abs(usual) // 10
    return usual != 0 and int(near.sum()) >= NEARLY_ALL * steps.len()


def _drawn_each(numbers: pl.Series, weighed: Structure) -> tuple[float, pl.Series]:
    """The chance of so many numbers with region and date, or as OpenSID builds them, and which these are."""
    if weighed.chance <= ALARM:
        return weighed.chance, fits(numbers, level=weighed.level)
    flags = temporary(numbers)
    share = TEMPORARY_SHARE * regions.share(regions.DISTRICT)
    of = weighed.of * thinned(numbers)
    return at_least(numbers.filter(flags).n_unique(), of=of, probability=share), flags


def _drawn_once(numbers: pl.Series) -> tuple[float, pl.Series]:
    """The same where the numbers follow from one another, and so are one draw: nearly all are meant, or none."""
    known = regions.share(regions.DISTRICT)
    dated, counted = fits(numbers, level=regions.DISTRICT), temporary(numbers)
    if int(dated.sum()) >= NEARLY_ALL * numbers.len():
        return known * DATE_SHARE, dated
    return (known * TEMPORARY_SHARE if int(counted.sum()) >= NEARLY_ALL * numbers.len() else 1.0), counted


def _other(section: Section) -> dict[str, float]:
    return {"other-header": 1.0} if section.role in OTHERS else {}


def figures(weighed: Structure, hits: pl.DataFrame) -> dict[str, float]:
    """The evidence of finding.py; a form that does not occur is absent."""
    whole = {
        "structure": weighed.hits / weighed.of if weighed.of else 0.0,
        "district": weighed.districts,
        "sex-mix": weighed.women,
        "recent": weighed.recent,
        "dates": float(weighed.dates),
    }
    counts = dict(hits["form"].value_counts().iter_rows())
    shares = {form.name.lower().replace("_", "-"): counts.get(form, 0) / hits.height for form in Form}
    shares["temporary"] = int(temporary(hits["number"].drop_nulls()).sum()) / hits.height
    forms = {name: round(share, 4) for name, share in shares.items() if share and name != "plain"}
    return {**({name: round(value, 4) for name, value in whole.items()} if weighed.of else {}), **forms}
