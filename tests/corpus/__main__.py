"""`make score`: the whole corpus through the gate; exit 1 where a figure falls below the record.

`python -m tests.corpus keep` writes today's figures as the record.
"""

import sys

from rich.console import Console
from rich.progress import track

from lumbung.gate import Verdict
from tests.corpus import attacks, beside, hiding, kinds, negatives, record, registers
from tests.corpus.report import print_failures, print_false_alarms, print_recall
from tests.corpus.score import Figure, ask_all, figures, figures_by_kind

MOST_REVIEWED = 0.03


def main() -> int:
    """Print the tables; 0 unless something fell short."""
    console = Console(width=120)
    cases = [*registers.whole(), *registers.damaged(), *registers.spelt(), *hiding.hidden_places(), *attacks.attacks()]
    outcomes = list(track(ask_all(cases), description="registers", total=len(cases), console=console))
    of_kinds = list(kinds.kinds())
    each = list(track(ask_all(of_kinds), description="kinds", total=len(of_kinds), console=console))
    listed = list(hiding.listed_places())
    places = list(track(ask_all(listed), description="hiding places", total=len(listed), console=console))
    tables = list(negatives.lookalikes())
    others = list(track(ask_all(tables), description="lookalikes", total=len(tables), console=console))
    by_layout = figures(outcomes, lambda one: one.case.subject)
    by_damage = figures(outcomes, lambda one: one.case.damage)
    by_format = figures(outcomes, lambda one: one.case.format)
    by_kind = figures_by_kind([*outcomes, *each])
    by_place = figures(places, lambda one: one.case.subject)
    alarms = figures(others, lambda one: one.case.subject)
    print_recall("Recall by layout", by_layout, to=console)
    print_recall("Recall by kind", by_kind, to=console)
    print_recall("Recall by damage", by_damage, to=console)
    print_recall("Recall by format", by_format, to=console)
    print_recall("Recall by hiding places of a format", by_place, to=console)
    print_false_alarms("False alarms by family", alarms, to=console)
    print_failures([*outcomes, *each, *places, *others], to=console)
    fallen = _against_the_record({**by_layout, **by_kind, **by_damage, **by_format, **by_place}, alarms, console)
    return max(fallen, _beside_the_repository(console))


def _beside_the_repository(console: Console) -> int:
    """What other projects published, and what other programs broke on; says so where the corpora are absent.

    1 where a public table is held, too many are asked about, or a file that was made to hurt is open unread.
    """
    tables = list(beside.public_tables())
    if not tables:
        console.print("no corpora beside the repository: public tables and hostile files were not tried")
        return 0
    outcomes = list(track(ask_all(tables), description="public tables", total=len(tables), console=console))
    alarms = figures(outcomes, lambda one: one.case.subject)
    print_false_alarms("False alarms on public tables of other projects", alarms, to=console)
    print_failures(outcomes, to=console)
    held, review = _count(alarms)
    console.print(f"{len(tables)} public tables: {held} held wrongly, {review} ({review / len(tables):.1%}) in review")
    hostile = beside.hostile()
    counts = ", ".join(f"{hostile.verdicts[verdict]} {verdict}" for verdict in Verdict)
    console.print(f"{hostile.verdicts.total()} hostile files: {counts}; open unread: {len(hostile.broken)}")
    return int(bool(held or hostile.broken or review > MOST_REVIEWED * len(tables)))


def _count(alarms: dict[str, Figure]) -> tuple[int, int]:
    return sum(one.held for one in alarms.values()), sum(one.review for one in alarms.values())


def _against_the_record(recall: record.Figures, alarms: record.Figures, console: Console) -> int:
    _sum_up(alarms, console)
    if sys.argv[1:] == ["keep"]:
        record.keep(recall, alarms)
        return 0
    below = record.shortfalls(recall, alarms)
    for line in below:
        console.print(f"below the record: {line}", style="bold red")
    return int(bool(below))


def _sum_up(alarms: record.Figures, console: Console) -> None:
    """Tables about nobody apart from those that name people lawfully, of whom a person is asked by design."""
    parts = {"about nobody": (False, "sent to a person needlessly"), "of lawful names": (True, "asked of a person")}
    for kind, (lawful, what) in parts.items():
        own = [one for name, one in alarms.items() if (name in negatives.LAWFUL) is lawful]
        total, review = sum(one.cases for one in own), sum(one.review for one in own)
        held = sum(one.held for one in own)
        console.print(f"{total} tables {kind}: {held} held wrongly, {review} ({review / total:.1%}) {what}")


if __name__ == "__main__":
    sys.exit(main())
