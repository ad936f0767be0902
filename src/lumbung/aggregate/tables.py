"""Cells: the numbers a release may print, each a sum of pieces, for every area and table of the plan."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lumbung.aggregate.atoms import UNKNOWN, Atoms
from lumbung.aggregate.plan import Plan, Way
from lumbung.aggregate.policy import Policy

LEVELS = ("hamlet", "village", "district", "regency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where people are counted. `code` is the kode wilayah; a hamlet has its village's and its own name."""

    level: str
    code: str
    hamlet: str
    villages: tuple[str, ...]

    @property
    def key(self) -> str:
        """One word for the area in keys of cells."""
        return f"{self.code}#{self.hamlet}" if self.level == "hamlet" else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number of one table: which pieces it is the sum of, and (secret until decided) its value."""

    area: Area
    table: str
    sex: str
    category: str
    k: int
    zeros: bool
    atoms: tuple[int, ...]
    value: int

    @property
    def key(self) -> str:
        """Stable from release to release: area/table/sex/category."""
        return f"{self.area.key}/{self.table}/{self.sex}/{self.category}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of one area in the step that was chosen (0 is the finest), or left out (None).

    A frozen one is not printed, because it hardly changed since it was; what is in it is protected all the same.
    """

    area: Area
    plan: Plan
    step: int | None
    cells: tuple[Cell, ...]
    frozen: bool = False


def areas(atoms: Atoms, policy: Policy) -> list[Area]:
    """Hamlets and villages, and the districts and regencies that have enough villages to hide one."""
    found, districts, regencies = [], defaultdict(list), defaultdict(list)
    for village in sorted({piece.village for piece in atoms.pieces}):
        hamlets = sorted({atoms.pieces[index].hamlet for index in atoms.find(village, "dusun")})
        named = [hamlet for hamlet in hamlets if hamlet]
        found += [Area(level="hamlet", code=village, hamlet=name, villages=(village,)) for name in named]
        found.append(Area(level="village", code=village, hamlet="", villages=(village,)))
        districts[village.rsplit(".", 1)[0]].append(village)
        regencies[village.rsplit(".", 2)[0]].append(village)
    for level, groups in (("district", districts), ("regency", regencies)):
        for code, villages in groups.items():
            alone = level == "regency" and len({village.rsplit(".", 1)[0] for village in villages}) == 1
            if len(villages) >= policy.limits.smallest_rollup and not alone:
                found.append(Area(level=level, code=code, hamlet="", villages=tuple(villages)))
    return found


def lay(atoms: Atoms, area: Area, plan: Plan, *, first: int, bearable: Callable[[tuple[Cell, ...]], bool]) -> Table:
    """The table in its first step from `first` on that is bearable; without cells where none is."""
    for number, way in list(enumerate(plan.ways))[first:]:
        cells = _cells(atoms, area, plan, way)
        if cells and bearable(cells):
            return Table(area=area, plan=plan, step=number, cells=cells)
    return Table(area=area, plan=plan, step=None, cells=())


def _cells(atoms: Atoms, area: Area, plan: Plan, way: Way) -> tuple[Cell, ...]:
    groups = list(way.groups)
    unknown = (atoms.find(village, plan.base, categories=frozenset({UNKNOWN})) for village in area.villages)
    if plan.partition and any(unknown):
        groups.append((UNKNOWN, frozenset({UNKNOWN})))
    cells = []
    for category, names in groups:
        for sex in way.sexes:
            found = tuple(_find(atoms, area, plan.base, sex, names))
            zeros = plan.zeros and category != UNKNOWN
            value = sum(atoms.counts[index] for index in found)
            cell = Cell(
                area=area,
                table=plan.name,
                sex=sex,
                category=category,
                k=plan.k,
                zeros=zeros,
                atoms=found,
                value=value,
            )
            cells.append(cell)
    return tuple(cells)


def _find(atoms: Atoms, area: Area, base: str, sex: str, names: frozenset[str]) -> list[int]:
    found = [index for village in area.villages for index in atoms.find(village, base, sex=sex, categories=names)]
    if area.level == "hamlet":
        return [index for index in found if atoms.pieces[index].hamlet == area.hamlet]
    return found
