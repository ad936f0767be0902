"""What a public page may say of checks for residents. Asked of the database only by a page that names it."""

from functools import partial

from django.http import HttpRequest

from lumbung.portal.tracing import queries
from lumbung.portal.tracing.models import ResidentCheck


def checks(request: HttpRequest) -> dict[str, object]:
    """`checks_open`: whether any stands open; `check_here`: the one for the dataset (`slug`) or village (`kode`) that
    the address names, or None."""
    match = request.resolver_match
    named = match.kwargs if match else {}
    return {"checks_open": queries.has_open_checks, "check_here": partial(_check, named)}


def _check(named: dict[str, object]) -> ResidentCheck | None:
    if slug := named.get("slug"):
        return queries.open_check_of(slug=str(slug))
    kode = named.get("kode")
    return queries.open_check_of(kode=str(kode)) if kode else None
