"""The demo's calls: invented, under seal, with a quarter that can be counted; its message roads are off."""

import pytest
from django.test import Client

from lumbung.cli.demo_calls import CALLS, fill_calls, fill_roads
from lumbung.cli.demo_regency import add_organisations, add_people, person
from lumbung.invent.regency import invent_regency
from lumbung.portal.accounts.roles import Role
from lumbung.portal.chat.models import Channel, ReadyText
from lumbung.portal.emergencies import figures
from lumbung.portal.emergencies.models import Call, Feed
from tests.portal.shelves import actor, signed_in


@pytest.mark.django_db
def test_the_demo_shows_both_rooms() -> None:
    add_organisations(invent_regency())
    add_people()
    for _ in range(2):
        fill_calls()
        fill_roads()
    feed = Feed.objects.get()
    assert Call.objects.count() == CALLS
    duty = person(Role.PETUGAS_PIKET, "")
    ripe = figures.ripe(feed)
    assert ripe
    printed = figures.print_quarter(feed, ripe[-1], person=duty, by=actor(duty))
    assert any(line["count"] for line in printed.lines)
    assert not Channel.objects.get().is_on
    assert ReadyText.objects.count() == 2
    for one in (duty, person(Role.ADMIN, ""), person(Role.PPDP, "")):
        assert signed_in(one).get(f"/meja/darurat/{feed.pk}").status_code == 200
    assert "wa.me" not in Client().get("/obrolan/").content.decode()
