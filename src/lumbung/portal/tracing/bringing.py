"""An index from a closed network: opened in memory, checked to its last byte, and only then laid beside the others.

The register that it was made of never comes here.
"""

import os
import shutil
import uuid
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.keys import master_key, trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.seal import CHUNK, unseal, unwrap
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.tracing import keeping
from lumbung.portal.tracing.models import Holding, Origin, regency
from lumbung.portal.tracing.permissions import check_traces
from lumbung.portal.tracing.places import place
from lumbung.portal.tracing.wording import UNUSABLE
from lumbung.trace.index import SUFFIX, Index, Unusable, open_index


def bring(sealed: Sealed, *, person: Person, by: Actor) -> Holding:
    """Check an index and keep it. Raise Refused (no penelusur), Unfit (cut off, another key, no index, changed, past
    its day) or Conflicting (here already); then nothing is kept. Each refusal is a line of the record."""
    check_traces(person)
    descriptor = os.memfd_create("index", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain:
        key = unwrap(sealed.wrapped_key, key=master_key(), bound_to=sealed.id.bytes)
        with sealed.passing.open("rb", buffering=CHUNK) as file:
            for chunk in unseal(file, key=key, bound_to=sealed.id.bytes):
                plain.write(chunk)
        plain.flush()
        lies = Path(f"/proc/self/fd/{descriptor}")
        try:
            index = open_index(lies, key=trace_key(), today=timezone.localdate())
        except (Unusable, OSError, ValueError, KeyError, TypeError) as why:
            code = why.code if isinstance(why, Unusable) else "not-an-index"
            subject = Subject(kind="fingerprints", id="brought", organisation=regency())
            record_now(Kind.FINGERPRINTS_REFUSED, by=by, subject=subject, code=code)
            raise _unfit(code) from None
        return _kept(index, lies, person=person, by=by)


def _kept(index: Index, lies: Path, *, person: Person, by: Actor) -> Holding:
    about = replace(index.about, source=_name(index.about.source), version=_name(index.about.version))
    content = keeping.content_of(index.numbers, key=trace_key())
    if Holding.objects.filter(origin=Origin.BROUGHT, origin_id=content, destroyed_at__isnull=False).exists():
        with transaction.atomic():  # it was destroyed, and is brought once more
            Holding.objects.filter(origin=Origin.BROUGHT, origin_id=content).update(origin_id=str(uuid.uuid4()))
    path = place("indexes") / f"{uuid.uuid4()}{SUFFIX}"
    shutil.copyfile(lies, path)
    path.chmod(0o600)
    holding = keeping.added(Origin.BROUGHT, content, path=path, about=about, content=content, by=by, brought_by=person)
    if holding is None:
        said = UNUSABLE["already-here"]
        raise Conflicting("already-here", said.title, said.text)
    return holding


def _name(written: str) -> str:
    """A name that came from elsewhere, as it may stand on a page: no long number, no sign that leads astray."""
    return masked(gate.scrub(written)) or "?"


def _unfit(code: str) -> Unfit:
    said = UNUSABLE[code]
    return Unfit(code, said.title, said.text)
