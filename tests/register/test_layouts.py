"""Every layout of a register gives the same residents, whatever an office did to the file; other lists are refused."""

import json
import zipfile
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from lumbung.document import RESIDENT
from lumbung.invent import Household, people
from lumbung.invent.damage import DAMAGES
from lumbung.invent.workbooks import write
from lumbung.read import read
from lumbung.register import Recognised, recognise
from tests.register.conftest import NAMED, RESIDENTS, Open, counted

SHORT = {"tanpa-kepala", "tiga-baris", "lembar-tersembunyi"}  # damages that take people away, tested apart
OTHERS = {
    "dpt": "voters", "dpt-bintang": "voters", "bansos-peserta": "aid-list", "opendk-peserta": "aid-list",
    "suplemen": "aid-list", "bdt-2015": "survey", "dtks-regsosek": "survey", "rtm": "survey",
    "buku-b2-mutasi": "moves", "buku-b4-sementara": "moves", "vaksin": "not-a-register",
    "persil": "not-a-register", "prodeskel-ddk": "not-a-register",
}  # fmt: skip


def as_invented(households: tuple[Household, ...]) -> Counter[tuple[object, ...]]:
    return Counter(
        ("P" if one.female else "L", one.age, one.life.education, one.life.occupation, one.life.religion, one.relation)
        for _, one in people(households)
    )


def as_counted(frame: pl.DataFrame) -> Counter[tuple[object, ...]]:
    return Counter(frame.select("sex", "age", "education", "occupation", "religion", "relation").rows())


@pytest.mark.parametrize("format", ["xlsx", "xls", "ods", "csv", "html"])
@pytest.mark.parametrize("name", RESIDENTS)
def test_every_layout_in_every_format_gives_the_same_people(
    name: str, format: str, households: tuple[Household, ...], opened: Open
) -> None:
    if format in ("csv", "html") and name == "bip-ektp":
        households = households[:40]  # one sheet, and so do these formats
    register = counted(opened(NAMED[name].build(households), format))
    assert (register.report.refusal, register.report.households) == ("", len(households))
    assert register.residents.schema == pl.Schema(RESIDENT)
    assert as_counted(register.residents) == as_invented(households)


@pytest.mark.parametrize("name", RESIDENTS)
def test_what_is_recognised_survives_json(name: str, households: tuple[Household, ...], opened: Open) -> None:
    found = recognise(opened(NAMED[name].build(households)))
    assert found.layout == name.removesuffix("-kode").removesuffix("-huruf")
    assert not found.needs_confirmation and not found.unmapped
    assert Recognised.from_dict(json.loads(json.dumps(found.as_dict()))) == found


@pytest.mark.parametrize("damage", [damage.name for damage in DAMAGES if damage.name not in SHORT])
@pytest.mark.parametrize("name", ["bip-ektp", "bip-2012", "bip-luwu-timur", "opensid-ekspor", "siak"])
def test_damaged_numbers_change_nobody(
    name: str, damage: str, households: tuple[Household, ...], opened: Open
) -> None:
    (found,) = (one for one in DAMAGES if one.name == damage)
    register = counted(opened(found.apply(NAMED[name].build(households))))
    assert as_counted(register.residents) == as_invented(households)
    assert register.report.households == len(households)


@pytest.mark.parametrize(("name", "why"), OTHERS.items())
def test_other_lists_are_refused(name: str, why: str, households: tuple[Household, ...], opened: Open) -> None:
    register = counted(opened(NAMED[name].build(households)))
    assert (register.report.refusal, register.residents.height) == (why, 0)


def test_opendks_zip_is_opened(households: tuple[Household, ...], tmp_path: Path) -> None:
    write(NAMED["opendk-sinkron"].build(households), to=tmp_path / "isi.xlsx", format="xlsx")
    with zipfile.ZipFile(tmp_path / "penduduk_31_12_2017_opendk.zip", "w") as package:
        package.write(tmp_path / "isi.xlsx", "penduduk_31_12_2017_opendk.xlsx")
    with (tmp_path / "penduduk_31_12_2017_opendk.zip").open("rb") as file:
        document = read(file, name="")
    assert recognise(document).layout == "opendk-sinkron"
    assert as_counted(counted(document).residents) == as_invented(households)


def test_without_headings_nothing_is_guessed(households: tuple[Household, ...], opened: Open) -> None:
    (bare,) = (one for one in DAMAGES if one.name == "tanpa-kepala")
    assert recognise(opened(bare.apply(NAMED["siak"].build(households)))).refusal == "no-headings"


def test_a_register_on_a_hidden_sheet_is_not_counted(households: tuple[Household, ...], opened: Open) -> None:
    (hidden,) = (one for one in DAMAGES if one.name == "lembar-tersembunyi")
    assert recognise(opened(hidden.apply(NAMED["siak"].build(households)))).refusal == "hidden-sheet"


def test_hamlets_come_from_columns_addresses_and_bands(households: tuple[Household, ...], opened: Open) -> None:
    said = Counter(home.hamlet for home, _ in people(households))
    for name in ("opensid-ekspor", "siak", "bip-ektp", "bip-2012", "bip-2016"):
        found = counted(opened(NAMED[name].build(households))).residents
        assert Counter(found["hamlet"]) == said, name
