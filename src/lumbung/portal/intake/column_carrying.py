"""What is said about the columns of a file, on its way: carried over when it arrives, kept, gone with the file."""

from lumbung import gate
from lumbung.portal.catalogue.column_words import Said, Words, words_of
from lumbung.portal.catalogue.models import ColumnWords
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.models import Submission

PLACE = {
    "desa": Said(description="Nama desa."),
    "tahun": Said(description="Tahun yang digambarkan baris ini."),
}
"""What every table of a blank begins with; Indonesian like the table, and published with it."""
LINES = {
    "kode": Said(description="Kode baris pada blangkonya."),
    "kelompok": Said(description="Kelompok tempat baris ini termasuk."),
    "uraian": Said(description="Nama baris ini."),
}


def carry(submission: Submission) -> None:
    """Give a file that has just arrived the words of its dataset's last release, and of the blank it answers.

    They keep the version of the rules under which they were looked at; the blank's own words are Lumbung's.
    """
    release = submission.dataset.releases.first() if submission.dataset else None
    earlier = ColumnWords.objects.filter(pk=release.submission).first() if release else None
    words = {**_of_blank(submission.blank), **(words_of(earlier.submission) if earlier else {})}
    if words:
        keep(submission, words, rules_version=earlier.rules_version if earlier else gate.rules_version())


def keep(submission: Submission, words: Words, *, rules_version: str) -> None:
    """In place of what was kept. `rules_version` is that of the gate that looked at every one of these words."""
    plain = {name: {"description": said.description, "unit": said.unit} for name, said in words.items()}
    kept = {"words": plain, "rules_version": rules_version}
    ColumnWords.objects.update_or_create(pk=str(submission.pk), defaults=kept)


def forget(submission: Submission) -> None:
    """Away with them, together with the file."""
    ColumnWords.objects.filter(pk=str(submission.pk)).delete()


def _of_blank(code: str) -> dict[str, Said]:
    blank = blanks().get(code)
    if blank is None:
        return {}
    told = {one.name: Said(description=one.said or one.label, unit=one.unit) for one in blank.columns}
    return {**PLACE, **(LINES if blank.lines else {}), **told}
