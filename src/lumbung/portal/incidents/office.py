"""Who writes the letters and to whom: `insiden.toml` in the data folder, which the office fills in once.

Without it letters have dotted lines in these places, and nobody is reminded by e-mail:

    instansi = "Pemerintah Kabupaten Contoh"
    sistem = "Portal Data Kabupaten Contoh"
    pejabat = "Sekretaris Daerah"
    ppdp = "Pejabat Pelindungan Data Pribadi, surel ppdp@contoh.go.id"
    kanal = "telepon 0000 atau loket Dinas Kominfo"
    lembaga = "Kementerian Komunikasi dan Digital"
    tim_tanggap = "TTIS Kabupaten Contoh dan BSSN"
    polisi = "Polres Contoh"

    [surel]
    server = "surat.contoh.go.id"
    port = 25
    from = "lumbung@contoh.go.id"
"""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)

BLANK = "." * 30  # to be written by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The words of `insiden.toml`; dotted lines for what is not there. `surel` is empty where no post is set up."""

    instansi: str = BLANK
    sistem: str = "portal data terbuka"
    pejabat: str = BLANK
    ppdp: str = BLANK
    kanal: str = BLANK
    lembaga: str = BLANK
    tim_tanggap: str = BLANK
    polisi: str = BLANK
    surel: Mapping[str, Any] = field(default_factory=dict)


def office() -> Office:
    """As the file says today. Words that it does not know, or that are no words, are left aside; so is a file that
    cannot be read: an incident must not wait for a missing quotation mark.
    """
    said = _read(Path(settings.LUMBUNG_HOME) / "insiden.toml")
    known = {one.name for one in fields(Office)} - {"surel"}
    words = {name: value for name, value in said.items() if name in known and isinstance(value, str)}
    post = said.get("surel")
    if not (isinstance(post, dict) and all(isinstance(post.get(name), str) for name in ("server", "from"))):
        post = {}
    return Office(**words, surel=post)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:  # ValueError: not TOML, or not UTF-8
        log.warning("insiden.toml cannot be read: %s", type(problem).__name__)
        return {}
