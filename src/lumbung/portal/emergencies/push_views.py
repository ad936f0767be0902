"""The one address to which an app pushes calls. Answers in JSON, in Indonesian, and never with a value of a call."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actors import Actor, actor_of
from lumbung.portal.emergencies import taking
from lumbung.portal.emergencies.models import FeedKey
from lumbung.portal.emergencies.reading import LARGEST, MESSAGES, entries


@csrf_exempt  # a machine with a key, no browser: there is no session that could be borrowed
def push(request: HttpRequest) -> JsonResponse:
    """One push. Nothing of the body is read before the key is known."""
    if request.method != "POST":
        return _refused(405, "hanya-post", _("Alamat ini hanya menerima POST."))
    key = taking.key_of(request.headers.get("Authorization", ""))
    if key is None:
        return _refused(401, "kunci-tidak-dikenal", _("Kunci tidak dikenal, lewat masanya, atau sudah dicabut."))
    if request.content_type != "application/json":
        return _refused(415, "bukan-json", _("Kirim JSON dengan Content-Type application/json."))
    announced = request.META.get("CONTENT_LENGTH") or ""
    if not (announced.isascii() and announced.isdigit()) or int(announced) > LARGEST:
        return _refused(413, "terlalu-besar", _("Kiriman ini terlalu besar, atau tidak menyebut ukurannya."))
    try:
        outcome = taking.take(key.feed, entries(request.read(LARGEST)), by=_actor(request, key))
    except Refused as refused:
        return _refused(refused.status, refused.code, str(refused.sentence))
    return _told(outcome)


def _told(outcome: taking.Outcome) -> JsonResponse:
    """200 where something was taken or all was here already, 422 where nothing could be."""
    counts = outcome.counts
    refused = [{"urutan": place, "kode": code, "pesan": str(MESSAGES[code])} for place, code in outcome.refused]
    said = {"diterima": counts["new"], "diperbarui": counts["newer"], "sama": counts["same"], "ditolak": refused}
    return _answer(200 if counts.total() else 422, said)


def _refused(status: int, code: str, message: str) -> JsonResponse:
    return _answer(status, {"kode": code, "pesan": message})


def _answer(status: int, said: dict[str, Any]) -> JsonResponse:
    """The connection ends where the body may not have been read, so that its rest is not taken for another call."""
    response = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    if status not in (200, 422):
        response["Connection"] = "close"
    return response


def _actor(request: HttpRequest, key: FeedKey) -> Actor:
    """The app, from where it called. What it says of itself is not kept: it is free text."""
    address = actor_of(request).address
    organisation = key.feed.organisation.name
    return Actor(id=f"feed:{key.feed_id}", name=key.feed.name, organisation=organisation, address=address)
