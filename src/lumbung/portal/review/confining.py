"""The sealed file, opened in a confined child for a reviewer's eyes."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lumbung import confine, gate
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.vault import open_plain

LARGEST_SHEET = 1 << 30  # bytes


def confined(found: Submission, verb: str, *, folder: Path | None = None) -> dict[str, Any]:
    """The answer of a verb of `making` about the sealed file. Raise Conflicting where it is gone, Unfit otherwise."""
    if not found.storage_key:
        raise Conflicting("shredded", _("Berkas ini sudah dimusnahkan."))
    target, limits = f"lumbung.portal.review.making:{verb}", gate.limits(written_bytes=LARGEST_SHEET if folder else 0)
    arguments = {"inspection": found.inspection, **({"folder": str(folder)} if folder else {})}
    try:
        with open_plain(found) as plain:
            said: dict[str, Any] = confine.call(target, file=plain, arguments=arguments, limits=limits, folder=folder)
            return said
    except (confine.Ended, Tampered):
        raise Unfit(
            "no-preview",
            _("Isinya tidak dapat ditampilkan."),
            _("Bila aturan pemeriksaan sudah berubah, berkas diperiksa ulang begitu Anda menyetujuinya."),
        ) from None
