"""The withdrawal feed for harvesters, in two shapes. Served also while the portal is closed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lumbung.portal.publication.withdrawals import Withdrawal, withdrawals


@require_safe
@never_cache
def as_json(request: HttpRequest) -> HttpResponse:
    """`{"at", "entries": [{"id", "scope", "state", "reason", "since", "files"}]}`; `?since=` ISO 8601."""
    entries = [_entry(request, one) for one in withdrawals(since=_since(request))]
    response = JsonResponse({"at": timezone.now().isoformat(), "entries": entries})
    response["Access-Control-Allow-Origin"] = "*"
    return _unlisted(response)


@require_safe
@never_cache
def as_atom(request: HttpRequest) -> HttpResponse:
    """The same for feed readers: the reason code is the category."""
    page = request.build_absolute_uri(reverse("publication:withdrawals"))
    title = _("Lumbung: data yang ditutup")
    feed = Atom1Feed(title=title, link=page, description="", feed_url=request.build_absolute_uri())
    for one in withdrawals(since=_since(request)):
        address = request.build_absolute_uri(one.address)
        feed.add_item(
            title=f"{one.scope} {one.state}",
            link=address,
            description="",
            categories=(one.ground,),
            unique_id=f"{address}#{one.since.isoformat()}",
            pubdate=one.since,
            updateddate=one.since,
        )
    return _unlisted(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


def _entry(request: HttpRequest, one: Withdrawal) -> dict[str, object]:
    return {
        "id": request.build_absolute_uri(one.address),
        "scope": one.scope,
        "state": one.state,
        "reason": one.ground,
        "since": one.since.isoformat(),
        "files": [request.build_absolute_uri(file) for file in one.files],
    }


def _since(request: HttpRequest) -> datetime | None:
    """What was asked for; nonsense asks for everything, and a moment without an offset is WIB."""
    try:
        asked = parse_datetime(request.GET.get("since", "").strip().replace(" ", "+"))
    except ValueError:
        return None
    return timezone.make_aware(asked) if asked and timezone.is_naive(asked) else asked


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
