"""Reading the record. Nobody reads more of it than their own organisations' lines."""

from typing import Protocol

from django.db.models import Q, QuerySet

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

AFTERWARDS = (Kind.DOWNLOADED, Kind.QUARANTINED, Kind.WITHDRAWN, Kind.RESTORED, Kind.REMOVED)


class Reader(Protocol):
    """What this room needs of a person, so that it need not know what a person is."""

    def readable_organisations(self) -> set[str]:
        """The slugs of the organisations whose lines they may read."""
        ...


def readable(reader: Reader) -> QuerySet[Event]:
    """The lines about things that belong to the reader's organisations, newest first."""
    return Event.objects.filter(organisation__in=reader.readable_organisations())


def about(reader: Reader, subject: str) -> QuerySet[Event]:
    """One subject's whole story, oldest first: its own lines, those about the same bytes, and what became of these.

    A file's story so tells who downloaded the dataset it became, and when that was closed.
    """
    lines = readable(reader)
    digests = lines.filter(subject=subject).exclude(sha256="").values("sha256")
    became = lines.filter(sha256__in=digests).values("subject")
    told = Q(subject=subject) | Q(sha256__in=digests) | Q(subject__in=became, kind__in=AFTERWARDS)
    return lines.filter(told).order_by("sequence")
