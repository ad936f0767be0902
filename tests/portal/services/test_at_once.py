"""Two officers at the same switch: one is first, the other is told, and the record has one line for each move."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.services import checklist, queries
from lumbung.portal.services.models import Move, Service, Signature
from lumbung.portal.services.states import ServiceState
from tests.portal.services.switched import switch
from tests.portal.shelves import Desk, actor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """The codes of what was refused, "" for what was done, in order of the acts."""
    start, ended = Barrier(len(acts)), {}

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            ended[number] = ""
        except Refused as refused:
            ended[number] = refused.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [ended[number] for number in sorted(ended)]


def test_two_close_a_switch_that_was_never_moved(desk: Desk) -> None:
    codes = at_once(
        lambda: switch("open-data", desk.duty, danger=True, seen=0),
        lambda: switch("open-data", desk.walidata, danger=True, seen=0),
    )
    assert sorted(codes) == ["", "moved-meanwhile"]
    assert (Service.objects.count(), Move.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="service-moved").count() == 1


def test_one_closes_while_another_opens(desk: Desk) -> None:
    last = switch("open-data", desk.duty, ServiceState.DEGRADED)
    codes = at_once(
        lambda: switch("open-data", desk.duty, danger=True, seen=last.pk),
        lambda: switch("open-data", desk.walidata, ServiceState.OPEN, seen=last.pk),
    )
    assert codes[0] == "", "a closing never waits"
    assert queries.state_of("open-data") == ServiceState.CLOSED


def test_one_hand_signs_once_however_quick(desk: Desk) -> None:
    switch("open-data", desk.duty, danger=True)
    told = {"person": desk.walidata, "by": actor(desk.walidata), "points": set(checklist.POINTS)}
    codes = at_once(*[lambda: checklist.sign("open-data", **told) for _ in range(2)])  # type: ignore[arg-type]
    assert sorted(codes) == ["", "signed-already"]
    assert Signature.objects.count() == 1
