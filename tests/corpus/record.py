"""The best figures so far, kept in record.toml: a change that falls below one of them fails the build."""

import tomllib
from pathlib import Path

from tests.corpus.score import Figure

FILE = Path(__file__).with_name("record.toml")
Figures = dict[str, Figure]


def shortfalls(recall: Figures, alarms: Figures) -> list[str]:
    """What is worse than the record, one line each; a layout, damage or family without a record must be perfect."""
    record = tomllib.loads(FILE.read_text(encoding="utf-8"))
    below = [
        f"{name}: held {one.recall:.3f} of its files, {record['held'].get(name, 1.0)} before"
        for name, one in recall.items()
        if round(one.recall, 3) < record["held"].get(name, 1.0)
    ]
    wrong = [
        f"{name}: right reason and place in {one.right / one.cases:.3f}, {record['right'].get(name, 1.0)} before"
        for name, one in recall.items()
        if round(one.right / one.cases, 3) < record["right"].get(name, 1.0)
    ]
    above = [
        f"{name}: {one.review} sent to a person, {record['review'].get(name, 0)} before"
        for name, one in alarms.items()
        if one.review > record["review"].get(name, 0)
    ]
    held = [f"{name}: {one.held} held wrongly" for name, one in alarms.items() if one.held]
    return below + wrong + above + held


def keep(recall: Figures, alarms: Figures) -> None:
    """Write today's figures as the record; only what is short of perfect is named."""
    sections = {
        "held": {name: round(one.recall, 3) for name, one in recall.items() if one.recall < 1},
        "right": {name: round(one.right / one.cases, 3) for name, one in recall.items() if one.right < one.cases},
        "review": {name: one.review for name, one in alarms.items() if one.review},
    }
    lines = [
        "# Written by `python -m tests.corpus keep`. What is not named here is perfect: all held, none in review."
    ]
    for title, figures in sections.items():
        lines += ["", f"[{title}]", *(f'"{name}" = {figure}' for name, figure in figures.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
