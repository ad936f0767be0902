"""The joint system: every published or publishable number of all tables, levels and releases as one sum of pieces.

Rows are sums. A `fixed` row is known to everybody whatever is decided: links between bases (zero), populations by sex,
numbers that an earlier release of the same period has printed. Every other row can be printed or hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lumbung.aggregate.atoms import Atoms, Piece
from lumbung.aggregate.tables import Area, Cell

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sum of pieces (piece, factor) and what it comes to. `name` says which population it is, if any."""

    terms: Terms
    value: int
    fixed: bool
    name: str = ""


@dataclass(slots=True)
class System:
    """All rows, each sum once; `row_of` says which row a cell is (two cells may be the same sum)."""

    pieces: list[Piece]
    rows: list[Row] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    _seen: dict[Terms, int] = field(default_factory=dict)

    def add(self, row: Row) -> int:
        """The number of this row, or of the one that is the same sum (which becomes fixed if this one is)."""
        number = self._seen.setdefault(row.terms, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        elif row.fixed and not self.rows[number].fixed:
            self.rows[number] = row
        return number


def assemble(atoms: Atoms, villages: Iterable[Area], cells: Iterable[Cell], *, fixed: frozenset[str]) -> System:
    """The system of these cells; cells whose key is in `fixed` have been printed before and cannot be hidden."""
    system = System(pieces=atoms.pieces)
    for link in atoms.links:
        if link:
            system.add(Row(tuple(sorted(link)), 0, True))
    for area in villages:
        _populations(system, atoms, area.code)
    for cell in cells:
        terms = tuple((index, 1) for index in sorted(cell.atoms))
        system.row_of[cell.key] = system.add(Row(terms, cell.value, cell.key in fixed))
    return system


def _populations(system: System, atoms: Atoms, village: str) -> None:
    """Residents by sex are known, and are the sum of every base that counts residents."""
    apart = {"dusun", "ukuran_keluarga", "kelebihan", "kecil_lain", "tak_tercatat"}
    bases = [base for code, base in atoms.of_base if code == village and base not in apart]
    for sex in ("L", "P"):
        for base in bases:
            found = atoms.find(village, base, sex=sex)
            value = sum(atoms.counts[index] for index in found)
            system.add(Row(tuple((index, 1) for index in found), value, True, f"{village}/penduduk/{sex}"))
    sizes = atoms.find(village, "ukuran_keluarga")
    factors = [int(atoms.pieces[index].category.rstrip("+")) for index in sizes]
    terms = (*zip(sizes, factors, strict=True), *((index, 1) for index in atoms.find(village, "kelebihan")))
    value = sum(atoms.counts[index] * factor for index, factor in terms)
    system.add(Row(tuple(terms), value, True, f"{village}/penduduk/T"))


def components(count: int, sums: Iterable[Sequence[int]]) -> list[int]:
    """For each of `count` pieces the number of its component: pieces that share a sum are in one."""
    parent = list(range(count))

    def root(piece: int) -> int:
        while parent[piece] != piece:
            parent[piece] = parent[parent[piece]]
            piece = parent[piece]
        return piece

    for pieces in sums:
        for piece in pieces[1:]:
            parent[root(piece)] = root(pieces[0])
    names: dict[int, int] = {}
    return [names.setdefault(root(piece), len(names)) for piece in range(count)]
