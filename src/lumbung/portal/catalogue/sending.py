"""A file of the shelf on its way: whole, or the piece of it that was asked for (RFC 9110, sections 13 and 14).

A file never changes, so its digest is a strong ETag, and an interrupted download may go on where it stopped. Whoever
gets bytes stands in the record, each piece as a line of its own; a look at the headers is no download. A search engine
is recorded as well: anybody can call himself one.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES

RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """From one byte to another, both included, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Its bytes."""
        return self.last - self.first + 1


class Unsatisfiable(ValueError):
    """A range that begins behind the end of the file."""


def sent(request: HttpRequest, shown: Dataset, distribution: Distribution) -> HttpResponseBase:
    """200 with the file, 206 with a piece, 304 or 416. Raise Http404 where it does not stand where it should."""
    etag = f'"{distribution.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    if not shelf.stands(distribution):
        raise Http404
    try:
        piece = _asked(request, distribution.size, etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{distribution.size}"})
    if request.method == "GET":
        _record(request, shown, distribution, piece)
    return _answer(shown, distribution, piece, etag)


def _asked(request: HttpRequest, size: int, etag: str) -> Piece | None:
    """The one piece that is asked for; None for the whole file, also where several pieces are asked for at once, or
    where the piece belongs to another file."""
    found = RANGE.match(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", etag) != etag or not (found[1] or found[2]):
        return None
    if not found[1]:  # so many bytes from the end
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first > last:
        raise Unsatisfiable
    return Piece(first=first, last=last)


def _record(request: HttpRequest, shown: Dataset, distribution: Distribution, piece: Piece | None) -> None:
    of: dict[str, Any] = {"file": distribution.name, "digest": distribution.sha256}
    if piece is not None:
        of |= {"first": piece.first, "last": piece.last}
    record_now(Kind.DOWNLOADED, by=actor_of(request), subject=shown.subject, **of)


def _answer(shown: Dataset, distribution: Distribution, piece: Piece | None, etag: str) -> StreamingHttpResponse:
    part = piece or Piece(first=0, last=distribution.size - 1)
    pieces = shelf.chunks(distribution, shown, first=part.first, length=part.length)
    response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[distribution.format])
    if piece is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{distribution.size}"
    response["Content-Length"] = str(part.length)
    response["Content-Disposition"] = f'attachment; filename="{distribution.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["Access-Control-Allow-Origin"] = "*"  # what everybody may download, every website's program may read
    response["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Disposition, Content-Range, ETag"
    response["ETag"] = etag
    return response
