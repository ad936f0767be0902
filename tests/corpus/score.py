"""Ask the gate about every case, and count."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from lumbung.gate import Verdict, inspect
from tests.corpus.case import Case, Outcome, judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Of `cases` files: how many were held, rightly held, sent to a person, and all wanted reasons named in place."""

    cases: int
    held: int
    right: int
    review: int
    complete: int

    @property
    def recall(self) -> float:
        """The share that was held."""
        return self.held / self.cases


def ask(case: Case, folder: Path) -> Outcome:
    """Write one file, inspect it, take it away again."""
    path = folder / sha256(case.name.encode()).hexdigest()  # a name may be long, or hold a slash
    case.write(path)
    outcome = judged(case, inspect(path, name=case.file_name))
    path.unlink()
    return outcome


def ask_all(cases: Iterable[Case]) -> Iterator[Outcome]:
    """Two files at a time, in the order of the cases."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        yield from pool.map(lambda case: ask(case, Path(folder)), cases)


def figures(outcomes: Iterable[Outcome], by: Callable[[Outcome], str]) -> dict[str, Figure]:
    """One figure for each value of `by`, in the order of first appearance."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[by(outcome)].append(outcome)
    return {name: _figure(group) for name, group in groups.items()}


def figures_by_kind(outcomes: Iterable[Outcome]) -> dict[str, Figure]:
    """One figure for each wanted reason over all files that hold it; `right` counts those that named just this one."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for kind in dict.fromkeys(code for code, _ in outcome.case.must):
            groups[kind].append(outcome)
    return {kind: _of_kind(kind, groups[kind]) for kind in sorted(groups)}


def _of_kind(kind: str, group: list[Outcome]) -> Figure:
    return replace(_figure(group), right=sum(one.held and kind not in one.missed for one in group))


def _figure(group: list[Outcome]) -> Figure:
    return Figure(
        cases=len(group),
        held=sum(outcome.held for outcome in group),
        right=sum(outcome.right for outcome in group),
        review=sum(outcome.verdict is Verdict.REVIEW for outcome in group),
        complete=sum(outcome.held and not outcome.missed for outcome in group),
    )
