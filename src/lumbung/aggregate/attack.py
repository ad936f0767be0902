"""The independent audit: what somebody with the whole package and a solver can work out.

Shares no line with the protector. It reads the tables as published, and builds a system of its own: every single
year of age of both sexes is an unknown (the protector knows only broader pieces), every category of every table, the
members of every hamlet, marriages before seventeen, children before school, sizes of families. Then it asks how low
and how high every secret can be. `secrets` says, in these unknowns, what must stay open; only the audit has that.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import highspy
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lumbung.aggregate.release import Release

Unknown = tuple[str, ...]
Sum = dict[Unknown, float]
OLDEST = 75
TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """What everybody knows of a village without any table: its hamlets, and the categories each table has."""

    hamlets: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A sum of unknowns for which `low` or less and `high` or more must both be possible."""

    name: str
    sum: Sum
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the audit is told: the public facts about the villages, and what must stay open."""

    villages: Mapping[str, Village]
    listed: tuple[Secret, ...]


class Unfinished(RuntimeError):
    """The attacker's solver did not come to an end: nothing is known, so nothing may be published."""


def attack(folder: Path, told: Secrets) -> list[str]:
    """The names of the secrets that the package gives away. Raise Unfinished where the solver stops."""
    return [
        secret.name
        for secret, (least, most) in zip(told.listed, intervals(folder, told, early=True), strict=True)
        if least > secret.low + TOLERANCE or most < secret.high - TOLERANCE
    ]


def intervals(folder: Path, told: Secrets, *, early: bool) -> list[tuple[float, float]]:
    """How low and how high each secret can be; with `early` only as far as its marks ask."""
    rows = [*_common(told.villages), *_published(folder, told.villages)]
    found: dict[str, tuple[float, float]] = {}
    for part in _parts(rows, told.listed):
        found |= part.search(early=early)
    return [found[secret.name] for secret in told.listed]


def ages(village: str, sex: str, first: int, end: int | None) -> Sum:
    """All single years in [first, end); of both sexes for T."""
    last = OLDEST + 1 if end is None else end
    return {(village, "umur", one, str(year)): 1.0 for one in _sexes(sex) for year in range(first, last)}


def _one(*unknown: str) -> Sum:
    return {unknown: 1.0}


def _sexes(sex: str) -> tuple[str, ...]:
    return ("L", "P") if sex == "T" else (sex,)


@dataclass(frozen=True, slots=True)
class _Row:
    sum: Sum
    least: float
    most: float


def _common(villages: Mapping[str, Village]) -> Iterator[_Row]:
    """What holds in every village: all tables count the same people."""
    for code, village in villages.items():
        for sex in ("L", "P"):
            everybody = ages(code, sex, 0, None)
            for table, names in village.categories.items():
                listed = _plus(*(_category(code, table, sex, name) for name in names))
                yield _Row(_less(listed, everybody), 0, 0)
            for first, end in ((0, 15), (15, 65), (65, None)):
                homes: Sum = {(code, "dusun", hamlet, sex, str(first)): 1.0 for hamlet in village.hamlets}
                yield _Row(_less(homes, ages(code, sex, first, end)), 0, 0)
            yield from _marriages(code, sex, village)
            yield _Row(_less(ages(code, sex, 0, 7), _one(code, "kecil", sex)), 0, np.inf)
            yield _Row(_less(everybody, _one(code, "kepala", sex)), 0, np.inf)
        sizes: Sum = {(code, "keluarga", str(size)): 1.0 for size in range(1, 7)}
        yield _Row(_less(sizes, _plus(_one(code, "kepala", "L"), _one(code, "kepala", "P"))), 0, 0)
        members = {unknown: float(unknown[2]) for unknown in sizes} | _one(code, "lebih")
        yield _Row(_less(members, ages(code, "T", 0, None)), 0, 0)


def _marriages(code: str, sex: str, village: Village) -> Iterator[_Row]:
    young, grown = _one(code, "kawin_muda", sex), _one(code, "kawin_dewasa", sex)
    yield _Row(_less(ages(code, sex, 0, 17), young), 0, np.inf)
    yield _Row(_less(ages(code, sex, 17, None), grown), 0, np.inf)
    if "perkawinan" in village.categories:
        status = _plus(*(_category(code, "perkawinan", sex, name) for name in ("kawin", "cerai_hidup", "cerai_mati")))
        unwritten = "tidak_diketahui" in village.categories["perkawinan"]
        yield _Row(_less(_plus(young, grown), status), 0, np.inf if unwritten else 0)


