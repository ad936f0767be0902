"""The demo's switchboard: two outside services, and a week in which switches were moved as an office moves them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lumbung.cli.demo_days import days_ago
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.services.actions import Told, move
from lumbung.portal.services.checklist import POINTS, sign
from lumbung.portal.services.models import Own, Service
from lumbung.portal.services.registering import register
from lumbung.portal.services.states import ServiceState

Officer = tuple[Person, Actor]
OUTSIDE = (
    ("Antrean KTP-el daring", "https://antrean.lumbungraya.example", "Loket Disdukcapil, Senin-Jumat 08.00-15.00"),
    ("Pengaduan warga", "https://pengaduan.lumbungraya.example", "Meja pengaduan di kantor kecamatan"),
)
NEXT = timedelta(days=1)


@transaction.atomic
def fill_switchboard(*, duty: Officer, walidata: Officer, ppdp: Officer) -> None:
    """Five days ago an alarm and its two signatures, the day after a slow neighbour; nothing the second time. Moves no
    switch of a portal in which somebody moved one."""
    if Service.objects.exists():
        return
    with days_ago(5):
        for name, address, channel in OUTSIDE:
            register(person=walidata[0], by=walidata[1], name=name, address=address, channel=channel)
        _move(Own.ROWS_API, ServiceState.CLOSED, duty, "Ditutup sementara selagi kunci API yang bocor diganti.")
    with days_ago(4):
        for person, by in (walidata, ppdp):
            sign(Own.ROWS_API, person=person, by=by, points=set(POINTS), words="Kunci diganti, catatan cocok.")
        _move(Own.ROWS_API, ServiceState.OPEN, walidata, "Kunci sudah diganti; layanan berjalan kembali.")
        _move("pengaduan-warga", ServiceState.DEGRADED, duty, "Jawaban lambat: penyedianya sedang berpindah server.")
    with days_ago(3):
        _move("pengaduan-warga", ServiceState.OPEN, duty, "Perpindahan selesai.")


def _move(code: str, state: ServiceState, officer: Officer, reason: str) -> None:
    told = Told(reason=reason, next_at=timezone.now() + NEXT, danger=state == ServiceState.CLOSED)
    move(code, person=officer[0], by=officer[1], state=state, told=told)
