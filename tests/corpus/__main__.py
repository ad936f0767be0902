"""`make score`: the whole corpus through the gate; exit 1 where a figure falls below the record.

`python -m tests.corpus keep` writes today's figures as the record.
"""

import sys

from rich.console import Console
from rich.progress import track

from tests.corpus import attacks, hiding, negatives, record, registers
from tests.corpus.report import print_failures, print_false_alarms, print_recall
from tests.corpus.score import ask_all, figures


def main() -> int:
    """Print the tables; 0 unless something fell short."""
    console = Console(width=120)
    cases = [*registers.whole(), *registers.damaged(), *registers.spelt(), *hiding.hidden_places(), *attacks.attacks()]
    outcomes = list(track(ask_all(cases), description="registers", total=len(cases), console=console))
    listed = list(hiding.listed_places())
    places = list(track(ask_all(listed), description="hiding places", total=len(listed), console=console))
    tables = list(negatives.lookalikes())
    others = list(track(ask_all(tables), description="lookalikes", total=len(tables), console=console))
    by_layout = figures(outcomes, lambda one: one.case.subject)
    by_damage = figures(outcomes, lambda one: one.case.damage)
    by_format = figures(outcomes, lambda one: one.case.format)
    by_place = figures(places, lambda one: one.case.subject)
    alarms = figures(others, lambda one: one.case.subject)
    print_recall("Recall by layout", by_layout, to=console)
    print_recall("Recall by damage", by_damage, to=console)
    print_recall("Recall by format", by_format, to=console)
    print_recall("Recall by hiding places of a format", by_place, to=console)
    print_false_alarms("False alarms by family", alarms, to=console)
    print_failures([*outcomes, *places, *others], to=console)
    return _against_the_record({**by_layout, **by_damage, **by_format, **by_place}, alarms, console)


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
