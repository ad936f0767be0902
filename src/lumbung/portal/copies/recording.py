"""What goes with the copies: the record of the handing over for everybody, and the marks' secret for a third party."""

import io
from typing import Any, BinaryIO, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import signing
from lumbung.portal.copies.models import Handout
from lumbung.portal.copies.permissions import check_decides
from lumbung.portal.copies.states import HandoutState
from lumbung.portal.copies.whose import handed_of
from lumbung.portal.incidents import age
from lumbung.tracing import whose

RULE = {
    "id": "Penerima hanya ditunjuk bila peluang kebetulan, untuk semua penerima dan semua tanda bersama, di bawah"
    " 1e-6. Tanda menunjuk salinannya, bukan orang yang membocorkannya.",
    "en": "A recipient is named only where chance, over all recipients and all marks together, is below 1e-6. A mark"
    " names the copy, not the person who leaked it.",
}


def handover(handout: Handout) -> dict[str, Any]:
    """As `lumbung trace accuse` reads it: no value, no code, no link. Raise Conflicting before the copies are made."""
    if handout.state != HandoutState.READY:
        raise Conflicting("not-ready", _("Salinannya belum dibuat."))
    copies = [
        {"recipient": copy.institution, "file": f"salinan-{copy.number + 1:03d}.{handout.format}",
         "sha256": copy.sha256}
        for copy in handout.copies.order_by("number")
    ]  # fmt: skip
    return {
        "made": timezone.localdate(handout.state_since).isoformat(),
        "commitment": handout.commitment,
        "line": handout.line,
        "rows": handout.rows,
        "legal_basis": handout.legal_basis,
        "purpose": handout.purpose,
        "return_by": handout.return_by.isoformat(),
        "signature_key": signing.public_digest(),
        "copies": copies,
        "rule": RULE,
    }


def sealed_secret(handout: Handout, *, key: str, person: Person, by: Actor) -> bytes:
    """`rahasia.json` for a third party's key of age. Raise Refused, Unfit (no key) or Conflicting (destroyed)."""
    check_decides(person, handout.organisation)
    content = whose.written(handed_of(handout))
    written = io.BytesIO()
    try:
        sealing = age.Sealing(cast(BinaryIO, written), recipient=age.checked(key))
    except age.NotAKey:
        raise Unfit("not-a-key", _("Ini bukan kunci publik age: sebaris tulisan yang diawali age1.")) from None
    sealing.write(content)
    sealing.close()
    record_now(Kind.MARKS_SEALED, by=by, subject=handout.subject, recipient=key.strip())
    return written.getvalue()
