"""The demo's emergency calls and message roads: invented callers, and a quarter that waits to be counted.

The duty officer of the regency may open a call; the last quarter is left to be counted by whoever looks round.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from lumbung.cli.demo_regency import acting, office, person
from lumbung.cli.demo_requests import SERVES
from lumbung.invent.names import full_name
from lumbung.invent.regency import KODE
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import Actor
from lumbung.portal.chat.actions import register, write
from lumbung.portal.chat.models import Channel, ChannelKind
from lumbung.portal.emergencies import actions, taking
from lumbung.portal.emergencies.models import Feed

DAYS = 110  # so far back: into the quarter that is over
CALLS = 280
TEXTS = (
    ("Sedang dikerjakan", "Permohonan dengan kode {kode} sedang dikerjakan. Jangan kirim NIK atau foto ke sini."),
    ("Siap diambil", "Permohonan dengan kode {kode} siap diambil di loket. Cukup sebutkan kodenya."),
)


def fill_calls() -> None:
    """A feed with its officer and calls of four months; nothing the second time."""
    if Feed.objects.exists():
        return
    admin, duty, top = person(Role.ADMIN, ""), person(Role.PETUGAS_PIKET, ""), office(KODE)
    by = acting(admin)
    feed = actions.make(top, name="Panggilan pemadam (contoh)", retention_days=180, person=admin, by=by)
    actions.name_officer(feed, officer=duty, person=admin, by=by)
    random = Random(KODE)  # noqa: S311 - no secret
    districts = list(taking.districts_of(feed))
    calls = [_call(number, random, districts) for number in range(CALLS)]
    taking.take(feed, calls, by=Actor(id=f"feed:{feed.pk}", name=feed.name, organisation=top.name))


def fill_roads() -> None:
    """A road that is off, as every road is at first, and two ready texts; nothing the second time."""
    if Channel.objects.exists():
        return
    admin, serving, where = person(Role.ADMIN, ""), person(Role.PETUGAS_LAYANAN, SERVES), office(SERVES)
    road = {"kind": ChannelKind.WHATSAPP, "shown": "6285700000000", "account": "100000000000000"}
    register(where, **road, person=admin, by=acting(admin))
    for title, words in TEXTS:
        write(where, title=title, words=words, person=serving, by=acting(serving))


def _call(number: int, random: Random, districts: list[str]) -> dict[str, Any]:
    """Most calls come from the first districts, as from towns."""
    at: datetime = timezone.localtime() - timedelta(minutes=random.randint(120, DAYS * 24 * 60))
    place = min(int(random.expovariate(0.45)), len(districts) - 1)
    there = at + timedelta(minutes=random.randint(5, 26))
    return {
        "nomor": f"D-{number + 1:04d}",
        "jenis": random.choice(("kebakaran", "kebakaran", "penyelamatan", "lainnya")),
        "waktu": {"lapor": at.isoformat(), "tiba": there.isoformat()},
        "tempat": {
            "kecamatan": districts[place],
            "alamat": f"Jl. Contoh No. {random.randint(1, 90)}",
            "lintang": round(-7.4 - 0.06 * place - random.random() * 0.05, 5),
            "bujur": round(110.1 + random.random() * 0.12, 5),
        },
        "pelapor": {"nama": full_name(random=random, female=number % 2 == 0), "telepon": f"08129000{number:04d}"},
        "uraian": "panggilan rekaan untuk peragaan",
    }
