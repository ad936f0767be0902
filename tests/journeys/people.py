"""Who walks: people of the invented regency, and the files they bring."""

from pathlib import Path

from lumbung.invent import LAYOUTS, Household, invent_households
from lumbung.invent.offices import LEADING, Appointee
from lumbung.invent.workbooks import write

OPERATOR, WALIDATA, SECOND_WALIDATA, PPDP, DUTY, ADMIN, TRACER, SERVES = (
    next(one for one in LEADING if one.email.split("@")[0] == login)
    for login in ("operator.argaloka", "walidata", "walidata2", "ppdp", "piket", "admin", "penelusur", "layanan")
)
SEEDS = {"phone": 41, "desktop": 42}


def credentials(one: Appointee) -> tuple[str, str]:
    """E-mail and password."""
    assert one.password
    return one.email, one.password


def register(folder: Path, *, width: str, story: int = 0) -> tuple[Path, tuple[Household, ...]]:
    """The register of a village as its population book, and the families in it. Two stories bring two registers, for
    the portal does not take the same bytes twice."""
    layout = next(layout for layout in LAYOUTS if layout.name == "bip-ektp")
    families = invent_households(seed=SEEDS[width] + 100 * story, count=30)
    path = folder / "data_penduduk_2017.xlsx"
    write(layout.build(families), to=path, format="xlsx")
    return path, families


def clean_table(folder: Path, *, width: str) -> Path:
    """Residents counted by hamlet: what a village may show."""
    more = SEEDS[width]
    rows = [("Krajan", 210, 198), ("Mulyosari", 187, 203), ("Tegalrejo", 154, 149), ("Wonosari", 231, 240)]
    lines = [f"{hamlet},{men + more},{women},{men + more + women}" for hamlet, men, women in rows]
    path = folder / "penduduk_dusun.csv"
    path.write_text("Dusun,Laki-laki,Perempuan,Jumlah\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path
