"""The letters of an incident in the browser: read, edit, take as DOCX or PDF, sign."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Refused, Unfit, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.incidents import compared, letters, printing, queries
from lumbung.portal.incidents.forms import ComparedForm, LetterForm
from lumbung.portal.incidents.models import Incident, Letter, LetterKind
from lumbung.portal.incidents.permissions import check_acts, check_ends

PAPERS = {
    "docx": (printing.as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (printing.as_pdf, "application/pdf"),
}


@require_safe
@login_required
@never_cache
def letter(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The newest version, or the one that is asked for; a page that offers the first draft where there is none."""
    incident, chosen = _asked(request, number, kind)
    return _page(request, incident, chosen, _version(request, incident, chosen))


@require_POST
@login_required
def write(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Draft it from what is known now."""
    incident, chosen = _asked(request, number, kind)
    letters.write(incident, chosen, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Surat disusun dari catatan."))
    return redirect("incidents:letter", number, kind)


@require_POST
@login_required
def edit(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Keep what was typed as the next version; what cannot be kept is shown again with the reason."""
    incident, chosen = _asked(request, number, kind)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, chosen, incident.letters.filter(kind=chosen).first(), form=form, status=422)
    before = incident.letters.filter(kind=chosen, version=form.cleaned_data["version"]).first()
    if before is None:
        raise Http404
    try:
        letters.edit(before, text=form.cleaned_data["text"], person=person_of(request), by=actor_of(request))
    except Refused as refused:
        form.add_error("text", f"{refused.sentence} {refused.next_step}".strip())
        return _page(request, incident, chosen, before, form=form, status=refused.status)
    messages.success(request, _("Perubahan disimpan sebagai versi baru."))
    return redirect("incidents:letter", number, kind)


@require_POST
@login_required
def sign(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Say that the version was signed and sent."""
    incident, chosen = _asked(request, number, kind)
    found = _version(request, incident, chosen)
    if found is None:
        raise Http404
    letters.sign(found, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Surat dinyatakan sudah ditandatangani dan dikirim."))
    return redirect("incidents:letter", number, kind)


@require_POST
@login_required
def state(request: HttpRequest, number: int) -> HttpResponse:
    """T6 out of what a comparison with our fingerprints gave."""
    incident, kind = _asked(request, number, LetterKind.NOT_OURS.value)
    form = ComparedForm(request.POST)
    try:
        if form.is_valid():
            answer = form.cleaned_data["answer"].encode()
            found = compared.read(answer, sample=form.cleaned_data["sample"])
            letters.state(incident, found, person=person_of(request), by=actor_of(request))
            messages.success(request, _("Surat disusun dari jawaban penelusuran."))
            return redirect("incidents:letter", number, kind.value)
    except Unfit as unfit:
        form.add_error("answer", f"{unfit.sentence} {unfit.next_step}")
    return _page(request, incident, kind, incident.letters.filter(kind=kind).first(), answer=form, status=422)


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, number: int, kind: str, format: str) -> HttpResponse:
    """A version on paper."""
    incident, chosen = _asked(request, number, kind)
    found = _version(request, incident, chosen)
    if found is None or format not in PAPERS:
        raise Http404
    write_paper, content_type = PAPERS[format]
    name = f"{chosen.value}-insiden-{incident.pk}-versi-{found.version}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write_paper(found.text), content_type=content_type, headers=headers)


def _asked(request: HttpRequest, number: int, kind: str) -> tuple[Incident, LetterKind]:
    """Whose letter, and which. Raise Http404 for what is unknown and for what is not theirs, alike."""
    if kind not in LetterKind.values:
        raise Http404
    return queries.incident_for_officer(person_of(request), number), LetterKind(kind)


def _version(request: HttpRequest, incident: Incident, kind: LetterKind) -> Letter | None:
    """The one named by `versi`, else the newest. Raise Http404 where the named one is not there."""
    versions = incident.letters.filter(kind=kind).select_related("made_by", "signed_by", "dossier")
    asked = request.POST.get("version") or request.GET.get("versi")
    if not asked:
        return versions.first()
    found = (
        versions.filter(version=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    )
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    incident: Incident,
    kind: LetterKind,
    found: Letter | None,
    *,
    form: LetterForm | None = None,
    answer: ComparedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    me, versions = person_of(request), incident.letters.filter(kind=kind).select_related("made_by", "signed_by")
    latest = versions.first()
    is_latest = found is not None and found == latest
    context = {
        "incident": incident,
        "kind": kind,
        "letter": found,
        "versions": versions,
        "blocks": list(printing.blocks(found.text)) if found else [],
        "is_latest": is_latest,
        "is_editing": form is not None or is_latest,
        "form": form or (LetterForm(initial={"text": found.text, "version": found.version}) if found else None),
        "answer_form": (answer or ComparedForm()) if kind == LetterKind.NOT_OURS else None,
        "may_edit": may(check_acts, me, incident) and (latest is None or not latest.signed_at),
        "may_sign": is_latest and found is not None and not found.signed_at and may(check_ends, me, incident),
    }
    return render(request, "incidents/letter.html", context, status=status)
