"""The chart that fits a table: chosen from the shape of its columns, changed by whoever looks, added up here.

Four shapes are known: age by sex is a pyramid; plan beside realisation is pairs of bars; a figure over years or months
is a line; a figure by name is bars. Anything else has no chart. Nothing that does not belong together is added up:
rows of another year, table or unit are left out (a `Pin`), rows that are totals themselves are left out, shares and
indices are averaged, and a sum in which a figure is missing or hidden is missing, too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import polars as pl

from lumbung.portal.catalogue.columns import Column, Role, columns_of

MOST_BARS = 30
MOST_POINTS = 400
MOST_SERIES = 8
MOST_MEASURES = 4
MOST_CHOICES = 60  # of a pin
MOST_LABELS = 20_000  # distinct texts of a column that may still name bars
TOTAL = re.compile(r"(?i)^\s*(jumlah|total|semua|keseluruhan|t|l\s*\+\s*p|laki-laki (dan|\+) perempuan)\b[\s.:]*$")
TOTAL_NAME = re.compile(r"\b(jumlah|total|nilai)\b")
PLAN = re.compile(r"\b(rencana|anggaran|target|pagu|sasaran)\b")
DONE = re.compile(r"\b(realisasi|capaian|terealisasi)\b")
MEN = re.compile(r"\b(laki laki|laki|pria)$|^l$")
WOMEN = re.compile(r"\b(perempuan|wanita)$|^p$")
ABOVE_ALL = r"(?i)^\s*(kabupaten|kota|provinsi)\b"  # one such row among districts or villages is their sum
PREFERRED = re.compile(r"(?i)^(umur|desa)$")  # of a statistics table by Lumbung itself
FIRST_NUMBER = re.compile(r"\d+")
BEFORE_ALL = re.compile(r"(?i)^\s*(<|kurang|di bawah)")


class Kind(StrEnum):
    """How it is drawn; the word stands in the address."""

    BARS = "batang"
    LINE = "garis"
    PYRAMID = "piramida"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A column of which the chart shows one value alone; "" shows all of them together. `choices` are its values."""

    name: str
    value: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is drawn: figures (`measures`) along `x`, one series for each value of `series` where it names a column."""

    kind: Kind
    x: str
    measures: tuple[str, ...]
    series: str = ""
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures ready to draw. `values[s][i]` belongs to `names[s]` and `labels[i]`; None is missing or hidden.

    `of` is how many labels there are, of which the largest are shown; `averaged` says that figures are means.
    """

    plan: Plan
    labels: list[str]
    names: list[str]
    values: list[list[float | None]]
    of: int
    averaged: bool
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The columns that a chart can use, by their work. `distinct` counts the values of those that are no measures."""

    measures: list[Column]
    dimensions: list[Column]
    distinct: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def of_role(self, *roles: Role) -> list[Column]:
        """The dimensions of these roles that tell rows apart."""
        return [one for one in self.dimensions if one.role in roles and self.distinct.get(one.name, 2) > 1]


def may_have_chart(columns: Sequence[Column]) -> bool:
    """Whether a chart is worth asking for, by the names of the columns alone."""
    roles = {column.role for column in columns}
    return Role.MEASURE in roles and bool(roles & {Role.LABEL, Role.YEAR, Role.PERIOD, Role.AGE, Role.SEX})


def shape_of(table: pl.LazyFrame) -> Shape:
    """Look at the whole table once, counting the values of every column that is no measure."""
    columns = columns_of(table.collect_schema())
    dimensions = [one for one in columns if one.role not in (Role.MEASURE, Role.POSITION, Role.CODE)]
    counts = table.select(pl.len().alias(""), *(pl.col(one.name).n_unique() for one in dimensions)).collect()
    distinct = {name: int(column.item()) for name, column in zip(counts.columns, counts, strict=True)}
    rows = distinct.pop("")
    measures = [one for one in columns if one.role is Role.MEASURE]
    return Shape(measures=measures, dimensions=dimensions, distinct=distinct, rows=rows)


def chosen(shape: Shape) -> Plan | None:
    """The chart that the shape asks for; None where none fits."""
    if not shape.measures or not shape.rows:
        return None
    return _pyramid(shape) or _paired(shape) or _over_time(shape) or _by_name(shape)


def changed(
    plan: Plan, shape: Shape, *, kind: str = "", x: str = "", measures: Sequence[str] = (), series: str | None = None
) -> Plan:
    """The plan with what somebody chose instead; what the table does not have is left as it was."""
    figures = {column.name for column in shape.measures}
    names = {column.name for column in shape.dimensions}
    kept = tuple(dict.fromkeys(name for name in measures if name in figures))[:MOST_MEASURES] or plan.measures
    along = x if x in names else plan.x
    split = plan.series if series is None else series if series in names else ""
    split = "" if split == along or len(kept) > 1 else split
    drawn = Kind(kind) if kind in set(Kind) else plan.kind
    if drawn is Kind.PYRAMID and not split and len(kept) != 2:
        drawn = Kind.BARS
    return replace(plan, kind=drawn, x=along, measures=kept, series=split)


def pinned(plan: Plan, shape: Shape, table: pl.LazyFrame, *, asked: dict[str, str]) -> Plan:
    """The plan with a pin for every further column that tells rows apart; `asked` names values that somebody chose."""
    used = {plan.x, plan.series}
    roles = (Role.YEAR, Role.PERIOD, Role.KIND, Role.SEX, Role.AGE, Role.LABEL)
    pins: list[Pin] = []
    for column in shape.of_role(*roles):
        if column.name in used or shape.distinct[column.name] > MOST_CHOICES:
            continue
        narrowed = table.filter(*(pl.col(pin.name).cast(pl.String) == pin.value for pin in pins if pin.value))
        values = narrowed.select(pl.col(column.name).cast(pl.String).drop_nulls().unique(maintain_order=True))
        choices = values.collect().to_series().to_list()
        told = _told(narrowed, column, plan.measures) if column.role is Role.YEAR else ""
        pin = _pin(column, choices, asked.get(column.name), told=told)
        if len(pin.choices) > 1 and (column.role is Role.KIND or not _tells_nothing_more(narrowed, plan, column)):
            pins.append(pin)
    return replace(plan, pins=tuple(pins))


def drawn(plan: Plan, table: pl.LazyFrame) -> Chart:
    """Add up what the plan asks for. The largest bars are kept where there are too many."""
    columns = {column.name: column for column in columns_of(table.collect_schema())}
    narrowed = table.filter(*(pl.col(pin.name).cast(pl.String) == pin.value for pin in plan.pins if pin.value))
    by = [name for name in (plan.x, plan.series) if name]
    kept = narrowed.filter(*(_no_total(columns[name]) for name in by))
    if not columns[plan.x].numeric:
        kept = _without_the_whole(kept, plan.x)
    averaged = any(columns[name].rate for name in plan.measures)
    figures = [_together(name, rate=columns[name].rate) for name in plan.measures]
    grouped = kept.group_by(by, maintain_order=True).agg(*figures, pl.len().alias("#")).collect()
    averaged = averaged and bool((grouped["#"] > 1).any())
    names, wide = _side_by_side(plan, grouped.drop("#"))
    wide, of = _ordered(plan, columns[plan.x], wide)
    values = [[None if cell is None else float(cell) for cell in wide[name]] for name in wide.columns[1:]]
    gaps = sum(cell is None for series in values for cell in series)
    labels = [_text(cell) for cell in wide[plan.x]]
    return Chart(plan=plan, labels=labels, names=names, values=values, of=of, averaged=averaged, gaps=gaps)


def _pyramid(shape: Shape) -> Plan | None:
    ages, sexes = shape.of_role(Role.AGE), shape.of_role(Role.SEX)
    men = next((one for one in shape.measures if MEN.search(one.plain)), None)
    women = next((one for one in shape.measures if WOMEN.search(one.plain)), None)
    if ages and men and women:
        return Plan(kind=Kind.PYRAMID, x=ages[0].name, measures=(men.name, women.name))
    if ages and sexes:
        return Plan(kind=Kind.PYRAMID, x=ages[0].name, measures=(_main(shape).name,), series=sexes[0].name)
    named = {one.plain: one.name for one in shape.dimensions}
    if sexes and {"tabel", "kategori"} <= set(named):  # the statistics that Lumbung makes of a register
        return Plan(kind=Kind.PYRAMID, x=named["kategori"], measures=(_main(shape).name,), series=sexes[0].name)
    return None


def _paired(shape: Shape) -> Plan | None:
    planned = next((one for one in shape.measures if PLAN.search(one.plain)), None)
    done = next((one for one in shape.measures if DONE.search(one.plain)), None)
    along = _label(shape) or next(iter(shape.of_role(Role.YEAR)), None)
    if not planned or not done or not along:
        return None
    return Plan(kind=Kind.BARS, x=along.name, measures=(planned.name, done.name))


def _over_time(shape: Shape) -> Plan | None:
    moments = shape.of_role(Role.PERIOD) or shape.of_role(Role.YEAR)
    if not moments or (len(moments) == 1 and shape.distinct[moments[0].name] < 3 and shape.of_role(Role.LABEL)):
        return None
    labels = [one for one in shape.of_role(Role.LABEL) if shape.distinct[one.name] <= MOST_SERIES]
    series = labels[-1].name if labels else ""
    return Plan(kind=Kind.LINE, x=moments[0].name, measures=(_main(shape).name,), series=series)


def _by_name(shape: Shape) -> Plan | None:
    along = _label(shape) or next(iter(shape.of_role(Role.AGE, Role.SEX, Role.YEAR)), None)
    if along is None:
        return None
    plan = Plan(kind=Kind.BARS, x=along.name, measures=(_main(shape).name,))
    others = [one for one in shape.of_role(Role.LABEL, Role.SEX) if one.name != along.name]
    few = [one for one in others if shape.distinct[one.name] <= MOST_SERIES]
    alone = shape.distinct[along.name] >= shape.rows
    return plan if alone or not few else replace(plan, series=few[-1].name)


def _label(shape: Shape) -> Column | None:
    """The column of names: the one with most values that still are few enough to name bars."""
    labels = [one for one in shape.of_role(Role.LABEL) if shape.distinct[one.name] <= MOST_LABELS]
    return max(labels, key=lambda one: shape.distinct[one.name], default=None)


def _main(shape: Shape) -> Column:
    """The figure that stands for the table: its total where it has one."""
    whole = [one for one in shape.measures if TOTAL_NAME.search(one.plain) and not one.rate]
    return (whole or shape.measures)[0]


def _told(table: pl.LazyFrame, column: Column, measures: Sequence[str]) -> str:
    """The newest year in which every figure says something: next year's plan has no realisation yet. "" for none."""
    said = table.group_by(pl.col(column.name)).agg(pl.col(name).is_not_null().any() for name in measures)
    full = said.filter(pl.all_horizontal(measures)).select(pl.col(column.name).max().cast(pl.String)).collect()
    return str(full.item() or "")


