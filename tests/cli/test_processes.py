"""Who is kept running and who is not: one that is meant to run once is left alone when it has ended well."""

import os
import sys
from pathlib import Path

import pytest

from lumbung.cli import processes
from lumbung.cli.processes import Kept, supervise

LINE = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(int(sys.argv[2]))"


def kept(file: Path, *, ends: int, once: bool) -> Kept:
    return Kept([sys.executable, "-c", LINE, str(file), str(ends)], os.environ, once=once)


def times(file: Path) -> int:
    return len(file.read_text(encoding="utf-8")) if file.exists() else 0


def test_once_is_once_unless_it_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "TOO_SOON", 0.0)
    always, well, badly = tmp_path / "always", tmp_path / "well", tmp_path / "badly"
    three = [kept(always, ends=0, once=False), kept(well, ends=0, once=True), kept(badly, ends=1, once=True)]
    asked = supervise(three, until=lambda: times(always) > 2 and times(badly) > 2 and times(well) > 0)
    assert not asked
    assert times(well) == 1
