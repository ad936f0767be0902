"""What stood open at the moment of a closing, and the signed head of the record then: taken before anything is shut.

The digest is SHA-256 over one line for each release, "<slug> <number> <folder>", in order; the folder's name is itself
the digest over the release's files. Whoever keeps a copy of the shelf can so tell afterwards that this is what stood.
"""

import hashlib
import logging
from typing import Any

from django.db.models import QuerySet

from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.catalogue.models import Dataset, Release

log = logging.getLogger(__name__)

MOST_LINES = 20_000  # beyond the last head; more take too long while somebody waits for a closing


def taken(datasets: QuerySet[Dataset]) -> dict[str, Any]:
    """Size of the signed record (None where there is none), how much stood open, and the digest over it.

    Never in the way of a closing: without its key or after very many lines the last head serves, and the housekeeper
    signs the next within seconds.
    """
    lines = Release.objects.filter(dataset__in=datasets.order_by()).order_by("dataset__slug", "number")
    digest, number = hashlib.sha256(), 0
    for slug, release, folder in lines.values_list("dataset__slug", "number", "folder").iterator():
        digest.update(f"{slug} {release} {folder}\n".encode())
        number += 1
    return {"head": _head(), "datasets": datasets.count(), "releases": number, "stood": digest.hexdigest()}


def _head() -> int | None:
    last = Head.objects.first()
    newest = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    signed = None
    if newest - (last.size if last else 0) <= MOST_LINES:
        try:
            signed = sign_head()
        except (KeyFileMissing, OSError, ValueError, LookupError):
            log.warning("the record could not be signed before a closing; the housekeeper will")
    head = signed or last
    return head.size if head else None