def _pin(column: Column, values: list[str], asked: str | None, *, told: str) -> Pin:
    """What is asked for; else the year that is `told`, the first of several tables, and all of anything else."""
    choices = tuple(sorted(values, reverse=True) if column.role is Role.YEAR else values)
    if asked is not None and (asked in choices or (asked == "" and column.role is not Role.KIND)):
        return Pin(name=column.name, value=asked, choices=choices)
    preferred = told if told in choices else next((one for one in choices if PREFERRED.match(one)), "")
    first = column.role in (Role.YEAR, Role.KIND)
    totals = next((one for one in choices if TOTAL.match(one)), "")
    return Pin(
        name=column.name, value=preferred or totals or (choices[0] if first and choices else ""), choices=choices
    )


def _tells_nothing_more(table: pl.LazyFrame, plan: Plan, column: Column) -> bool:
    """Whether the column says the same for all rows of a label: a district named beside each of its villages."""
    by = [name for name in (plan.x, plan.series) if name]
    most = table.group_by(by).agg(pl.col(column.name).n_unique()).select(pl.col(column.name).max()).collect().item()
    return most is not None and most <= 1


def _no_total(column: Column) -> pl.Expr:
    """Rows that are the sum of the others are no bar beside them; a row without a name is not drawn."""
    cell = pl.col(column.name)
    named = cell.cast(pl.String)  # yes and no, or days, may name bars as well
    return cell.is_not_null() if column.numeric else cell.is_not_null() & ~named.str.contains(TOTAL.pattern)


