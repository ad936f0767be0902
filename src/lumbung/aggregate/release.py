"""Residents -> a release: the tables of one reference date, what is hidden in them, and the proof that it stays so.

The conductor of this room; nothing is written here, and nothing is safe to print before `package.publish` has let the
independent attacker at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import polars as pl

from lumbung.aggregate import ladder, primary
from lumbung.aggregate.atoms import Atoms, cut
from lumbung.aggregate.eligible import Refused, changed_little, large_enough, population, ripe, same_policy
from lumbung.aggregate.ledger import Ledger, is_frozen
from lumbung.aggregate.model import Undecided
from lumbung.aggregate.plan import plans
from lumbung.aggregate.policy import Policy
from lumbung.aggregate.primary import Goal
from lumbung.aggregate.protect import OutOfReach, protect
from lumbung.aggregate.residents import check
from lumbung.aggregate.system import System, Terms, assemble
from lumbung.aggregate.tables import Area, Cell, Table, areas, lay
from lumbung.aggregate.witness import Question, Witnesses, prove

ROUNDS = 8  # more steps than any table has


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """All tables with their secret values; `rows` are those of the system that may not be printed.

    `left_out` says by village or "area/table" why it is not there: small-village, small-change, too-fine, over-budget.
    """

    period: date
    policy: Policy
    atoms: Atoms
    places: tuple[Area, ...]
    population: tuple[Cell, ...]
    tables: tuple[Table, ...]
    rows: frozenset[int]
    left_out: dict[str, str]
    goals: tuple[Goal, ...]
    system: System
    witnesses: Witnesses
    earlier: Ledger

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell of every table, populations apart."""
        return tuple(cell for table in self.tables if not table.frozen for cell in table.cells)

    def printed(self, cell: Cell) -> int | None:
        """What the release shows for a cell."""
        return None if self.system.row_of.get(cell.key) in self.rows else cell.value


def make(residents: pl.DataFrame, *, period: date, policy: Policy, ledger: Ledger) -> Release:
    """Choose, protect and prove the tables of these villages at a reference date.

    Raise NotCanonical for a table of another shape, Refused where nothing can be released. Does not write anything,
    and does not audit: `package.publish` does.
    """
    residents = check(residents)
    same_policy(policy, ledger)
    left_out: dict[str, str] = {}
    residents = large_enough(residents, policy, left_out)
    residents = ripe(residents, period, policy, ledger, left_out)
    if residents.is_empty():
        raise Refused("nothing-left", left_out)
    atoms = cut(residents, policy)
    places = [
        area for area in areas(atoms, policy) if not changed_little(atoms, area, period, ledger, policy, left_out)
    ]
    tables = [table for area in places for table in _tables(atoms, area, period, policy, ledger, left_out)]
    return _decide(atoms, places, tables, period=period, policy=policy, ledger=ledger, left_out=left_out)


def _tables(
    atoms: Atoms, area: Area, period: date, policy: Policy, ledger: Ledger, left_out: dict[str, str]
) -> list[Table]:
    laid, known = [], ledger.before(period)
    for plan in plans(policy):
        if area.level not in plan.levels:
            continue
        coarsest, settled = ledger.step(area.key, plan.name), ledger.settled(period, area.key, plan.name)
        if settled is None:
            table = lay(atoms, area, plan, first=coarsest, bearable=lambda cells: primary.bearable(cells, policy))
        else:
            table = lay(atoms, area, plan, first=settled, bearable=lambda cells: True)
        if table.step is None:
            left_out[f"{area.key}/{plan.name}"] = "too-fine"
        elif is_frozen(table.cells, _earlier(atoms, table, known, coarsest), policy):
            left_out[f"{area.key}/{plan.name}"] = "small-change"
            table = replace(table, frozen=True)
        laid.append(table)
    return laid


