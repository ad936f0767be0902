"""The score as people read it: one table for recall, one for false alarms, and what fell short."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tests.corpus.case import Outcome
from tests.corpus.score import Figure


def print_recall(title: str, figures: dict[str, Figure], *, to: Console) -> None:
    """Held, held for the right reason in the right place, and every wanted reason named, of all."""
    table = _table(title, "files", "held", "right reason and place", "all reasons", "review only")
    for name, one in figures.items():
        table.add_row(
            name, str(one.cases), _share(one.held, one.cases), _share(one.right, one.cases),
            _share(one.complete, one.cases), str(one.review or "")
        )  # fmt: skip
    to.print(table)


def print_false_alarms(title: str, figures: dict[str, Figure], *, to: Console) -> None:
    """Held and sent to a person, of all; both should be 0, and held must be."""
    table = _table(title, "files", "held", "review")
    for name, one in figures.items():
        table.add_row(name, str(one.cases), str(one.held), str(one.review))
    to.print(table)


def print_failures(outcomes: Iterable[Outcome], *, to: Console) -> None:
    """One line for each file whose verdict is not the wanted one."""
    for outcome in outcomes:
        if outcome.held != bool(outcome.case.must) or (outcome.held and not outcome.right):
            to.print(f"  {outcome.case.name}: {outcome.verdict} {outcome.codes} missed {outcome.missed}", style="red")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    return table