def _published(folder: Path, villages: Mapping[str, Village]) -> Iterator[_Row]:
    """One row for each number in the tables."""
    for path in sorted(folder.glob("tabel-*.csv")):
        table = path.stem.removeprefix("tabel-")
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line["nilai"]:
                    value = float(line["nilai"])
                    yield _Row(cell(table, line, villages), value, value)


def cell(table: str, line: Mapping[str, str], villages: Iterable[str]) -> Sum:
    """What a line of a table counts, in unknowns."""
    code, sex, name = line["kode_wilayah"], line["jenis_kelamin"], line["kategori"]
    inside = [village for village in villages if village == code or village.startswith(f"{code}.")]
    return _plus(*(_of_village(table, village, line["dusun"], sex, name) for village in inside))


def _of_village(table: str, code: str, hamlet: str, sex: str, name: str) -> Sum:
    if table == "penduduk":
        return ages(code, sex, 0, None)
    if table in ("umur", "usia_produktif", "usia_sekolah"):
        return ages(code, sex, *_span(name))
    if table == "dusun":
        starts = ("0", "15", "65") if name == "semua" else (str(_span(name)[0]),)
        return {(code, "dusun", hamlet, one, start): 1.0 for one in _sexes(sex) for start in starts}
    if table == "wajib_ktp":
        young: Sum = {(code, "kawin_muda", one): 1.0 for one in _sexes(sex)}
        return _plus(ages(code, sex, 17, None), young)
    if table == "kepala_keluarga":
        return {(code, "kepala", one): 1.0 for one in _sexes(sex)}
    if table == "ukuran_keluarga":
        first, end = _span(name)
        return {(code, "keluarga", str(size)): 1.0 for size in range(first, end or 7)}
    if table == "tidak_sekolah":
        return {(code, "besar", one): 1.0 for one in _sexes(sex)}
    return _plus(*(_category(code, table, one, part) for one in _sexes(sex) for part in name.split("+")))


def _category(code: str, table: str, sex: str, name: str) -> Sum:
    if name == "tidak_belum_sekolah":
        return {(code, "kecil", sex): 1.0, (code, "besar", sex): 1.0}
    return _one(code, table, sex, name)


def _span(name: str) -> tuple[int, int | None]:
    """`05-09` is [5, 10), `3` is [3, 4), `75+` has no end."""
    if name.endswith("+"):
        return int(name[:-1]), None
    first, _, last = name.partition("-")
    return int(first), int(last or first) + 1


def _plus(*sums: Sum) -> Sum:
    whole: Sum = defaultdict(float)
    for one in sums:
        for unknown, factor in one.items():
            whole[unknown] += factor
    return dict(whole)


def _less(one: Sum, other: Sum) -> Sum:
    return _plus(one, {unknown: -factor for unknown, factor in other.items()})


class _Part:
    """Unknowns that hang together, and the secrets among them."""

    def __init__(self, rows: Sequence[_Row], secrets: Sequence[Secret]) -> None:
        sums = [row.sum for row in rows] + [secret.sum for secret in secrets]
        self._column = {unknown: 0 for one in sums for unknown in one}
        self._column = {unknown: number for number, unknown in enumerate(self._column)}
        self._secrets = secrets
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("time_limit", 3600.0)
        count = len(self._column)
        self._solver.addVars(count, np.zeros(count), np.full(count, highspy.kHighsInf))
        starts = np.cumsum([0, *(len(row.sum) for row in rows)])[:-1].astype(np.int32)
        columns = np.array([self._column[unknown] for row in rows for unknown in row.sum], np.int32)
        factors = np.array([factor for row in rows for factor in row.sum.values()])
        least, most = np.array([row.least for row in rows]), np.array([row.most for row in rows])
        self._solver.addRows(len(rows), least, most, len(columns), starts, columns, factors)

    def search(self, *, early: bool) -> dict[str, tuple[float, float]]:
        """The interval of each secret; a solution found for one is looked at for all."""
        self._least = [np.inf] * len(self._secrets)
        self._most = [-np.inf] * len(self._secrets)
        for number, secret in enumerate(self._secrets):
            if not early or self._least[number] > secret.low + TOLERANCE:
                self._extreme(number, 1.0)
            if not early or self._most[number] < secret.high - TOLERANCE:
                self._extreme(number, -1.0)
        names = (secret.name for secret in self._secrets)
        return dict(zip(names, zip(self._least, self._most, strict=True), strict=True))

    def _extreme(self, number: int, direction: float) -> None:
        listed = self._secrets[number].sum
        columns = np.array([self._column[unknown] for unknown in listed], np.int32)
        factors = np.array(list(listed.values()))
        self._solver.changeColsCost(len(columns), columns, direction * factors)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Unfinished
        self._look(np.asarray(self._solver.getSolution().col_value))
        self._solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))

    def _look(self, solution: NDArray[np.float64]) -> None:
        for number, secret in enumerate(self._secrets):
            value = sum(float(solution[self._column[unknown]]) * factor for unknown, factor in secret.sum.items())
            self._least[number] = min(self._least[number], value)
            self._most[number] = max(self._most[number], value)


