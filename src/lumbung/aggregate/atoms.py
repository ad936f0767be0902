"""The pieces that every published number is a sum of: how many residents are of one village, sex and finest category.

The same residents are cut in several ways ("bases"): by piece of age, by religion, by hamlet and broad age, ... Pieces
are never published themselves. What ties the bases to each other, known to whoever reads the tables, are the links:
sums of pieces that are zero for every possible village.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from lumbung.aggregate.policy import Ages, Policy
from lumbung.aggregate.residents import RANGES

UNKNOWN = "tidak_diketahui"
LARGEST_HOUSEHOLD = 6


class Piece(NamedTuple):
    """Which residents are counted. `sex` is L, P, or T where the base does not tell them apart."""

    village: str
    base: str
    hamlet: str
    sex: str
    category: str


@dataclass(slots=True)
class Atoms:
    """The pieces of all villages with their true counts; `links` are sums (piece, factor) that are always zero."""

    pieces: list[Piece] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    links: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    of_base: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def find(self, village: str, base: str, *, sex: str = "T", categories: frozenset[str] | None = None) -> list[int]:
        """The pieces of one base of a village; of both sexes where `sex` is T."""
        found = self.of_base[village, base]
        return [
            index
            for index in found
            if sex in ("T", self.pieces[index].sex)
            and (categories is None or self.pieces[index].category in categories)
        ]


def band(first: int, end: int | None) -> str:
    """The name of the ages [first, end): `00-04`; `75+` without an end."""
    return f"{first:02d}+" if end is None else f"{first:02d}-{end - 1:02d}"


def bands(edges: tuple[int, ...]) -> list[tuple[int, int | None]]:
    """[first, end) between the edges, and the open band after the last."""
    return [*pairwise(edges), (edges[-1], None)]


def within(ages: Ages, first: int, end: int | None) -> frozenset[str]:
    """The names of the pieces of age that make up [first, end)."""
    return frozenset(band(a, b) for a, b in bands(ages.cuts) if a >= first and (end is None or a < end))


def cut(residents: pl.DataFrame, policy: Policy) -> Atoms:
    """Count the pieces of every village of canonical residents, and tie them together. Publishes nothing."""
    atoms = Atoms()
    marked = _mark(residents, policy)
    for (village,), people in sorted(marked.group_by("village"), key=lambda pair: str(pair[0])):
        _count_village(atoms, str(village), people, policy)
    return atoms


def _mark(residents: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    ages, age = policy.ages, pl.col("age")
    ever = pl.when(pl.col("marital").is_not_null()).then(pl.col("marital") >= 2).otherwise(pl.col("ever_married"))
    young = pl.when(age < ages.identity_card).then(pl.lit("muda")).otherwise(pl.lit("dewasa"))
    small = pl.when(age < ages.school_begins).then(pl.lit("kecil")).otherwise(pl.lit("besar"))
    names = [_name(table.column, table.categories).alias(table.name) for table in policy.tables]
    return residents.with_columns(
        _ages(ages.cuts).alias("umur"),
        _ages(ages.broad).alias("dusun"),
        (young + pl.when(ever).then(pl.lit("_pernah")).otherwise(pl.lit("_belum"))).alias("wajib_ktp"),
        small.alias("small"),
        *names,
    ).with_columns(_split_unschooled())


def _ages(edges: tuple[int, ...]) -> pl.Expr:
    oldest = RANGES["age"][1]
    names = {year: band(*edge) for edge in bands(edges) for year in range(edge[0], edge[1] or oldest + 1)}
    return pl.col("age").replace_strict(names, return_dtype=pl.String)


def _name(column: str, categories: dict[str, tuple[int, ...]]) -> pl.Expr:
    codes = {code: name for name, listed in categories.items() for code in listed}
    return pl.col(column).replace_strict(codes, default=UNKNOWN, return_dtype=pl.String).fill_null(UNKNOWN)


def _split_unschooled() -> pl.Expr:
    unschooled = pl.col("pendidikan") == "tidak_belum_sekolah"
    name = pl.col("pendidikan")
    return pl.when(unschooled).then(name + pl.lit(":") + pl.col("small")).otherwise(name).alias("pendidikan")


def _count_village(atoms: Atoms, village: str, people: pl.DataFrame, policy: Policy) -> None:
    pieces = [band(*edge) for edge in bands(policy.ages.cuts)]
    _add(atoms, village, "umur", people, pieces)
    for table in policy.tables:
        names = list(table.categories)
        if table.name == "pendidikan":
            names = ["tidak_belum_sekolah:kecil", "tidak_belum_sekolah:besar", *names[1:]]
        unknown = people[table.name].eq(UNKNOWN).any()
        _add(atoms, village, table.name, people, [*names, UNKNOWN] if unknown else names)
    _add(atoms, village, "wajib_ktp", people, ["muda_pernah", "muda_belum", "dewasa_pernah", "dewasa_belum"])
    broad = [band(*edge) for edge in bands(policy.ages.broad)]
    for hamlet in sorted(people["hamlet"].unique()):
        _add(atoms, village, "dusun", people.filter(pl.col("hamlet") == hamlet), broad, hamlet=hamlet)
    _households(atoms, village, people)
    _tie(atoms, village, people, policy)


def _add(
    atoms: Atoms, village: str, base: str, people: pl.DataFrame, categories: list[str], *, hamlet: str = ""
) -> None:
    counted = {(sex, name): count for sex, name, count in people.group_by("sex", base).len().iter_rows()}
    for sex in ("L", "P"):
        for category in categories:
            _piece(atoms, Piece(village, base, hamlet, sex, category), counted.get((sex, category), 0))


def _piece(atoms: Atoms, piece: Piece, count: int) -> int:
    atoms.pieces.append(piece)
    atoms.counts.append(count)
    atoms.of_base[piece.village, piece.base].append(len(atoms.pieces) - 1)
    return len(atoms.pieces) - 1


def _households(atoms: Atoms, village: str, people: pl.DataFrame) -> None:
    """One head for each household: who is entered as such, else the oldest; sizes up to six and more."""
    by_rank = people.sort(pl.col("relation").fill_null(99) != 1, pl.col("age"), descending=[False, True])
    homes = by_rank.group_by("household", maintain_order=True).agg(pl.col("sex").first(), pl.len().alias("size"))
    sexes = people["sex"]
    for sex in ("L", "P"):
        heads = int((homes["sex"] == sex).sum())
        _piece(atoms, Piece(village, "kepala_keluarga", "", sex, "kepala"), heads)
        _piece(atoms, Piece(village, "kepala_keluarga", "", sex, "anggota"), int((sexes == sex).sum()) - heads)
    for size in range(1, LARGEST_HOUSEHOLD):
        count = int((homes["size"] == size).sum())
        _piece(atoms, Piece(village, "ukuran_keluarga", "", "T", str(size)), count)
    large = homes.filter(pl.col("size") >= LARGEST_HOUSEHOLD)["size"]
    _piece(atoms, Piece(village, "ukuran_keluarga", "", "T", f"{LARGEST_HOUSEHOLD}+"), large.len())
    excess = int(large.sum()) - LARGEST_HOUSEHOLD * large.len()
    _piece(atoms, Piece(village, "kelebihan", "", "T", "anggota"), excess)


def _tie(atoms: Atoms, village: str, people: pl.DataFrame, policy: Policy) -> None:
    ages = policy.ages
    for sex in ("L", "P"):
        mine = people.filter(pl.col("sex") == sex)
        for first, end in bands(ages.broad):
            hamlets = atoms.find(village, "dusun", sex=sex, categories=frozenset({band(first, end)}))
            _link(atoms, plus=hamlets, minus=atoms.find(village, "umur", sex=sex, categories=within(ages, first, end)))
        young = atoms.find(village, "umur", sex=sex, categories=within(ages, 0, ages.identity_card))
        under = atoms.find(village, "wajib_ktp", sex=sex, categories=frozenset({"muda_pernah", "muda_belum"}))
        _link(atoms, plus=under, minus=young)
        _tie_marriage(atoms, village, sex, mine)
        _tie_children(atoms, village, sex, mine, within(ages, 0, ages.school_begins))
    _link(
        atoms,
        plus=atoms.find(village, "ukuran_keluarga"),
        minus=atoms.find(village, "kepala_keluarga", categories=frozenset({"kepala"})),
    )


def _tie_marriage(atoms: Atoms, village: str, sex: str, mine: pl.DataFrame) -> None:
    """Ever married by age is ever married by status, and those whose status nobody wrote down."""
    ever = atoms.find(village, "wajib_ktp", sex=sex, categories=frozenset({"muda_pernah", "dewasa_pernah"}))
    status = atoms.find(village, "perkawinan", sex=sex, categories=frozenset({"kawin", "cerai_hidup", "cerai_mati"}))
    if atoms.find(village, "perkawinan", sex=sex, categories=frozenset({UNKNOWN})):
        unwritten = int((mine["marital"].is_null() & mine["ever_married"]).sum())
        status.append(_piece(atoms, Piece(village, "tak_tercatat", "", sex, "pernah_kawin"), unwritten))
    _link(atoms, plus=ever, minus=status)


def _tie_children(atoms: Atoms, village: str, sex: str, mine: pl.DataFrame, young: frozenset[str]) -> None:
    """Children before school age are those not yet at school, and the few with any other entry."""
    unschooled = atoms.find(village, "pendidikan", sex=sex, categories=frozenset({"tidak_belum_sekolah:kecil"}))
    children = atoms.find(village, "umur", sex=sex, categories=young)
    others = sum(atoms.counts[index] for index in children) - sum(atoms.counts[index] for index in unschooled)
    unschooled.append(_piece(atoms, Piece(village, "kecil_lain", "", sex, "kecil"), others))
    _link(atoms, plus=unschooled, minus=children)


def _link(atoms: Atoms, *, plus: list[int], minus: list[int]) -> None:
    atoms.links.append((*((index, 1) for index in plus), *((index, -1) for index in minus)))
