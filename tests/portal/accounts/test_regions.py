"""Districts and villages of a regency by kode wilayah."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lumbung.portal.accounts import regions
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.models import Event
from tests.portal.shelves import Desk, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
LISTED = {"99.01.01": "Sukatani", "99.01.01.1001": "Kota", "99.01.01.2002": "Ciwangi", "99.01.02": "Tegalsari"}


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of an invented regency."""
    monkeypatch.setattr(regions, "_list", lambda: tuple(LISTED.items()))


def test_the_list_knows_the_country() -> None:
    below = regions.regions_below("33.08")
    assert len([kode for kode in below if len(kode) == regions.VILLAGE]) > 300
    assert list(below) == sorted(below)
    assert regions.regions_below("99.01") == {}
    assert regions.regions_below("") == {}


def test_what_is_missing_is_added_once_and_nothing_is_lost(regency: Any, listed: None) -> None:
    regency.village.kode = "99.01.09.2001"  # retired
    regency.village.save(update_fields=["kode"])
    taken = regions.take_in(regency.top, by=SYSTEM)
    assert (taken.added, taken.known) == (4, 0)
    assert [one.name for one in taken.retired] == ["Desa Mekarsari"]
    town = Organisation.objects.get(kode="99.01.01.1001")
    above = Organisation.objects.get_parent(town)
    assert (town.name, town.kind, above.kode) == ("Kelurahan Kota", "village", "99.01.01")
    assert Event.objects.filter(kind="organisation-added").count() == 4
    again = regions.take_in(regency.top, by=SYSTEM)
    assert (again.added, again.known) == (0, 4)


def test_an_unknown_regency_is_refused(regency: Any) -> None:
    with pytest.raises(Unfit):
        regions.take_in(regency.top, by=SYSTEM)
    with pytest.raises(CommandError):
        call_command("import_regions", "33.99")
    with pytest.raises(CommandError):
        call_command("import_regions", "99.01")


def test_the_command_tells_what_it_did(regency: Any, listed: None) -> None:
    said = StringIO()
    call_command("import_regions", "99.01", stdout=said)
    assert "4 ditambahkan, 0 sudah ada." in said.getvalue()


def test_the_page_is_for_admins(desk: Desk, regency: Any, listed: None) -> None:
    browser = signed_in(desk.admin)
    assert browser.get("/meja/wilayah").status_code == 200
    shown = browser.post("/meja/wilayah", {"regency": regency.top.pk}).content.decode()
    assert "4 ditambahkan" in shown
    assert signed_in(desk.producer).post("/meja/wilayah", {"regency": regency.top.pk}).status_code == 403
