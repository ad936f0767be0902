"""What the upload page's script asks for: room for a file, where it goes on, the next piece. All answers are JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused, person_of
from lumbung.portal.intake import arriving
from lumbung.portal.intake.models import Arrival

View = Callable[..., JsonResponse]


def _spoken(view: View) -> View:
    """Refusals as a sentence in JSON, for a script cannot show a page; so is a session that has ended."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not isinstance(request.user, Person):
            ended = _("Sesi Anda sudah berakhir. Masuk lagi di tab lain, lalu tekan kirim; yang sampai tidak hilang.")
            return JsonResponse({"sentence": ended}, status=401)
        try:
            return view(request, *args, **kwargs)
        except arriving.AtAnotherPlace as elsewhere:
            return JsonResponse({"offset": elsewhere.offset}, status=409)
        except Refused as refused:
            return JsonResponse({"sentence": f"{refused.sentence} {refused.next_step}".strip()}, status=refused.status)

    return answer


@require_POST
@never_cache
@_spoken
def begin(request: HttpRequest) -> JsonResponse:
    """Room for a file of `size` bytes called `name`."""
    assert isinstance(request.user, Person)
    size = request.POST.get("size", "")
    number = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
    arrival = arriving.begin(request.user, name=request.POST.get("name", ""), size=number)
    return _standing(arrival, status=201)


@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
@never_cache
@_spoken
def piece(request: HttpRequest, number: UUID) -> JsonResponse:
    """Where the file goes on; or the next piece, which begins at the byte that Upload-Offset names; or no more."""
    arrival = Arrival.objects.filter(pk=number, person=person_of(request)).first()
    if arrival is None:
        return JsonResponse({}, status=404)
    if request.method == "DELETE":
        arriving.forget(arrival)
        return JsonResponse({})
    if request.method != "PUT":
        return _standing(arrival)
    length, offset = request.META.get("CONTENT_LENGTH") or "", request.headers.get("Upload-Offset", "")
    if not (f"{length}{offset}".isascii() and length.isdigit() and offset.isdigit()) or int(length) > arriving.PIECE:
        return JsonResponse({}, status=400)
    arriving.put(arrival, offset=int(offset[:15]), content=request.body)
    return _standing(arrival)


def _standing(arrival: Arrival, *, status: int = 200) -> JsonResponse:
    about = {
        "id": str(arrival.pk),
        "offset": arriving.offset_of(arrival),
        "size": arrival.size,
        "piece": arriving.PIECE,
    }
    return JsonResponse(about, status=status)