def _earlier(atoms: Atoms, table: Table, known: dict[str, int], step: int) -> dict[str, int]:
    """What was last printed for each cell, also where that was in finer categories."""
    before = {cell.key: known[cell.key] for cell in table.cells if cell.key in known}
    if table.step in (None, step):
        return before
    finer = lay(atoms, table.area, table.plan, first=step, bearable=lambda cells: True).cells
    for cell in table.cells:
        parts = [part for part in finer if part.sex == cell.sex and set(part.atoms) <= set(cell.atoms)]
        whole = sum(len(part.atoms) for part in parts) == len(cell.atoms)
        if whole and all(part.key in known for part in parts):
            before.setdefault(cell.key, sum(known[part.key] for part in parts))
    return before


def _decide(
    atoms: Atoms,
    places: list[Area],
    tables: list[Table],
    *,
    period: date,
    policy: Policy,
    ledger: Ledger,
    left_out: dict[str, str],
) -> Release:
    release = Release(
        period=period,
        policy=policy,
        atoms=atoms,
        places=tuple(places),
        population=tuple(cell for area in places if area.level != "hamlet" for cell in population(atoms, area)),
        tables=tuple(tables),
        rows=frozenset(),
        left_out=left_out,
        goals=(),
        system=System(pieces=atoms.pieces),
        witnesses=Witnesses(),
        earlier=ledger,
    )
    release = _within_budget(_hidden(_assembled(release)))
    for _ in range(ROUNDS):
        release, failed = _proven(release)
        if not failed:
            return release
        release = _retreated(release, failed)
    raise Refused("out-of-reach", {name.split("/")[0].split("|")[0] for name in (goal.name for goal in failed)})


def _assembled(release: Release) -> Release:
    """With the joint system of its tables, what has to stay open in it, and what is hidden from the start."""
    cells, printed = release.cells, release.earlier.same(release.period)
    _agree(cells, printed)
    villages = [place for place in release.places if place.level == "village"]
    system = assemble(release.atoms, villages, cells, fixed=frozenset(printed))
    goals = _goals(release)
    return replace(release, system=system, goals=tuple(goals.values()), rows=_first(system, goals, release.earlier))


def _within_budget(release: Release) -> Release:
    """With tables taken down step by step while an area hides more than the policy allows."""
    while places := ladder.to_give_way(release, may=partial(_may_give_way, release)):
        release = _stepped_down(release, places)
    return release


def _stepped_down(release: Release, places: set[ladder.Place]) -> Release:
    """One step coarser in these places, and hidden anew from the pattern that it had."""
    tables = ladder.stepped_down(release.tables, places, coarser=partial(_coarser, release))
    gone = [table for table in tables if ladder.place_of(table) in places and table.step is None]
    left_out = {f"{table.area.key}/{table.plan.name}": "over-budget" for table in gone} | release.left_out
    pattern = {release.system.rows[row].terms for row in release.rows}
    release = _assembled(replace(release, tables=tuple(tables), left_out=left_out))
    return _hidden(
        release, start=frozenset(number for number, row in enumerate(release.system.rows) if row.terms in pattern)
    )


def _may_give_way(release: Release, table: Table) -> bool:
    """Not what is out for this day already, and not what stands as it was in the last release."""
    settled = release.earlier.settled(release.period, table.area.key, table.plan.name)
    return not table.frozen and settled is None


def _coarser(release: Release, table: Table) -> Table:
    first = (table.step or 0) + 1
    return lay(
        release.atoms,
        table.area,
        table.plan,
        first=first,
        bearable=lambda cells: primary.bearable(cells, release.policy),
    )


def _first(system: System, goals: dict[str, Goal], ledger: Ledger) -> frozenset[int]:
    """Hidden from the start: what is a goal itself, and what has been hidden before."""
    before = ledger.hidden()
    rows = {row for key, row in system.row_of.items() if key in goals or key in before}
    return frozenset(row for row in rows if not system.rows[row].fixed)


def _hidden(release: Release, *, start: frozenset[int] = frozenset()) -> Release:
    """What the goals need is hidden; `start` is the pattern of the step before."""
    policy = release.policy
    try:
        rows = protect(
            release.system,
            release.goals,
            hidden=release.rows,
            weights=policy.weights,
            seconds=policy.limits.solver_seconds,
            start=start,
        )
    except OutOfReach as reason:
        raise Refused("out-of-reach", [str(reason).split("/")[0].split("|")[0]]) from None
    except Undecided:
        raise Refused("undecided") from None
    return replace(release, rows=rows)


