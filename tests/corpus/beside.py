"""Files of other projects, where they lie beside the repository: public tables of nobody, and files made to hurt."""

import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lumbung.gate import Verdict, inspect
from tests.corpus.case import Case

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """Verdicts of the hostile files, and the names of those that were open although something was left unread."""

    verdicts: Counter[Verdict]
    broken: tuple[str, ...]


def public_tables(corpora: Path = CORPORA) -> Iterator[Case]:
    """Every file of `negatives`, by its project; none where the corpora are absent."""
    root = corpora / "negatives"
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield Case(
            subject=f"public {path.relative_to(root).parts[0]}",
            damage=path.stem,
            format=path.suffix.lstrip(".").lower(),
            write=lambda to, path=path: shutil.copyfile(path, to) and None,
        )


def hostile(corpora: Path = CORPORA) -> Hostile:
    """Inspect every file of `hostile`; a crash of the caller, or one over its limit, is an error here."""
    paths = sorted(path for path in (corpora / "hostile").rglob("*") if path.is_file())
    with ThreadPoolExecutor(2) as pool:
        inspections = list(pool.map(inspect, paths))
    return Hostile(
        verdicts=Counter(one.verdict for one in inspections),
        broken=tuple(
            path.name
            for path, one in zip(paths, inspections, strict=True)
            if one.verdict is Verdict.OPEN and one.unread
        ),
    )
