"""The pages that answer: who, when, from where, why, and who took it away."""

from base64 import b64encode
from typing import Any
from uuid import UUID

import qrcode
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathImage

from lumbung.portal.audit import queries
from lumbung.portal.audit.forms import NarrowForm
from lumbung.portal.audit.heads import as_line
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head

PER_PAGE = 50


@require_safe
@login_required
def log(request: HttpRequest) -> HttpResponse:
    """The record of the reader's organisations, narrowed as asked; 404 for who may read none."""
    lines = queries.readable(_reader(request))
    form = NarrowForm(request.GET)
    if form.is_valid():
        lines = _narrowed(lines, form.cleaned_data)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/log.html", {"form": form, "page": page})


@require_safe
@login_required
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One file's whole story on one page."""
    return _story(request, f"submission:{submission_id}")


@require_safe
@login_required
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """One dataset's whole story on one page."""
    return _story(request, f"dataset:{slug}")


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """The signed heads for everybody, the newest as a code to print: a witness of paper."""
    latest = Head.objects.first()
    earlier = Head.objects.filter(pk__lt=latest.pk if latest else 0).prefetch_related("testimonies")
    page = Paginator(earlier, PER_PAGE).get_page(request.GET.get("page"))
    picture = qrcode.make(as_line(latest), image_factory=SvgPathImage).to_string() if latest else b""
    source = f"data:image/svg+xml;base64,{b64encode(picture).decode()}"
    return render(request, "audit/heads.html", {"latest": latest, "page": page, "picture": source})


@require_safe
def heads_file(request: HttpRequest) -> StreamingHttpResponse:
    """Every head as the verifier reads it, oldest first."""
    lines = (as_line(head) + "\n" for head in Head.objects.order_by("pk").iterator())
    named = {"Content-Disposition": 'attachment; filename="kepala.jsonl"'}
    return StreamingHttpResponse(lines, content_type="application/jsonl", headers=named)


def _story(request: HttpRequest, subject: str) -> HttpResponse:
    lines = queries.about(_reader(request), subject)
    if not lines.exists():
        raise Http404
    acts, taken = lines.exclude(kind=Kind.DOWNLOADED), lines.filter(kind=Kind.DOWNLOADED)
    context = {
        "acts": acts,
        "downloads": Paginator(taken.order_by("-sequence"), PER_PAGE).get_page(request.GET.get("page")),
        "first": acts.first(),
        "label": next((line.subject_label for line in lines if line.subject == subject), subject),
    }
    return render(request, "audit/story.html", context)


def _reader(request: HttpRequest) -> queries.Reader:
    """The signed-in person, where they may read anything at all."""
    person: Any = request.user
    if not person.readable_organisations():
        raise Http404
    reader: queries.Reader = person
    return reader


def _narrowed(lines: QuerySet[Event], wish: dict[str, Any]) -> QuerySet[Event]:
    if text := wish["subject"].strip():
        same = Q(subject__endswith=f":{text}") | Q(subject_label__icontains=text) | Q(sha256=text.lower())
        lines = lines.filter(same)
    if person := wish["person"].strip():
        lines = lines.filter(actor_name__icontains=person)
    if wish["kind"]:
        lines = lines.filter(kind=wish["kind"])
    if wish["since"]:
        lines = lines.filter(at__date__gte=wish["since"])
    if wish["until"]:
        lines = lines.filter(at__date__lte=wish["until"])
    return lines
