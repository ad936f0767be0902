"""Published figures of how many people live, or may vote, where: `reference/population.toml`, and what a claim brings.

The list is short: only figures whose publication is named. A claim file may bring more under [[figures]].
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("reference") / "population.toml"
COUNTRY = "Indonesia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published total. `of` is penduduk (residents) or pemilih (electors); `code` four digits of Kemendagri or none;
    `checked` whether the exact figure was seen where `source` says."""

    name: str
    of: str
    year: int
    count: int
    source: str
    code: str = ""
    checked: bool = False


@cache
def published() -> tuple[Figure, ...]:
    """The list that comes with Lumbung."""
    return tuple(Figure(**raw) for raw in tomllib.loads(PATH.read_text(encoding="utf-8"))["figures"])


def of_region(name: str, *, of: str, brought: tuple[Figure, ...] = ()) -> Figure | None:
    """The newest figure for a region; what a claim brings goes first. A bare name is a regency before it is a city."""
    wanted = plain(name)
    for spelled in (wanted, f"kabupaten {wanted}", f"kota {wanted}"):
        for figures in (brought, published()):
            found = [one for one in figures if one.of == of and spelled in (plain(one.name), one.code)]
            if found:
                return max(found, key=lambda one: one.year)
    return None


def plain(name: str) -> str:
    """A name as it is compared.

    >>> plain("Kab. Malang"), plain(" KOTA  Bogor"), plain("35.07")
    ('kabupaten malang', 'kota bogor', '3507')
    """
    if re.fullmatch(r"[\d.]+", name.strip()):
        return name.strip().replace(".", "")
    return re.sub(r"^kab\b\.?\s*", "kabupaten ", " ".join(name.lower().split())).strip()