def _without_the_whole(table: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Without the row of the regency itself, where it stands among its districts or villages."""
    cell = pl.col(name).cast(pl.String)
    whole = cell.str.contains(ABOVE_ALL)
    counts = table.select(cell.filter(whole).n_unique().alias("whole"), cell.n_unique().alias("all")).collect()
    alone = counts["whole"].item() == 1 and counts["all"].item() > 2
    return table.filter(~whole) if alone else table


def _together(name: str, *, rate: bool) -> pl.Expr:
    """Several figures as one. Where one is missing the whole is missing: a sum of the rest would be too small."""
    cell = pl.col(name)
    whole = cell.mean() if rate else cell.sum()
    return pl.when(cell.null_count() > 0).then(None).otherwise(whole).alias(name)


def _side_by_side(plan: Plan, grouped: pl.DataFrame) -> tuple[list[str], pl.DataFrame]:
    """One column for each series, after the column of labels; the largest series where there are too many."""
    if not plan.series:
        return list(plan.measures), grouped
    measure = plan.measures[0]
    largest = grouped.group_by(plan.series, maintain_order=True).agg(pl.col(measure).sum())
    kept = set(largest.top_k(MOST_SERIES, by=measure)[plan.series].to_list())
    order = [name for name in largest[plan.series].to_list() if name in kept]
    names = [_text(name) for name in order]
    pairs = grouped.filter(pl.col(plan.series).is_in(order))
    labels = pairs.select(pl.col(plan.x).unique(maintain_order=True))
    for number, name in enumerate(order):
        one = pairs.filter(pl.col(plan.series) == name).select(plan.x, pl.col(measure).alias(f"#{number}"))
        labels = labels.join(one, on=plan.x, how="left", maintain_order="left")
    return names, labels


def _ordered(plan: Plan, column: Column, wide: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Years by number, ages by their first number, names by size; all else as the table has it."""
    of, first = wide.height, wide.columns[1] if wide.width > 1 else ""
    if column.role is Role.YEAR:
        return wide.sort(plan.x).tail(MOST_POINTS), of
    if plan.kind is Kind.PYRAMID or column.role is Role.AGE:
        ages = sorted(range(of), key=lambda row: _age(_text(wide[plan.x][row])))
        return wide[ages].head(MOST_POINTS), of
    if plan.kind is Kind.LINE or column.role is Role.PERIOD:
        return wide.tail(MOST_POINTS), of
    return wide.sort(first, descending=True, nulls_last=True, maintain_order=True).head(MOST_BARS), of


def _age(label: str) -> tuple[int, int]:
    found = FIRST_NUMBER.search(label)
    return (int(found[0]) if found else 999, 0 if BEFORE_ALL.match(label) else 1)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
