"""The addresses to which gateways deliver. One that is off, unknown or wrongly signed is told nothing but "no"."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lumbung.portal.chat.answering import answer_all
from lumbung.portal.chat.models import Channel, ChannelKind
from lumbung.portal.chat.sms import Sms
from lumbung.portal.chat.whatsapp import WhatsApp

LARGEST = 3 * 1024 * 1024  # bytes; Meta's own limit of a notification


@csrf_exempt  # a machine with a signature, no browser: there is no session that could be borrowed
@require_http_methods(["GET", "POST"])
def whatsapp(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """The handshake, and notifications. 200 also where nothing was answered: otherwise Meta sends it for a week."""
    channel = _on(channel_id, ChannelKind.WHATSAPP)
    if channel is None:
        return _said("tidak ada", 404)
    gateway = WhatsApp(channel)
    if request.method == "GET":
        challenge = gateway.challenge(request.GET.dict())
        return _said(challenge, 200) if challenge else _said("ditolak", 403)
    body = _body(request)
    if body is None:
        return _said("terlalu besar", 413)
    if not gateway.is_genuine(body, request.headers.get("X-Hub-Signature-256", "")):
        return _said("ditolak", 403)
    try:
        messages = gateway.said(body)
    except ValueError:
        return _said("tidak terbaca", 400)
    answer_all(channel, gateway, messages)
    return _said("ok", 200)


@csrf_exempt  # a machine with a key, no browser: there is no session that could be borrowed
@require_http_methods(["POST"])
def sms(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """One message of a plain form."""
    channel = _on(channel_id, ChannelKind.SMS)
    if channel is None:
        return _said("tidak ada", 404)
    gateway = Sms(channel)
    if not gateway.is_genuine(request.headers.get("Authorization", "")):
        return _said("ditolak", 403)
    body = _body(request)
    if body is None or request.content_type != "application/x-www-form-urlencoded":
        return _said("tidak terbaca", 400)
    try:
        messages = gateway.said(QueryDict(body, mutable=False).dict())
    except ValueError:  # too many fields, another encoding, or a field is missing
        return _said("tidak terbaca", 400)
    answer_all(channel, gateway, messages)
    return _said("ok", 200)


def _on(channel_id: UUID, kind: ChannelKind) -> Channel | None:
    return Channel.objects.filter(pk=channel_id, kind=kind, is_on=True).first()


def _body(request: HttpRequest) -> bytes | None:
    announced = request.META.get("CONTENT_LENGTH") or ""
    if not (announced.isascii() and announced.isdigit()) or int(announced) > LARGEST:
        return None
    return request.read(LARGEST)


def _said(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    if status != 200:
        response["Connection"] = "close"
    return response
