"""Most of a regency's tables are figures per district. A Plan says which; `laid_out` makes the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from lumbung.invent.regency import NAME, Regency, share_out
from lumbung.invent.sheet import Cell, Row, Sheet
from lumbung.invent.tables.statistic import Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A column. With `total`, whole numbers that add up to it; with `mean`, figures of two decimals around it."""

    label: str
    total: int = 0
    mean: float = 0.0

    def figures(self, weights: Sequence[float], random: Random) -> list[float]:
        """One for each district."""
        if self.total:
            return [*share_out(self.total, [weight * random.uniform(0.6, 1.4) for weight in weights])]
        return [round(self.mean * random.uniform(0.85, 1.12), 2) for _ in weights]

    def whole(self, figures: Sequence[float]) -> float:
        """What the bottom line says: the sum, or the plain mean of the districts."""
        return sum(figures) if self.total else round(sum(figures) / len(figures), 2)


def totals(text: str) -> tuple[Measure, ...]:
    """Columns with their regency totals, as "Padi 61200, Jagung 12040"."""
    pairs = (item.strip().rsplit(" ", 1) for item in text.split(","))
    return tuple(Measure(label=label, total=int(number)) for label, number in pairs)


def means(text: str) -> tuple[Measure, ...]:
    """Columns of rates with their means, as "APK SD 101.2, APM SD 94.8"."""
    pairs = (item.strip().rsplit(" ", 1) for item in text.split(","))
    return tuple(Measure(label=label, mean=float(number)) for label, number in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`shape` is how the agency lays its table out: plain, titled, or long (one row for each figure)."""

    title: str
    about: str
    theme: str
    office: str
    unit: str
    measures: tuple[Measure, ...]
    shape: str = "plain"
    format: str = "xlsx"
    year: int = 2023
    frequency: str = "tahunan"


def laid_out(plan: Plan, regency: Regency) -> Statistic:
    """The dataset of a plan, the same each time."""
    random = Random(plan.title)  # noqa: S311 - the same title must give the same figures
    columns = [measure.figures(regency.weights, random) for measure in plan.measures]
    shapes = {"plain": _plain, "titled": _titled, "long": _long}
    return Statistic(
        title=f"{plan.title} {plan.year}",
        description=f"{plan.about} Dirinci menurut kecamatan di {NAME}.",
        theme=plan.theme,
        office=plan.office,
        period=f"Tahun {plan.year}",
        source=f"Rekapitulasi {plan.office} {NAME}, {plan.year}",
        unit=plan.unit,
        frequency=plan.frequency,
        sheets=(shapes[plan.shape](plan, regency, columns),),
        format=plan.format,
    )


def _body(regency: Regency, columns: Sequence[Sequence[float]]) -> list[Row]:
    return [
        (district.kode, district.name, *(column[index] for column in columns))
        for index, district in enumerate(regency.districts)
    ]


def _plain(plan: Plan, regency: Regency, columns: Sequence[Sequence[float]]) -> Sheet:
    header: Row = ("kode_kecamatan", "nama_kecamatan", *(measure.label for measure in plan.measures))
    return Sheet(name="Data", rows=(header, *_body(regency, columns)))


def _titled(plan: Plan, regency: Regency, columns: Sequence[Sequence[float]]) -> Sheet:
    header: Row = ("Kode", "Kecamatan", *(measure.label for measure in plan.measures))
    bottom: list[Cell] = [measure.whole(column) for measure, column in zip(plan.measures, columns, strict=True)]
    rows: tuple[Row, ...] = (
        (f"{plan.title.upper()} MENURUT KECAMATAN",),
        (f"{NAME.upper()}, {plan.year}",),
        (),
        header,
        *_body(regency, columns),
        (None, NAME, *bottom),
    )
    return Sheet(name="Tabel", rows=rows, head=4)


def _long(plan: Plan, regency: Regency, columns: Sequence[Sequence[float]]) -> Sheet:
    rows = [
        (plan.year, district.kode, district.name, measure.label, column[index], plan.unit)
        for index, district in enumerate(regency.districts)
        for measure, column in zip(plan.measures, columns, strict=True)
    ]
    return Sheet(name="Data", rows=(("tahun", "kode_kecamatan", "kecamatan", "rincian", "nilai", "satuan"), *rows))
