"""The incident, ready to be replayed: the register of 2017 and a page that leads through it."""

from importlib.resources import files
from pathlib import Path

from lumbung.invent.incident import FILE_NAME, register_of_2017
from lumbung.invent.workbooks import write

GUIDE = "panduan-insiden.txt"
KEY = "kunci-kantor-contoh.txt"  # of the office that takes requests for documents


def leave_incident(folder: Path) -> None:
    """Write register and guide where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FILE_NAME).exists():
        write(register_of_2017(), to=folder / FILE_NAME, format="xls")
    guide = files("lumbung.cli").joinpath(GUIDE).read_text(encoding="utf-8")
    (folder / GUIDE).write_text(guide, encoding="utf-8")
