"""Filling in blanks: what there is to fill in, the form, its workbook, and who has not delivered yet."""

import io
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Conflicting, person_of
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake import vault
from lumbung.portal.intake.blanks import actions, queries
from lumbung.portal.intake.blanks.definition import Blank, blanks, in_language
from lumbung.portal.intake.blanks.filling import filled_in
from lumbung.portal.intake.blanks.form import BlankForm
from lumbung.portal.intake.blanks.recognising import meant
from lumbung.portal.intake.blanks.table import Values, imbalance
from lumbung.portal.intake.blanks.workbook import Filled, written
from lumbung.portal.intake.queries import get_submission_for_producer
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.uploads import InMemory, check_announced_size

LARGEST_WORKBOOK = 4 << 20  # bytes
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Every blank, and where the villages stand with it: one's own to fill in, those below one to look after."""
    me = person_of(request)
    year = _asked_year(request)
    villages = queries.villages_of(me, Role.PRODUSEN, Role.WALIDATA)
    mine = set(queries.villages_of(me, Role.PRODUSEN).values_list("pk", flat=True))
    listed = [
        {"blank": in_language(blank), "standings": queries.standings(villages, blank, year)}
        for blank in blanks().values()
    ]
    for one in listed:
        one["delivered"] = sum(standing.code == "published" for standing in one["standings"])  # type: ignore[attr-defined]
    years = list(actions.years_to_fill_in(timezone.localdate()))[::-1]
    return render(request, "intake/blanks.html", {"listed": listed, "mine": mine, "year": year, "years": years})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def entry(request: HttpRequest, code: str, slug: str, year: int) -> HttpResponse:
    """One blank of one village and year: fill in, save the draft, send."""
    blank, village = _asked_for(request, code, slug, year)
    sending = request.POST.get("step") == "send"
    form = _form(request, blank, village, year, sending=sending)
    if request.method != "POST":
        return _page(request, form, blank, village, year)
    valid = form.is_valid()
    if sending and not valid:
        return _page(request, form, blank, village, year, status=422)
    me, by = person_of(request), actor_of(request)
    values, version = form.values(), form.cleaned_data.get("version") or 0
    saved = actions.save(village, blank, year, values=values, version=version, person=me, by=by)
    if sending:
        submission = actions.send(saved, blank, person=me, by=by)
        messages.success(request, _("Isian dikirim dan sedang diperiksa. Sesudah itu walidata meninjaunya."))
        return redirect(submission)
    if valid:
        messages.success(request, _("Draf disimpan."))
        return redirect(queries.address(village, blank, year))
    messages.warning(request, _("Draf disimpan, kecuali yang ditandai di bawah."))
    form.data = {**dict(request.POST.items()), "version": str(saved.version)}
    return _page(request, form, blank, village, year, status=422)


@require_safe
@login_required
@never_cache
def workbook(request: HttpRequest, code: str, slug: str, year: int) -> HttpResponse:
    """The same blank as XLSX, filled in as far as it is known."""
    blank, village = _asked_for(request, code, slug, year)
    known, _version = _known(blank, village, year)
    content = written(blank, year=year, kode=village.kode, village=village.name, values=known)
    response = HttpResponse(content, content_type=XLSX)
    name = f"blangko-{blank.code}-{year}-{slugify(village.name)}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@csrf_exempt  # the check reads the form, and reading begins only when the handler is in place; see `_filled`
@require_POST
@login_required
@never_cache
def fill(request: HttpRequest, code: str, slug: str, year: int) -> HttpResponse:
    """Take a filled workbook into the form. Nothing of it is saved before the person has looked and saved."""
    blank, village = _asked_for(request, code, slug, year)
    check_announced_size(request, limit=min(LARGEST_WORKBOOK, settings.UPLOAD_LIMIT))
    handler = InMemory(request, limit=LARGEST_WORKBOOK)
    request.upload_handlers = [handler]
    return _filled(request, handler, blank, village, year)


