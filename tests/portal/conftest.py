"""A small regency with people in every role, a home of its own for every test, and a database that is a real file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as memory
from django.core.management.commands import flush
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit import keys
from lumbung.portal.audit.actors import Actor

PASSWORD = "padi-menguning-2019"
TRIGGERS = import_module("lumbung.portal.audit.migrations.0006_tree")
CSV = b"kecamatan;tahun;jumlah penduduk\nSukatani;2024;12450\nMekarsari;2024;9811\nCiwangi;2024;15012\n"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: several threads and processes use it, as in life. PostgreSQL stays as it is. No thread keeps a
    connection: those of tests end, and the database could not be taken away from under one that is still open."""
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        place = tmp_path_factory.mktemp("database") / "lumbung.db"
        django_settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(place)
        connection.settings_dict["TEST"]["NAME"] = str(place)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home with a key file, and static files under their plain names."""
    settings.LUMBUNG_HOME = settings.STORED = tmp_path
    settings.LUMBUNG_KEY_FILE = tmp_path / "keys.json"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    memory.clear()  # the keys of rows begin anew with every test
    settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    keys.ensure(settings.LUMBUNG_KEY_FILE, home=tmp_path)
    return tmp_path


def _transactional(node: pytest.Item) -> bool:
    marker = node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_written_after_a_flush() -> Iterator[None]:
    """Django would write a kind and four permissions for each model, which nothing here asks for: most of a flush."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_about: None)
        yield


@pytest.fixture(autouse=True)
def _let_the_flush_through(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test of real transactions ends by emptying all tables, which the record rightly refuses."""
    if _transactional(request.node):
        request.getfixturevalue("transactional_db")
    yield
    if _transactional(request.node):
        _run(TRIGGERS.DROP)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Once the tables are empty the record is made append-only again: a hook, for every fixture ends before that."""
    yield
    if nextitem is not None and _transactional(item):
        with item.config.stash[blocking_manager_key].unblock():
            _run(TRIGGERS.CREATE)
            connection.close()


@dataclass(frozen=True)
class Regency:
    """Kabupaten > Kecamatan > two villages, and an agency beside them."""

    top: Organisation
    district: Organisation
    village: Organisation
    neighbour: Organisation
    agency: Organisation


@pytest.fixture
def regency(db: None) -> Regency:
    """An invented regency."""
    tree = Organisation.objects
    top = tree.add_root({"kind": "regency", "name": "Kabupaten Lumbung Raya", "slug": "kabupaten", "kode": "99.01"})
    district = tree.add_child(top, {"kind": "district", "name": "Kecamatan Sukatani", "slug": "kecamatan"})
    village = tree.add_child(district, {"kind": "village", "name": "Desa Mekarsari", "slug": "desa"})
    neighbour = tree.add_child(district, {"kind": "village", "name": "Desa Ciwangi", "slug": "tetangga"})
    agency = tree.add_child(top, {"kind": "agency", "name": "Dinas Kesehatan", "slug": "dinkes"})
    return Regency(top, district, village, neighbour, agency)


@cache
def _hashed() -> str:
    """Argon2 is slow on purpose; once is enough."""
    return make_password(PASSWORD)


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """Make a person: `person("produsen", village)`, or without any role. `invented`: without a second step."""

    hashed = _hashed()

    def make(
        role: str = "", organisation: Organisation | None = None, *, email: str = "", invented: bool = True
    ) -> Person:
        number = Person.objects.count() + 1
        email = email or f"orang{number}@contoh.test"
        someone = Person.objects.create(email=email, password=hashed, name=f"Orang {role} {number}", invented=invented)
        if organisation:
            Membership.objects.create(person=someone, organisation=organisation, role=Role(role))
        return someone

    return make


@pytest.fixture
def actor() -> Actor:
    """Somebody who acts."""
    return Actor(id="person:1", name="Orang", organisation="Desa", address="127.0.0.1", device="peramban")
