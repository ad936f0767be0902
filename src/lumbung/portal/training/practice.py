"""The files to practise with: invented for each person anew, so that no two trainees bring the same."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

from lumbung.invent import LAYOUTS, Sheet, invent_households, people
from lumbung.invent.workbooks import csv_bytes, write

CLEAN, REGISTER, HELD = "unggahan", "register", "perbaikan"
FILE_NAMES = {CLEAN: "penduduk-per-dusun.csv", REGISTER: "register-desa.xlsx", HELD: "bantuan-per-kelompok.csv"}
HAMLETS = ("Krajan", "Mulyosari", "Tegalrejo", "Wonosari", "Karanganyar", "Sidomulyo")
FAMILIES = 90


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """A file under the name that a village would give it."""

    name: str
    content: bytes


def practice_file(lesson: str, *, seed: int) -> PracticeFile:
    """The file of a lesson, the same for the same seed. KeyError for a lesson that has none."""
    make = {CLEAN: _clean, REGISTER: _register, HELD: _held}[lesson]
    return PracticeFile(FILE_NAMES[lesson], make(seed))


def _clean(seed: int) -> bytes:
    random = Random(seed)  # noqa: S311 - the same seed must give the same numbers
    counts = [(hamlet, random.randint(140, 320), random.randint(140, 320)) for hamlet in HAMLETS]
    rows = [(hamlet, men, women, men + women) for hamlet, men, women in counts]
    return csv_bytes([Sheet(name="Dusun", rows=(("Dusun", "Laki-laki", "Perempuan", "Jumlah"), *rows))])


def _register(seed: int) -> bytes:
    """A village's whole register, as OpenSID exports it."""
    layout = next(layout for layout in LAYOUTS if layout.name == "opensid-ekspor")
    sheets = layout.build(invent_households(seed=seed, count=FAMILIES))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        write(sheets, to=path, format="xlsx")
        return path.read_bytes()


def _held(seed: int) -> bytes:
    """What would be open, had nobody written down the heads of the groups beside it."""
    random = Random(seed)  # noqa: S311 - the same seed must give the same numbers
    heads = [one for _home, one in people(invent_households(seed=seed, count=40)) if len(one.nik) == 16]
    rows = [
        (f"Kelompok {number + 1}", HAMLETS[number % len(HAMLETS)], random.randint(25, 90), head.name, head.nik)
        for number, head in enumerate(heads[:18])
    ]
    names = ("Kelompok", "Dusun", "Jumlah anggota", "Nama ketua", "NIK ketua")
    return csv_bytes([Sheet(name="Bantuan", rows=(names, *rows))])
