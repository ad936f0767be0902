"""A release as a folder of files that anybody may have: tidy tables, monograph, reading guide, proof, memory.

Files are written from printed numbers only. A folder that the checker or the attacker objects to is removed again.
"""

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from lumbung.aggregate import attack, check_proof, outlets
from lumbung.aggregate.eligible import POPULATION, Refused
from lumbung.aggregate.filled import Filled
from lumbung.aggregate.ledger import Ledger, Past
from lumbung.aggregate.monograph import Form, form
from lumbung.aggregate.outlets import COLUMNS, write_csv, write_json
from lumbung.aggregate.plan import Plan
from lumbung.aggregate.release import Release
from lumbung.aggregate.sheets import Row
from lumbung.aggregate.tables import Cell
from lumbung.aggregate.witness import Claim

LEVEL = {"hamlet": "dusun", "village": "desa", "district": "kecamatan", "regency": "kabupaten"}
MARK = "*"
_REASONS = {
    "small-village": "penduduknya terlalu sedikit untuk diterbitkan tersendiri, dan tidak ikut dalam jumlah",
    "small-change": "hampir tidak berubah sejak rilis terakhir; rilis terakhir tetap berlaku",
    "too-fine": "terlalu banyak angka kecil; lihat tingkat di atasnya",
    "over-budget": "terlalu banyak angka lain harus ikut disembunyikan; lihat tingkat di atasnya",
}


def publish(release: Release, folder: Path, *, written: Mapping[str, Filled] | None = None) -> Ledger:
    """Write the package into a new folder, check its proof, let the attacker at it; the memory with this release.

    `written` is what villages (by code) wrote into their monographs themselves.

    Raise Refused("audit-failed") if either finds anything, Refused("undecided") if the attacker does not come to an
    end; no folder is left behind then.
    """
    write(release, folder, written=written)
    try:
        sound = not check_proof.problems(folder)
        found = attack.attack(folder, attack.secrets(release)) if sound else []
    except attack.Unfinished:
        shutil.rmtree(folder)
        raise Refused("undecided") from None
    except Exception:  # whatever stops the audit stops the release: nothing stays that was not audited to its end
        shutil.rmtree(folder)
        raise
    if not sound or found:
        shutil.rmtree(folder)
        raise Refused("audit-failed", sorted({name.split("/")[0].split("|")[0] for name in found}))
    return Ledger(releases=(*release.earlier.releases, past(release)))


def write(release: Release, folder: Path, *, written: Mapping[str, Filled] | None = None) -> None:
    """All files of the package. Audits nothing: see publish()."""
    folder.mkdir(parents=True)
    tables = _tables(release)
    for name, rows in tables.items():
        write_csv(folder / f"tabel-{name}.csv", rows)
    titles = {name: plan.title for name, plan in outlets.titled(release.policy).items()}
    outlets.write(folder, tables, guide=_guide(release), forms=_monographs(release, written or {}), titles=titles)
    write_json(folder / "bukti.json", _proof(release))
    write_json(folder / "ingatan.json", as_json(Ledger(releases=(*release.earlier.releases, past(release)))))


def _tables(release: Release) -> dict[str, list[Row]]:
    """Every table that has a number, tidy, with its headings on top: what all formats are written from."""
    listed = {POPULATION.name: _rows(release, POPULATION, release.population)}
    for name, plan in outlets.titled(release.policy).items():
        cells = [cell for cell in release.cells if cell.table == name]
        if cells:
            listed[name] = _rows(release, plan, cells)
    return listed


def _rows(release: Release, plan: Plan, cells: Iterable[Cell]) -> list[Row]:
    rows: list[Row] = [COLUMNS]
    for cell in cells:
        value = release.printed(cell)
        row = [cell.area.code, LEVEL[cell.area.level], cell.area.hamlet, release.period.isoformat(), cell.sex]
        rows.append([*row, cell.category, value, plan.unit, MARK if value is None else ""])
    return rows


