"""The villages of the demo bring their own: statistics, blanks, an office; once, and by everybody's own verbs."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.cli import demo_regency, demo_villages
from lumbung.invent import invent_regency
from lumbung.invent.answers import answers
from lumbung.invent.incident import VILLAGE
from lumbung.invent.regency import Regency
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue import filling
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.blanks.definition import Blank, blanks
from lumbung.portal.intake.blanks.form import BREAK, BlankForm
from lumbung.portal.intake.blanks.table import imbalance
from lumbung.portal.intake.blanks.values import shown
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.review.models import Decision

WHOLE = invent_regency()
FIRST = WHOLE.districts[0]
BUDGET_YEARS = 3
THIS = timezone.localdate().year


def small() -> Regency:
    """The village of the incident, and one beside it with few families."""
    beside = replace(FIRST.villages[1], households=70)
    return Regency(districts=(replace(FIRST, villages=(FIRST.villages[0], beside)),))


@pytest.mark.parametrize("blank", blanks().values(), ids=lambda blank: blank.code)
@pytest.mark.parametrize("year", [THIS - 1, THIS, THIS + 1])
def test_what_is_filled_in_fits_the_blank(blank: Blank, year: int) -> None:
    for village in FIRST.villages:
        said = answers(blank.code, village, year=year, this=THIS)
        cells = {f"{line}{BREAK}{name}": shown(value) for line, row in said.items() for name, value in row.items()}
        form = BlankForm({**cells, "version": "0"}, blank=blank, known={}, version=0, sending=True)
        assert form.is_valid(), form.errors
        assert form.values() == said
        assert imbalance(blank, said) == 0


@pytest.mark.django_db
def test_two_villages_fill_their_pages_once(home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(demo_villages, "YEARLY", ("potensi",))
    regency = small()
    demo_regency.add_organisations(regency)
    demo_regency.add_people()
    demo_villages.fill_villages(regency, show=False)

    kode = regency.villages[1].kode
    assert set(Dataset.objects.values_list("village", flat=True)) == {"", kode}, "the incident's village is left out"
    assert set(Submission.objects.values_list("state", flat=True)) == {State.PUBLISHED, State.SHREDDED}
    assert not Decision.objects.filter(submission__submitted_by=demo_regency.person(demo_regency.Role.WALIDATA, ""))
    page = Client().get(f"/desa/{kode}").content.decode()
    for word in ("Penduduk", "Dana desa", str(THIS + 1), "Padi dan palawija", "Jl. Balai Desa"):
        assert word in page
    assert "Dana desa" in Client().get(f"/desa/{VILLAGE}").content.decode()
    assert filling.under_way() is None

    lines = Event.objects.count()
    demo_villages.fill_villages(regency, show=False)
    assert Event.objects.count() == lines


@pytest.mark.django_db
def test_the_front_page_says_how_far_it_is(client: Client, home: Path) -> None:
    assert "sedang diisi" not in client.get("/").content.decode()
    filling.say(3, of=7)
    page = client.get("/").content.decode()
    assert "sedang diisi" in page and "3 dari 7" in page
    assert "sedang diisi" not in client.get("/?q=penduduk").content.decode()
    filling.say(7, of=7)
    assert "sedang diisi" not in client.get("/").content.decode()


def test_who_went_silent_fills_no_more(home: Path) -> None:
    filling.say(1, of=2)
    long_ago = time.time() - 2 * filling.SILENCE
    place = home / "demo" / filling.NAME
    os.utime(place, (long_ago, long_ago))
    assert filling.under_way() is None
    place.write_text('{"bukan": "angka"}', encoding="utf-8")
    assert filling.under_way() is None
