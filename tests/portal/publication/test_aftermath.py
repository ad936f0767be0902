"""What remains elsewhere after a closing: backups that still hold it, copies at search engines. And here: nothing."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Release
from lumbung.portal.publication import backups, forgetting, scopes, telling
from lumbung.portal.publication.actions import quarantine, remove
from lumbung.portal.publication.models import Backup, Call
from tests.portal.publication import routes
from tests.portal.publication.test_remove import database_files, holding
from tests.portal.shelves import TABLE, Desk, actor, signed_in

PLANTED = "Zamrudkhatulistiwa"


def closed(desk: Desk, **sent: Any) -> Any:
    dataset = desk.publish(**sent)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    dataset.refresh_from_db()
    return dataset


@pytest.mark.django_db
def test_a_removal_says_which_backups_still_hold_it(desk: Desk) -> None:
    backups.note("Sebelum terbit", days=30)
    dataset = closed(desk)
    call_command("note_backup", "NAS Diskominfo", "--days", "14", stdout=StringIO())
    expired = backups.note("Sudah musnah", days=1)
    Backup.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Hapus.", title=dataset.title)
    held = Event.objects.get(kind="removal-checked").details["backups"]
    assert [one["place"] for one in held] == ["NAS Diskominfo"]
    page = signed_in(desk.ppdp).get(f"/meja/data/{dataset.slug}").content.decode()
    assert "NAS Diskominfo" in page
    assert "Sebelum terbit" not in page


@pytest.mark.django_db
def test_the_register_of_backups(desk: Desk) -> None:
    assert signed_in(desk.producer).get("/meja/cadangan/").status_code == 403
    with pytest.raises(Refused):
        backups.note("Di rumah", days=3, person=desk.stranger, by=actor(desk.stranger))
    for place, days in (("", 3), ("x", 0), ("x", 10**6), ("NIK 3308" + "1" * 8 + "9001", 3)):
        with pytest.raises(Unfit):
            backups.note(place, days=days)
    with pytest.raises(CommandError):
        call_command("note_backup", "x", "--days", "0")
    assert signed_in(desk.duty).post("/meja/cadangan/", {"place": "Pita", "days": "9"}).status_code == 302
    assert signed_in(desk.duty).post("/meja/cadangan/", {"place": "Pita", "days": "x"}).status_code == 422
    assert "Pita" in signed_in(desk.duty).get("/meja/cadangan/").content.decode()


@pytest.mark.django_db
def test_requests_name_every_exact_address_and_no_word(desk: Desk) -> None:
    dataset = desk.publish(title="Judul yang membocorkan")
    file = dataset.releases.get().distributions.get(format="csv")
    list(Client().get(f"{dataset.get_absolute_url()}/unduh/{file.name}"))
    assert signed_in(desk.duty).get(f"/meja/data/{dataset.slug}/salinan").status_code == 404  # it is open
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    dataset.refresh_from_db()
    listed = {re.sub("^https?://[^/]+", "", one) for one in forgetting.addresses(dataset)}
    wanted = {path for path in routes.of_dataset(dataset) if "?" not in path and "/perubahan/" not in path}
    assert wanted <= listed
    page = signed_in(desk.duty).get(f"/meja/data/{dataset.slug}/salinan").content.decode()
    for word in ("remove-outdated-content", "contentremoval", "info@archive.org", file.name):
        assert word in page
    assert "membocorkan" not in "".join(one.text for one in forgetting.requests(dataset)).replace(dataset.slug, "")
    remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Hapus.", title=dataset.title)
    dataset.refresh_from_db()
    assert any(file.name in one for one in forgetting.addresses(dataset))  # the record knows what left the house


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_two_releases_one_of_them_closed(desk: Desk, home: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("looks into the files of SQLite; PostgreSQL keeps dead rows until VACUUM")
    told = {"person": desk.admin, "by": actor(desk.admin)}
    telling.add("https://pemanen.contoh.go.id/", **told)  # type: ignore[arg-type]
    words = {"description": f"Memuat {PLANTED}.", "unit": PLANTED, "source": PLANTED}
    first = TABLE + f"{PLANTED};2024;71\n".encode()
    dataset = desk.publish(first, **words)
    desk.publish(first + b"Sindang;2024;77\n", dataset=dataset, **words)
    newest = Release.objects.get(dataset=dataset, number=2)
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada laporan."}
    scopes.close_release(newest, **told)  # type: ignore[arg-type]
    for path in (*routes.of_dataset(dataset), "/", f"/?q={PLANTED}", "/umpan.atom"):
        list(Client().get(path))
    quarantine(dataset, **told)  # type: ignore[arg-type]
    telling.tell()
    assert holding(PLANTED, home / "shelf")
    dataset.refresh_from_db()
    traces = remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Hapus.", title=dataset.title)
    assert set(traces.left().values()) == {0}
    assert Call.objects.exists()
    connection.close()
    for word in (PLANTED, PLANTED.lower()):
        assert holding(word, home, *database_files()) == []