def _monographs(release: Release, written: Mapping[str, Filled]) -> list[Form]:
    printed = {cell.key: release.printed(cell) for cell in (*release.population, *release.cells)}
    villages = [cell.area.code for cell in release.population if cell.area.level == "village" and cell.sex == "T"]
    k = release.policy.k
    return [form(printed, one, period=release.period, k=k, written=written.get(one)) for one in villages]


def _proof(release: Release) -> dict[str, object]:
    pieces = ["|".join(piece) for piece in release.system.pieces]
    return {
        "format": 1,
        "pieces": pieces,
        "sums": [*_sums(release)],
        "additions": _additions(release),
        "components": [
            {"pieces": listed, "tables": [table.tolist() for table in tables]}
            for listed, tables in zip(release.witnesses.pieces, release.witnesses.tables, strict=True)
        ],
        "claims": [_claim(claim) for claim in release.witnesses.claims],
    }


def _sums(release: Release) -> Iterable[dict[str, object]]:
    """One for every printed number: which pieces it adds up. Links between tables come to zero and have no number."""
    names: dict[int, list[str]] = {}
    for key, number in release.system.row_of.items():
        names.setdefault(number, []).append(key)
    for number, row in enumerate(release.system.rows):
        if number in release.rows:
            continue
        population = [f"{row.name}/{POPULATION.ways[0].groups[0][0]}"] if row.name else []
        yield {"cells": [*names.get(number, []), *population], "terms": row.terms, "value": row.value}


def _additions(release: Release) -> list[list[object]]:
    """Populations of sexes together, districts and regencies are sums of other printed numbers."""
    own = {(cell.area.code, cell.sex): cell.key for cell in release.population if cell.area.level == "village"}
    found: list[list[object]] = []
    for cell in release.population:
        sexes = ("L", "P") if cell.sex == "T" else (cell.sex,)
        if cell.area.level != "village" or cell.sex == "T":
            found.append([cell.key, [own[village, sex] for village in cell.area.villages for sex in sexes]])
    return found


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "name": claim.question.name,
        "pieces": claim.question.atoms,
        "k": claim.question.high,
        "component": claim.component,
        "low": claim.low,
        "high": claim.high,
    }


def past(release: Release) -> Past:
    """What this release adds to the memory."""
    cells = {cell.key: release.printed(cell) for cell in (*release.population, *release.cells)}
    steps = {
        f"{table.area.key}/{table.plan.name}": table.step
        for table in release.tables
        if table.step is not None and not table.frozen
    }
    return Past(period=release.period, policy=release.policy.digest, cells=cells, steps=steps)


def as_json(ledger: Ledger) -> list[dict[str, object]]:
    """The memory for a file; `from_json` reads it back."""
    return [
        {"period": past.period.isoformat(), "policy": past.policy, "cells": past.cells, "steps": past.steps}
        for past in ledger.releases
    ]


def from_json(listed: Iterable[Mapping[str, object]]) -> Ledger:
    """The memory that `as_json` wrote. Raise ValueError or KeyError for anything else."""
    releases = []
    for raw in listed:
        cells, steps = raw["cells"], raw["steps"]
        if not isinstance(cells, dict) or not isinstance(steps, dict):
            raise ValueError("not a release memory")
        period = date.fromisoformat(str(raw["period"]))
        releases.append(Past(period=period, policy=str(raw["policy"]), cells=cells, steps=steps))
    return Ledger(releases=tuple(releases))


def _guide(release: Release) -> str:
    sums = [
        f"- {cell.area.code}: jumlah dari {len(cell.area.villages)} desa, yaitu {', '.join(cell.area.villages)}"
        for cell in release.population
        if cell.area.level in ("district", "regency") and cell.sex == "T"
    ]
    coarse = [
        f"- {t.area.key}: {t.plan.title}, digabung (tingkat {t.step})"
        for t in release.tables
        if t.step and not t.frozen
    ]
    out = [f"- {place}: {_REASONS[reason]}" for place, reason in sorted(release.left_out.items())]
    return outlets.guide(release.policy, release.period, _tables(release), sums=sums, coarse=coarse, out=out)
