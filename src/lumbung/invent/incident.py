"""The register of the incident, invented anew: a whole village of 2017 as a BIP e-KTP, in an old workbook."""

from lumbung.invent.layouts.bip import bip_ektp
from lumbung.invent.layouts.lists import vaccination
from lumbung.invent.origins import HOMES
from lumbung.invent.residents import Household, invent_households
from lumbung.invent.sheet import Sheet

FILE_NAME = "data-penduduk-2017.xls"
VILLAGE = "99.01.01.2001"


def village_of_2017() -> tuple[Household, ...]:
    """Every family of Desa Argaloka."""
    return invent_households(seed=2017, count=720, home=HOMES[0], village=VILLAGE)


def register_of_2017() -> tuple[Sheet, ...]:
    """Sheets `Table 1` to `Table 18`, families between their members; no single row is a header for all."""
    return bip_ektp(village_of_2017())


def vaccinations() -> tuple[Sheet, ...]:
    """Another file that is held: who was vaccinated, by NIK and nothing else."""
    return vaccination(invent_households(seed=2021, count=90, home=HOMES[0], village=VILLAGE))