def _proven(release: Release) -> tuple[Release, list[Goal]]:
    """With its proof, and the goals for which there is none in whole numbers."""
    try:
        proven = replace(release, witnesses=_proof(release))
        return proven, _unproven(proven)
    except Undecided:
        raise Refused("undecided") from None


def _retreated(release: Release, failed: list[Goal]) -> Release:
    """What failed goals are about, coarser by one step in their village and above; hidden where it has to stay."""
    pieces = release.system.pieces
    bases = {(pieces[index].village, pieces[index].base) for goal in failed for index in goal.atoms}
    about = [
        table
        for table in release.tables
        if table.cells and any((village, table.plan.base) in bases for village in table.area.villages)
    ]
    places = {ladder.place_of(table) for table in about if _may_give_way(release, table)}
    if places:
        return _within_budget(_stepped_down(release, places))
    rows = {
        number
        for number, row in enumerate(release.system.rows)
        if not row.fixed and any((pieces[index].village, pieces[index].base) in bases for index, _ in row.terms)
    }
    return _hidden(replace(release, rows=release.rows | rows))


def _agree(cells: Iterable[Cell], printed: dict[str, int]) -> None:
    """A number of this reference date that is out already cannot be printed again as another one."""
    other = {cell.area.code for cell in cells if printed.get(cell.key, cell.value) != cell.value}
    if other:
        raise Refused("already-published", sorted(other))


def _goals(release: Release) -> dict[str, Goal]:
    atoms, policy, ledger = release.atoms, release.policy, release.earlier
    everybody = {(place.key, cell.sex): cell.value for place in release.places for cell in population(atoms, place)}
    known = ledger.before(release.period)
    changes: dict[str, Goal] = {}
    for table in release.tables:
        before = _earlier(atoms, table, known, ledger.step(table.area.key, table.plan.name))
        changes |= primary.of_changes(table.cells, before)
    goals = changes | primary.of_cells(release.tables, everybody)
    others = [*primary.of_pieces(atoms, policy), *primary.of_ages(atoms, policy)]
    return goals | {goal.name: goal for goal in others}


def _printed_sums(system: System, rows: frozenset[int]) -> list[tuple[Terms, int]]:
    """All that anybody knows: the sums that are not hidden. No count of a piece, no hidden value."""
    return [(row.terms, row.value) for number, row in enumerate(system.rows) if number not in rows]


def _proof(release: Release) -> Witnesses:
    """Asked of every hidden cell and every piece alike, so that the proof does not tell which of them are small."""
    system, k = release.system, release.policy.k
    hidden = [cell for cell in release.cells if release.printed(cell) is None]
    questions = [Question(name=cell.key, atoms=cell.atoms, low=0, high=cell.k) for cell in hidden]
    questions += [
        Question(name="|".join(piece), atoms=(index,), low=0, high=k)
        for index, piece in enumerate(system.pieces)
        if piece.base != "kelebihan"
    ]
    printed = _printed_sums(system, release.rows)
    return prove(len(system.pieces), printed, questions, seconds=release.policy.limits.solver_seconds)


def _unproven(release: Release) -> list[Goal]:
    """Goals that no whole-numbered table reaches: the corners of the linear problem may be fractions.

    Works from what is printed, but which goals there are is secret: these tables are thrown away.
    """
    claims = {claim.question.name: claim for claim in release.witnesses.claims}
    open_goals = [
        goal
        for goal in release.goals
        if goal.name not in claims or claims[goal.name].least > goal.low or claims[goal.name].most < goal.high
    ]
    questions = [Question(name=goal.name, atoms=goal.atoms, low=goal.low, high=goal.high) for goal in open_goals]
    printed = _printed_sums(release.system, release.rows)
    found = prove(len(release.system.pieces), printed, questions, seconds=release.policy.limits.solver_seconds)
    failed = {claim.question.name for claim in found.claims if not claim.protected}
    return [goal for goal in open_goals if goal.name in failed]
