"""Drafts lie sealed: nothing that somebody types is in the database before the gate has seen it."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.models import Delivery, Entry
from lumbung.portal.intake.seal import Tampered
from tests.portal.counted import with_kode
from tests.portal.intake.test_secret import everything_in_the_database
from tests.portal.shelves import Desk, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Sanggar Wening Lestari"
YEAR = 2025


def typed(desk: Desk, step: str, version: int = 0) -> Client:
    """Somebody writes a name where a product belongs."""
    browser = signed_in(desk.producer)
    address = f"/meja/isian/potensi/{with_kode(desk.village).slug}/{YEAR}"
    answer = browser.post(address, {"version": version, "step": step, "1__jenis": "Kesenian", "1__nama": WORD})
    assert answer.status_code == 302
    return browser


def test_a_draft_is_nowhere_in_clear_and_is_shown_again(desk: Desk) -> None:
    browser = typed(desk, "save")
    assert WORD.encode() not in everything_in_the_database()
    assert Entry.objects.get().values == {"1": {"jenis": "Kesenian", "nama": WORD}}
    assert WORD in browser.get(f"/meja/isian/potensi/{desk.village.slug}/{YEAR}").content.decode()


def test_what_was_sent_is_sealed_too(desk: Desk) -> None:
    typed(desk, "send")
    assert WORD.encode() not in everything_in_the_database()
    assert Delivery.objects.get().values == Entry.objects.get().values


def test_moved_to_another_row_it_does_not_open(desk: Desk) -> None:
    typed(desk, "save")
    Entry.objects.update(year=YEAR - 1)
    with pytest.raises(Tampered):
        Entry.objects.get().values  # noqa: B018 - reading it is what fails
    Entry.objects.update(year=YEAR, organisation=Organisation.objects.exclude(pk=desk.village.pk).first())
    with pytest.raises(Tampered):
        Entry.objects.get().values  # noqa: B018


def test_what_was_typed_before_is_sealed_by_the_migration_and_comes_back() -> None:
    migration = import_module("lumbung.portal.intake.migrations.0005_sealed_cells_and_parcels")
    cells = {"1": {"nama": WORD, "volume": 12.5}}
    row = SimpleNamespace(organisation_id=7, blank="potensi", year=YEAR, values=cells, sealed=b"", saved=[])
    row.save = lambda update_fields: row.saved.append(update_fields)
    rows: Any = SimpleNamespace(objects=SimpleNamespace(all=lambda: [row]))
    apps = SimpleNamespace(get_model=lambda app, name: rows)
    migration.seal(apps, None)
    assert row.sealed and WORD.encode() not in row.sealed
    row.values = None
    migration.unseal(apps, None)
    assert row.values == cells and ["sealed"] in row.saved and ["values"] in row.saved
    assert "potensi" in blanks()