@csrf_protect
def _filled(request: HttpRequest, handler: InMemory, blank: Blank, village: Organisation, year: int) -> HttpResponse:
    request.FILES  # noqa: B018 - reading it is what brings the file
    found = filled_in(io.BytesIO(handler.content), name="blangko.xlsx")
    if (found.code, found.year, found.kode) != (blank.code, year, village.kode):
        messages.warning(request, _("Blangko ini untuk isian, tahun, atau desa yang lain."))
        return redirect(queries.address(village, blank, year))
    return _with_cells(request, found, blank, village, year)


@require_POST
@login_required
@never_cache
def bring_over(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Take a blank that was sent as an ordinary file into its form. The file stays as it is until somebody decides."""
    me = person_of(request)
    sent = get_submission_for_producer(me, submission_id)
    wanted = meant(me, sent)
    if wanted is None or wanted.village is None:
        raise Http404
    try:
        with vault.open_plain(sent) as plain:
            found = filled_in(plain, name="blangko.xlsx")
    except Tampered:
        raise Conflicting("damaged", _("Berkas yang tersimpan tidak dapat dibuka lagi.")) from None
    return _with_cells(request, found, wanted.blank, wanted.village, wanted.year)


def _with_cells(request: HttpRequest, found: Filled, blank: Blank, village: Organisation, year: int) -> HttpResponse:
    """The form with what a workbook says, not saved."""
    known, version = _known(blank, village, year)
    form = BlankForm({**found.cells, "version": str(version)}, blank=blank, known=known, version=version)
    form.is_valid()
    messages.success(request, _("Isi blangko masuk ke formulir ini, belum disimpan. Periksa, lalu simpan."))
    return _page(request, form, blank, village, year)


def _asked_year(request: HttpRequest) -> int:
    today = timezone.localdate()
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return year if year in actions.years_to_fill_in(today) else today.year


def _asked_for(request: HttpRequest, code: str, slug: str, year: int) -> tuple[Blank, Organisation]:
    """Raise Http404 for what is not there or not this person's, Refused where the village cannot fill in yet."""
    blank = blanks().get(code)
    if blank is None or year not in actions.years_to_fill_in(timezone.localdate()):
        raise Http404
    me = person_of(request)
    village = get_object_or_404(queries.villages_of(me, Role.PRODUSEN), slug=slug)
    actions.check_fills_in(me, village)
    return blank, village


def _known(blank: Blank, village: Organisation, year: int) -> tuple[Values, int]:
    """What the form starts with, and its version: the draft, or what last year's says that still holds."""
    if draft := queries.entry_of(village, blank, year):
        return draft.values, draft.version
    earlier = queries.carried_over(village, blank, year)
    lasting = {column.name for column in blank.columns if not column.fresh}
    values = earlier.values.items() if earlier else ()
    return {line: {name: value for name, value in row.items() if name in lasting} for line, row in values}, 0


def _form(request: HttpRequest, blank: Blank, village: Organisation, year: int, *, sending: bool) -> BlankForm:
    known, version = _known(blank, village, year)
    data = request.POST if request.method == "POST" else None
    return BlankForm(data, blank=blank, known=known, version=version, sending=sending)


def _page(
    request: HttpRequest, form: BlankForm, blank: Blank, village: Organisation, year: int, *, status: int = 200
) -> HttpResponse:
    draft = queries.entry_of(village, blank, year)
    context: dict[str, Any] = {
        "form": form,
        "blank": form.blank,
        "village": village,
        "year": year,
        "draft": draft,
        "earlier": None if draft else queries.carried_over(village, blank, year),
        "under_way": queries.under_way(village, blank),
        "imbalance": imbalance(blank, draft.values) if draft else 0,
        "here": queries.address(village, blank, year),
    }
    return render(request, "intake/entry.html", context, status=status)
