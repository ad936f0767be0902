"""The folder is the register of kinds."""

from importlib import import_module
from pathlib import Path

from lumbung import detect


def test_every_file_with_a_kind_is_a_recogniser():
    files = sorted(path.stem for path in Path(detect.__file__).parent.glob("*.py") if path.stem != "__init__")
    modules = [import_module(f"lumbung.detect.{name}") for name in files]
    assert {module for module in modules if hasattr(module, "KIND")} == set(detect.RECOGNISERS)


def test_kinds_are_the_stable_codes():
    assert [recogniser.KIND for recogniser in detect.RECOGNISERS] == [
        *("nik", "nomor-kk", "person-table", "phone", "e-mail"),
        *("npwp", "nip", "nisn", "nuptk", "bpjs", "bank-account", "passport", "driving-licence", "vehicle-plate"),
        *("civil-certificate", "tax-parcel", "ktp-chip"),
        *("public-role", "parent-name", "address", "card", "specific-data", "home-coordinates", "named-in-text"),
        *("small-cells", "re-identifiable"),
    ]


def test_every_kind_names_its_source():
    for recogniser in detect.RECOGNISERS:
        assert "Source: " in (recogniser.__doc__ or ""), recogniser.__name__
