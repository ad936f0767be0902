"""The pages of the site itself: is it alive, and the plain pages for what cannot be answered."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, is_valid_path
from django.utils.encoding import escape_uri_path
from django.utils.functional import Promise
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

DESK = "/meja/"


def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" where the database answers; tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def refusal(
    request: HttpRequest, *, status: int, sentence: str | Promise, next_step: str | Promise = "", address: str = ""
) -> HttpResponse:
    """One page for every "no": a sentence, what to do next, and where to go on; from a desk, back to the desk."""
    label = _("Lanjutkan") if address else ""
    if not address and request.path_info.startswith(DESK) and request.user.is_authenticated:
        address, label = DESK, _("Ke meja saya")
    context = {"title": sentence, "sentence": next_step, "href": address, "label": label}
    return render(request, "design/refusal.html", context, status=status)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return refusal(request, status=400, sentence=_("Permintaan itu tidak dapat kami pahami."))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return refusal(request, status=403, sentence=_("Halaman ini tidak terbuka untuk akun Anda."))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token no longer holds."""
    return refusal(
        request,
        status=403,
        sentence=_("Formulir ini sudah kedaluwarsa, jadi belum ada yang kami simpan."),
        next_step=_("Kembali ke halaman sebelumnya, muat ulang, lalu kirim sekali lagi."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what never was and for what this person may not see; an address that only has a slash too
    many or too few is put right."""
    if isinstance(exception, Resolver404) and request.method in ("GET", "HEAD"):
        meant = request.path_info.removesuffix("/") if request.path_info.endswith("/") else f"{request.path_info}/"
        if is_valid_path(meant):
            _path, sign, query = request.get_full_path_info().partition("?")
            return HttpResponsePermanentRedirect(escape_leading_slashes(escape_uri_path(meant)) + sign + query)
    return refusal(
        request,
        status=404,
        sentence=_("Halaman ini tidak ada, atau tidak terbuka untuk Anda."),
        next_step=_("Periksa kembali alamatnya, atau cari lewat katalog."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: an apology without any detail, from a template that needs nothing."""
    return render(request, "config/broken.html", status=500)
