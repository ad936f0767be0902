"""How far the demo regency has been filled, said by who fills it and shown on the front page while it lasts.

One small file in LUMBUNG_HOME/demo with two numbers, written whole and gone when all is done. A portal without a demo
never has it.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NAME = "kemajuan.json"
SILENCE = 900.0  # seconds; who has said nothing for so long fills no more


@dataclass(frozen=True, slots=True)
class Filling:
    """So many steps are done, of so many."""

    done: int
    of: int


def say(done: int, *, of: int) -> None:
    """Write down how far it is; with the last step the file goes."""
    place = _place()
    if done >= of:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(".baru")
    new.write_text(json.dumps([done, of]), encoding="utf-8")
    new.replace(place)


def under_way() -> Filling | None:
    """How far it is; nothing where nobody fills, or where the file says nothing that can be read."""
    try:
        if time.time() - _place().stat().st_mtime > SILENCE:
            return None
        done, of = json.loads(_place().read_text(encoding="utf-8"))
        return Filling(int(done), int(of))
    except (OSError, ValueError, TypeError):
        return None


def _place() -> Path:
    return Path(settings.LUMBUNG_HOME) / "demo" / NAME
