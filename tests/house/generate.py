"""The pages of docs/ that are printed from the code, so that they cannot go stale. `make fix` writes them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rules() -> str:
    """docs/rules.md: every rule of the gate with its law, in both languages."""
    from lumbung.judge.page import rules_page

    return rules_page()


def kinds() -> str:
    """docs/kinds.md: every kind that the gate recognises, its source, and what follows."""
    from lumbung.judge.kinds import kinds_page

    return kinds_page()


def hiding_places() -> str:
    """docs/hiding-places.md: every place where a number can hide, and what the gate says of it."""
    from tests.hiding.page import hiding_places_page

    return hiding_places_page()


def states() -> str:
    """docs/states.md: the two machines as tables and diagrams."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.config.settings")
    django.setup()
    from lumbung.portal.copies.states import COPY_MOVES, HANDOUT_MOVES, VIEWING_MOVES
    from lumbung.portal.incidents.states import MOVES as MATTER
    from lumbung.portal.intake.states import COUNTING_MOVES as COUNTING
    from lumbung.portal.intake.states import MOVES as SUBMISSION
    from lumbung.portal.publication.states import MOVES as DATASET
    from lumbung.portal.requests.states import MOVES as REQUEST
    from lumbung.portal.services.states import MOVES as SERVICE
    from lumbung.portal.tracing.states import MOVES as QUESTION

    return "\n".join(
        [
            "# States and moves",
            "",
            "Printed by `make fix` from the `states.py` of `intake`, `publication`, `incidents`, `copies`,",
            "`services`, `requests` and `tracing`.",
            "",
            *machine("A submission", SUBMISSION),
            *machine("A making of statistics from a register", COUNTING),
            *machine("A dataset", DATASET),
            *machine("What was reported about a dataset", MATTER),
            *machine("A service of the agency", SERVICE),
            *machine("A question at the tracing desk", QUESTION),
            *machine("A request for controlled copies", HANDOUT_MOVES),
            *machine("A controlled copy", COPY_MOVES),
            *machine("A permission to read on the screen", VIEWING_MOVES),
            *machine("A request for a document", REQUEST),
        ]
    )


def machine(title: str, moves: dict) -> list[str]:
    """One machine as a Mermaid diagram."""
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
    for here, there in moves.items():
        lines += [f"    {here.value} --> {target.value}" for target in sorted(there)]
        lines += [f"    {here.value} --> [*]"] * (not there)
    return [*lines, "```", ""]


def commands() -> str:
    """docs/commands.md: what `--help` prints for each command."""
    lines = ["# Commands", "", "Printed from `lumbung --help` by `make fix`.", ""]
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
    for words in ([], ["check"], ["explain"], ["statistics"], ["proof", "verify"], *TRACE, *SITE):
        run = subprocess.run(
            [sys.executable, "-m", "lumbung.cli", *words, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        help_text = "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())
        lines += [f"## {' '.join(['lumbung', *words])}", "", "```", help_text, "```", ""]
    return "\n".join(lines)


SITE = [["serve"], ["counter"], ["demo"], ["drill"]]
TRACE = [["trace", name] for name in ("key", "index", "match", "expire", "claim", "mark", "accuse")]
PAGES = {
    "rules.md": rules,
    "kinds.md": kinds,
    "states.md": states,
    "commands.md": commands,
    "hiding-places.md": hiding_places,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8")
