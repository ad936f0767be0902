"""The desk where a village makes and revokes its SID's key, and the address to which the SID sends."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.models import OrganisationKind
from lumbung.portal.accounts.permissions import Refused, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor, actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import sid
from lumbung.portal.intake.models import SidKey
from lumbung.portal.intake.sid_calls import CALLS, read_call

PERSONS = ("penduduk", "keluarga", "laporan-penduduk", "program-bantuan", "bantuan", "peserta", "surat", "suplemen")


@require_safe
@login_required
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The villages this person works for, and whether each has a key."""
    return render(request, "intake/sid.html", {"villages": _villages(request)})


@login_required
@never_cache
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """A new key, shown on this one page and never again."""
    village = get_object_or_404(_mine(request), slug=slug)
    text = sid.make_key(person=person_of(request), organisation=village, by=actor_of(request))
    response = render(request, "intake/sid.html", {"villages": _villages(request), "village": village, "text": text})
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """The key opens nothing from now on."""
    village = get_object_or_404(_mine(request), slug=slug)
    sid.revoke_key(person=person_of(request), organisation=village, by=actor_of(request))
    messages.success(request, _("Kunci dicabut. Kiriman dengan kunci itu ditolak sejak sekarang."))
    return redirect("intake:sid")


@csrf_exempt  # a machine with a key, no browser: there is no session that could be borrowed
def push(request: HttpRequest, called: str) -> HttpResponse:
    """One call of a SID. Everything but the three allowed calls is refused before a byte of its body is read."""
    key = sid.key_of(request.headers.get("Authorization", ""))
    if request.method != "POST" or called not in CALLS:
        return _not_on_the_list(request, called, key)
    if key is None:
        return _answer(401, _("Kunci ini tidak dikenal atau sudah dicabut. Mintalah kunci baru kepada operator desa."))
    try:
        return _taken(request, called, key)
    except Refused as refused:
        return _answer(refused.status, f"{refused.sentence} {refused.next_step}".strip())


def _taken(request: HttpRequest, called: str, key: SidKey) -> HttpResponse:
    by, person, village = _actor(request, key), key.made_by, key.organisation
    brought = read_call(request, called, village)
    sid.check_clean(brought.words, name=f"{called}.json", organisation=village, by=by)
    for piece in brought.pieces:
        sid.check_clean(piece.content, name=piece.name, organisation=village, by=by)
    for piece in brought.pieces:
        description = {"title": piece.title, "theme": piece.theme}
        sid.take(piece.content, name=piece.name, person=person, organisation=village, by=by, description=description)
    return _answer(200, _("Diterima dan sedang diperiksa. Operator desa dapat melihatnya di meja kiriman."))


def _not_on_the_list(request: HttpRequest, called: str, key: SidKey | None) -> HttpResponse:
    """The same sentence whoever asks. Only who shows a valid key stands in the record, without the address."""
    persons = called.split("/")[0] in PERSONS
    if key:
        code = "person-endpoint" if persons else "unknown-endpoint"
        record_now(Kind.SID_PUSH_REFUSED, by=_actor(request, key), subject=sid.subject_of(key.organisation), code=code)
    if persons:
        return _answer(403, _("Lumbung tidak menerima data orang. Kiriman ini tidak dibaca dan tidak disimpan."))
    return _answer(403, _("Alamat ini tidak dilayani. Yang diterima: identitas-desa, laporan-apbdes, pembangunan."))


def _answer(status: int, message: str) -> HttpResponse:
    """As OpenSID expects it. The connection ends, so that what was not read is not taken for another call."""
    said = {"status": "success" if status == 200 else "danger", "message": message}
    response = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    response["Connection"] = "close"
    response["Cache-Control"] = "no-store"
    return response


def _actor(request: HttpRequest, key: SidKey) -> Actor:
    """The person who answers for the key, from where the machine called."""
    seen = actor_of(request)
    person = key.made_by
    return Actor(
        id=f"person:{person.pk}",
        name=person.name,
        organisation=key.organisation.name,
        address=seen.address,
        device=f"SID {seen.device}"[:200],
    )


def _mine(request: HttpRequest) -> Any:
    mine = organisations_where(person_of(request), Role.PRODUSEN)
    return mine.filter(kind=OrganisationKind.VILLAGE).exclude(kode="").order_by("name")


def _villages(request: HttpRequest) -> list[dict[str, Any]]:
    valid = {key.organisation_id: key for key in SidKey.objects.filter(revoked_at=None).select_related("made_by")}
    return [{"organisation": one, "key": valid.get(one.pk)} for one in _mine(request)]