def _parts(rows: Sequence[_Row], secrets: Sequence[Secret]) -> Iterator[_Part]:
    """Unknowns that share a row belong together; found by walking from one to the next."""
    sums = [row.sum for row in rows] + [secret.sum for secret in secrets]
    where: dict[Unknown, list[int]] = defaultdict(list)
    for number, one in enumerate(sums):
        for unknown in one:
            where[unknown].append(number)
    seen: set[int] = set()
    for start, one in enumerate(sums):
        if start in seen or not one:
            continue
        together, ahead = {start}, [start]
        while ahead:
            for unknown in sums[ahead.pop()]:
                fresh = [number for number in where.pop(unknown, []) if number not in together]
                together.update(fresh)
                ahead += fresh
        seen |= together
        found = [secrets[number - len(rows)] for number in sorted(together) if number >= len(rows)]
        if found:
            yield _Part([rows[number] for number in sorted(together) if number < len(rows)], found)


def secrets(release: "Release") -> Secrets:
    """What must stay open in a release, in the attacker's own unknowns."""
    pieces = release.system.pieces
    apart = ("umur", "dusun", "wajib_ktp", "kepala_keluarga", "ukuran_keluarga", "kelebihan", "kecil_lain")
    categories: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    hamlets: dict[str, dict[str, None]] = defaultdict(dict)
    for village, base, hamlet, _, name in pieces:
        if base == "dusun":
            hamlets[village][hamlet] = None
        elif base not in (*apart, "tak_tercatat"):
            categories[village][base][name.split(":")[0]] = None
    villages = {
        code: Village(
            hamlets=tuple(hamlets[code]), categories={base: tuple(names) for base, names in categories[code].items()}
        )
        for code in categories
    }
    listed = [
        Secret(
            name=goal.name,
            sum=_plus(*(_piece(*pieces[index]) for index in goal.atoms)),
            low=goal.low,
            high=goal.high,
        )
        for goal in release.goals
    ]
    return Secrets(villages=villages, listed=tuple(listed))


def _piece(village: str, base: str, hamlet: str, sex: str, name: str) -> Sum:
    """A piece of the protector's in the attacker's unknowns."""
    everybody = ages(village, sex, 0, None)
    young, grown = _one(village, "kawin_muda", sex), _one(village, "kawin_dewasa", sex)
    status = ("kawin", "cerai_hidup", "cerai_mati")
    known: dict[str, Sum] = {
        "muda_pernah": young,
        "muda_belum": _less(ages(village, sex, 0, 17), young),
        "dewasa_pernah": grown,
        "dewasa_belum": _less(ages(village, sex, 17, None), grown),
        "anggota": _less(everybody, _one(village, "kepala", sex)),
        "kecil": _less(ages(village, sex, 0, 7), _one(village, "kecil", sex)),
        "tidak_belum_sekolah:kecil": _one(village, "kecil", sex),
        "tidak_belum_sekolah:besar": _one(village, "besar", sex),
        "pernah_kawin": _less(
            _plus(young, grown), _plus(*(_category(village, "perkawinan", sex, one) for one in status))
        ),
    }
    return known.get(name) or _of_village(base, village, hamlet, sex, name)
