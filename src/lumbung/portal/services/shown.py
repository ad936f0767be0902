"""The status for machines: JSON and Atom. Moments are ISO 8601 with their offset; `ground` a code."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from lumbung.portal.catalogue.models import Closing
from lumbung.portal.services.models import Move
from lumbung.portal.services.queries import Standing, Status, history

MOST_ENTRIES = 50


def as_json(now: datetime, said: Status) -> dict[str, Any]:
    """`{"at", "services", "history", "closed", "checks"}`."""
    closed = [{"name": one.organisation.name, **_closing(one)} for one in said.organisations if one.organisation]
    return {
        "at": now.isoformat(),
        "services": [of_standing(one) for one in said.board],
        "history": [_move(one) for one in said.moves],
        "closed": {
            "portal": _closing(said.portal) if said.portal else None,
            "organisations": closed,
            "datasets": said.datasets,
            "releases": said.releases,
        },
        "checks": dict(said.checks),
    }


def of_standing(one: Standing) -> dict[str, Any]:
    """One service."""
    return {
        "id": one.code,
        "name": one.label,
        "address": one.address,
        "state": one.state.value,
        "since": _plain(one.since),
        "reason": one.reason,
        "next_update": _plain(one.next_at),
        "overdue": one.is_late,
        "channel": one.channel,
        "through": one.through,
        "decided_by": one.office,
    }


def as_atom(request: HttpRequest) -> Atom1Feed:
    """Every move and further word, one entry each (RFC 4287)."""
    page = request.build_absolute_uri(reverse("services:status"))
    feed = Atom1Feed(
        title=_("Lumbung: keadaan layanan"),
        link=page,
        description="",
        language="id",
        feed_url=request.build_absolute_uri(),
    )
    for one in history()[:MOST_ENTRIES]:
        feed.add_item(
            title=f"{one.service.label}: {one.get_state_display()}",
            link=page,
            description=one.reason,
            unique_id=f"{page}#langkah-{one.pk}",
            pubdate=one.at,
            updateddate=one.at,
        )
    return feed


def _move(one: Move) -> dict[str, Any]:
    return {
        "number": one.pk,
        "service": one.service.code,
        "at": one.at.isoformat(),
        "before": one.before,
        "state": one.state,
        "reason": one.reason,
        "next_update": _plain(one.next_at),
        "decided_by": one.office,
        "undoes": one.undoes_id,
    }


def _closing(closing: Closing) -> dict[str, str]:
    return {"shut": closing.shut, "since": closing.since.isoformat(), "ground": closing.ground}


def _plain(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
