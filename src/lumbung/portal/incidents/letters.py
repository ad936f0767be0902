"""The letters of an incident: drafted from the facts, edited by people, signed. Every version stays as it was."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.incidents.compared import Compared
from lumbung.portal.incidents.drafting import draft
from lumbung.portal.incidents.duties import DONE_BY
from lumbung.portal.incidents.gathering import digest_of, gather
from lumbung.portal.incidents.models import Dossier, Incident, Letter, LetterKind, Task
from lumbung.portal.incidents.permissions import check_acts, check_ends
from lumbung.portal.intake.masking import holds_long_number

LONGEST = 60_000
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")  # may hold long runs of digits, and is nobody's number


def write(incident: Incident, kind: LetterKind, *, person: Person, by: Actor) -> Letter:
    """A fresh draft from the newest facts, as the next version; the last one where it would say the same."""
    check_acts(person, incident)
    dossier = gather(incident)
    return _follow(incident, kind, text=draft(dossier, kind), dossier=dossier, person=None, by=by, after=None)


def state(incident: Incident, compared: Compared, *, person: Person, by: Actor) -> Letter:
    """T6 from a comparison with our fingerprints, as the next version; it says no more than was tested."""
    check_acts(person, incident)
    dossier, kind = gather(incident), LetterKind.NOT_OURS
    text = draft(dossier, kind, compared=compared)
    return _follow(incident, kind, text=text, dossier=dossier, person=None, by=by, after=None, answer=compared.digest)


def edit(letter: Letter, *, text: str, person: Person, by: Actor) -> Letter:
    """What a person made of a version, as the next one. Raise Conflicting where it is no longer the newest, Unfit for
    what holds a long number, is empty or too long.
    """
    check_acts(person, letter.incident)
    kind = LetterKind(letter.kind)
    return _follow(
        letter.incident, kind, text=_checked(text), dossier=letter.dossier, person=person, by=by, after=letter.version
    )


def sign(letter: Letter, *, person: Person, by: Actor) -> None:
    """Say that this version was signed and sent; what the law asks for is done with it. Nothing follows it any more.

    Does nothing the second time. Does not send anything itself, and cannot be undone.
    """
    check_ends(person, letter.incident)
    with transaction.atomic():
        incident = _locked(letter.incident)
        current = _latest(incident, LetterKind(letter.kind))
        if current is None or current.pk != letter.pk:
            raise _not_newest()
        if current.signed_at:
            return
        current.signed_at, current.signed_by = timezone.now(), person
        current.save()
        _record(Kind.LETTER_SIGNED, current, by=by)
        duty = DONE_BY.get(LetterKind(letter.kind))
        for task in Task.objects.select_for_update().filter(incident=incident, duty=duty, done_at=None):
            task.done_at, task.done_by, task.words = current.signed_at, person, str(current.get_kind_display())
            task.save()
            record(Kind.TASK_DONE, by=by, subject=incident.subject, incident=incident.pk, duty=task.duty)


def _follow(
    incident: Incident,
    kind: LetterKind,
    *,
    text: str,
    dossier: Dossier,
    person: Person | None,
    by: Actor,
    after: int | None,
    **details: str,
) -> Letter:
    """The next version under the incident's lock. `after` is the version that the writer had before them, `details`
    go into the record."""
    with transaction.atomic():
        current = _locked(incident)
        latest = _latest(current, kind)
        if latest and latest.signed_at:
            raise Conflicting("letter-signed", _("Surat ini sudah ditandatangani dan tidak diubah lagi."))
        if after is not None and (latest is None or latest.version != after):
            raise _not_newest()
        if latest and latest.text == text:
            return latest
        made = Letter.objects.create(
            incident=current,
            kind=kind,
            version=latest.version + 1 if latest else 1,
            text=text,
            digest=digest_of({"text": text}),
            dossier=dossier,
            made_at=timezone.now(),
            made_by=person,
        )
        _record(Kind.LETTER_WRITTEN, made, by=by, **details)
        return made


def _checked(text: str) -> str:
    plain = "\n".join(line.rstrip() for line in text.replace("\0", "").splitlines()).strip() + "\n"
    if not plain.strip() or len(plain) > LONGEST:
        raise Unfit("letter-length", _("Suratnya kosong atau terlalu panjang."))
    if holds_long_number(DIGEST.sub("", plain)):
        raise Unfit(
            "number-in-letter",
            _("Surat ini memuat deretan angka sepanjang NIK."),
            _("Sebutkan jumlahnya, bukan nomor siapa pun."),
        )
    return plain


def _not_newest() -> Conflicting:
    return Conflicting(
        "letter-changed",
        _("Surat ini sudah diubah petugas lain sejak Anda membukanya."),
        _("Salin tulisan Anda, muat ulang halamannya, lalu gabungkan."),
    )


def _latest(incident: Incident, kind: LetterKind) -> Letter | None:
    return Letter.objects.filter(incident=incident, kind=kind).order_by("-version").first()


def _locked(incident: Incident) -> Incident:
    locked = Incident.objects.select_for_update(of=("self",))
    return locked.select_related("dataset__organisation", "organisation").get(pk=incident.pk)


def _record(kind: Kind, letter: Letter, *, by: Actor, **details: str) -> None:
    record(
        kind,
        by=by,
        subject=letter.incident.subject,
        incident=letter.incident_id,
        letter=letter.kind,
        version=letter.version,
        digest=letter.digest,
        **details,
    )
