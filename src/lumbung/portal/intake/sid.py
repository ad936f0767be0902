"""Aggregates that a village's information system (SID) sends, or that are fetched from one: looked at, then taken in.

What the gate holds is not taken at all: nobody asked a machine to keep persons here, not even under seal.
"""

import hashlib
import io
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.models import SidKey, Submission
from lumbung.portal.intake.permissions import check_produces_for


def make_key(*, person: Person, organisation: Organisation, by: Actor) -> str:
    """A new key for the SID of a village; an earlier one lapses. Gives its text, which is shown once and not kept."""
    check_produces_for(person, organisation)
    text = secrets.token_urlsafe(32)
    with transaction.atomic():
        _revoke(organisation, by=by)
        SidKey.objects.create(organisation=organisation, digest=_digest(text), made_by=person, made_at=timezone.now())
        record(Kind.SID_KEY_MADE, by=by, subject=subject_of(organisation))
    return text


def revoke_key(*, person: Person, organisation: Organisation, by: Actor) -> None:
    """From now on the key opens nothing. Does nothing where there is none."""
    check_produces_for(person, organisation)
    with transaction.atomic():
        _revoke(organisation, by=by)


def key_of(header: str) -> SidKey | None:
    """The valid key that an Authorization header shows; nothing for any other header."""
    scheme, _space, text = header.partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        return None
    keys = SidKey.objects.filter(digest=_digest(text.strip()), revoked_at=None, made_by__is_active=True)
    return keys.select_related("organisation", "made_by").first()


def take(
    content: bytes,
    *,
    name: str,
    person: Person,
    organisation: Organisation,
    by: Actor,
    description: Mapping[str, str],
) -> Submission | None:
    """Look at the bytes in memory, then take them in like an upload; nothing where the very same are here already.

    Raise Unfit where the gate holds them (the record then has the codes alone, and nothing is stored), Refused where
    the person no longer produces for the organisation.
    """
    check_produces_for(person, organisation)
    check_clean(content, name=name, organisation=organisation, by=by)
    sealed = vault.seal_bytes([content], name=name)
    try:
        return receive(sealed, person=person, organisation=organisation, by=by, description=description)
    except Conflicting:
        return None
    finally:
        sealed.discard()


def check_clean(content: bytes, *, name: str, organisation: Organisation, by: Actor) -> None:
    """Raise Unfit where the gate holds the bytes. They are kept nowhere; the record says which rules spoke."""
    found = gate.inspect(io.BytesIO(content), name=name)
    if found.verdict != gate.Verdict.HOLD:
        return
    codes = sorted({reason.code for reason in found.reasons})
    record_now(Kind.SID_PUSH_REFUSED, by=by, subject=subject_of(organisation), codes=codes)
    titles = {rule.code: rule.title["id"] for rule in gate.rules()}
    told = ", ".join(titles[code] for code in codes)
    sentence = _("Kiriman ini tidak kami simpan karena: %(told)s.") % {"told": told}
    raise Unfit("held-at-once", sentence, _("Kirim rekapnya saja, tanpa data orang."))


def subject_of(organisation: Organisation) -> Subject:
    """A village as the record names it."""
    slug = organisation.slug
    return Subject(kind="organisation", id=slug, label=organisation.name, organisation=slug)


def _revoke(organisation: Organisation, *, by: Actor) -> None:
    if SidKey.objects.filter(organisation=organisation, revoked_at=None).update(revoked_at=timezone.now()):
        record(Kind.SID_KEY_REVOKED, by=by, subject=subject_of(organisation))


def _digest(text: str) -> str:
    """Enough for a key of 256 random bits, which nobody can guess or list."""
    return hashlib.sha256(text.encode()).hexdigest()
