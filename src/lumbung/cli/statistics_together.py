"""`lumbung statistics` for several villages: their registers go into one confined child, protected together.

The memory of releases is one file for each area, so that a village may be counted alone the next time.
"""

import io
import json
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from lumbung import confine
from lumbung.cli.statistics import LIMITS, MEMORY, call, write_memory

WHOLE = "gabungan"
_AREA = re.compile(r"\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?\.json")
_MORE = 120  # seconds for each register beyond the first


def folder_of(memory: Path | None) -> Path:
    """Where the memory of releases lies."""
    return memory or Path(os.environ.get("LUMBUNG_HOME", "var")) / "statistik"


def remembered(memory: Path | None) -> list[Path]:
    """The files of the memory: in a previous package of several villages or of one, else one for each area."""
    folder = folder_of(memory)
    for previous in (folder / WHOLE / MEMORY, folder / MEMORY):
        if previous.is_file():
            return [previous]
    return sorted(path for path in folder.glob("*.json") if _AREA.fullmatch(path.name))


def made(
    registers: Iterable[Path],
    work: Path,
    *,
    villages: list[str],
    period: date,
    mapping: dict[str, str],
    memories: list[list[dict[str, Any]]],
) -> dict[str, Any]:
    """The child's answer. Nothing of a register is written anywhere on the way: they are joined in memory."""
    contents = []
    try:
        for register in registers:
            with confine.open_file(register) as file:
                contents.append(file.read())
    except OSError:
        return {"code": "not-wholly-read"}
    arguments = {
        "sizes": [len(content) for content in contents],
        "villages": villages,
        "period": period.isoformat(),
        "mapping": mapping,
        "memories": memories,
    }
    target = "lumbung.statistics:make_together"
    return dict(call(target, io.BytesIO(b"".join(contents)), work, arguments, limits=_limits(len(contents))))


def keep(package: Path, *, out: Path, folder: Path) -> Path | None:
    """Write down what was published of each area; nothing where a previous package holds the memory."""
    from lumbung.aggregate.package import as_json, from_json

    if (folder / MEMORY).is_file() or (folder / WHOLE / MEMORY).is_file():
        return None
    whole = from_json(json.loads((package / WHOLE / MEMORY).read_text(encoding="utf-8")))
    for code in whole.areas():
        text = json.dumps(as_json(whole.of(code)), ensure_ascii=False, separators=(",", ":"))
        write_memory(folder / f"{code}.json", f"{text}\n".encode())
    return folder


def _limits(count: int) -> confine.Limits:
    return confine.Limits(
        memory_bytes=LIMITS.memory_bytes * 2,
        cpu_seconds=LIMITS.cpu_seconds + _MORE * count,
        wall_seconds=LIMITS.wall_seconds + 2 * _MORE * count,
        written_bytes=LIMITS.written_bytes,
    )
