"""Switches moved the way the desk moves them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.services.actions import Told, move
from lumbung.portal.services.models import Move
from lumbung.portal.services.states import ServiceState
from tests.portal.shelves import actor


def switch(code: str, person: Person, state: ServiceState = ServiceState.CLOSED, **told: Any) -> Move:
    """A move with a reason and news in two hours; a closing is no danger unless asked."""
    seen = told.pop("seen", None)
    words = {"reason": "Sedang diperbaiki.", "next_at": timezone.now() + timedelta(hours=2), **told}
    return move(
        code,
        person=person,
        by=replace(actor(person), organisation="Dinas Kominfo"),
        state=state,
        told=Told(**words),
        seen=seen,
    )
