"""What a producer writes about the columns of a file: kept beside it, looked at by the gate, public once it is.

The words of the dataset's last release, or of the blank that was filled in, are carried over when a file arrives, so
that nobody types them twice. A word that names somebody is refused when it is typed; what was kept or carried over
under earlier rules is looked at again before a review may say yes, and once more before publication.
"""

import csv
import io
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung import confine, gate
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.column_words import Words, words_of
from lumbung.portal.catalogue.models import ColumnWords
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import locked
from lumbung.portal.intake.column_carrying import keep
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import check_columns_describable, check_describable
from lumbung.portal.intake.seal import Tampered

HOUSE = "Jl. Padi 3"  # beside it, whatever the gate takes for a name makes a line about a person


def names_of(submission: Submission) -> list[str]:
    """How its columns will be called. Raise Conflicting or Unfit where it cannot be opened, or is not through."""
    check_columns_describable(submission)
    try:
        with vault.open_plain(submission) as plain:
            arguments = {"inspection": submission.inspection}
            target = "lumbung.portal.intake.naming:names"
            said = confine.call(target, file=plain, arguments=arguments, limits=gate.limits())
    except (confine.Ended, Tampered):
        raise Unfit(
            "no-columns",
            _("Kolom berkas ini tidak dapat dibaca di sini."),
            _("Keterangan lain tetap dapat diisi; walidata dapat meminta berkasnya diperiksa ulang."),
        ) from None
    return [name for name in map(str, said["names"]) if not holds_long_number(name)]


def tell(submission: Submission, words: Words, *, by: Actor) -> None:
    """Keep what is said about its columns in place of what was. Records nothing where all stays as it was.

    Raise Conflicting once the file is decided, Unfit where a word names somebody (`names_somebody` says which).
    """
    known = set(_texts(words_of(submission.id_text))) if _looked_at(submission) else set()
    if names_somebody([text for text in _texts(words) if text not in known]):
        raise _personal()
    with transaction.atomic():
        current = locked(submission)
        check_describable(current)
        if words_of(current.id_text) != dict(words):
            keep(current, words, rules_version=gate.rules_version())
            record(Kind.DESCRIBED, by=by, subject=current.subject, fields=["columns"])


def check_clean(submission: Submission) -> None:
    """Raise Unfit where today's gate finds somebody in what is said about the columns. Cheap while the rules stay."""
    kept = ColumnWords.objects.filter(pk=submission.id_text).exclude(rules_version=gate.rules_version()).first()
    if kept is None:
        return
    if names_somebody(_texts(words_of(kept.submission))):
        raise _personal()
    ColumnWords.objects.filter(pk=kept.pk, words=kept.words).update(rules_version=gate.rules_version())


def names_somebody(texts: Sequence[str]) -> list[str]:
    """Those of the texts in which the gate finds a person, a number of one, or a way to reach one.

    Each stands alone, for among many harmless ones a single name counts for little. A name is known by the gate's
    lists: not every name is.
    """
    return [text for text in dict.fromkeys(texts) if holds_long_number(text) or _found(text)]


def _looked_at(submission: Submission) -> bool:
    """Whether today's gate has looked at what is kept."""
    kept = ColumnWords.objects.filter(pk=submission.id_text, rules_version=gate.rules_version())
    return kept.exists()


def _found(text: str) -> bool:
    table = io.StringIO()
    csv.writer(table).writerows([["nama", "alamat"], [text, HOUSE]])
    return bool(gate.inspect(io.BytesIO(table.getvalue().encode()), name="keterangan.csv").reasons)


def _texts(words: Words) -> list[str]:
    return [text for said in words.values() for text in (said.description, said.unit) if text]


def _personal() -> Unfit:
    return Unfit(
        "personal-data-in-words",
        _("Keterangan kolom memuat nomor atau nama orang, jadi belum dapat diterima."),
        _("Hapus nomor atau nama orang dari keterangan kolom: keterangan dibaca umum."),
    )
