"""From a submission's sealed bytes to clean files in a passing folder, each inspected again before it may stand.

The child that writes them has just read a stranger's file, so nothing it says is taken on trust: names are matched,
sizes and digests are taken anew, and the gate looks at every file, and at every word that will stand beside it.
"""

import csv
import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from lumbung import confine, gate
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.vault import open_plain
from lumbung.portal.publication.companions import unsealed
from lumbung.portal.publication.nothing import nothing_to_publish

NAME = re.compile(
    r"tabel-(?P<table>[1-9]\d{0,3})\.(?:csv|xlsx|json|parquet|geojson)|dokumen-1\.pdf|gambar-1\.(?:png|jpg)"
)
WITH_WORDS = frozenset({"csv", "pdf", "png", "jpg"})  # the other formats repeat the words of these
LARGEST_FILE = 2 << 30  # bytes
RANK = {gate.Verdict.OPEN: 0, gate.Verdict.REVIEW: 1, gate.Verdict.HOLD: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One clean file in the passing folder."""

    path: Path
    position: int
    format: str
    sheet: str
    size: int
    sha256: str
    rows: int
    columns: int
    headers: list[str]
    notes: list[str]
    part: str = ""


@contextmanager
def rebuilt(submission: Submission) -> Iterator[tuple[Path, list[Rebuilt]]]:
    """The folder and its files; the folder is swept afterwards unless it was moved away.

    Raise Conflicting where the stored bytes are not the inspected ones, Unfit where nothing can be published of them.
    """
    shelf().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".making-", dir=shelf()))
    try:
        files = [*_made(submission, folder), *_beside(submission, folder)]
        for file in files:
            check_no_worse(submission, gate.inspect(file.path, name=file.path.name))
        check_words(_words(submission, files))
        yield folder, files
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_no_worse(submission: Submission, found: gate.Inspection) -> None:
    """Raise Unfit where the clean file is judged worse than the file it came from, or held for a new reason."""
    before = gate.Verdict((submission.inspection or {}).get("verdict", gate.Verdict.OPEN))
    holding = {reason.code for reason in found.reasons if reason.severity == gate.Verdict.HOLD}
    if RANK[found.verdict] > RANK[before] or holding - set(submission.released_codes):
        raise Unfit(
            "rebuilt-is-worse",
            _("Berkas yang ditulis ulang tidak lolos pemeriksaan, jadi tidak diterbitkan."),
            _("Minta berkas diperiksa ulang, lalu lihat alasannya pada halaman temuan."),
        )


def check_words(words: Sequence[str]) -> None:
    """Raise Unfit where what stands beside the table (description, names of sheets and columns, notes) names somebody.

    A NIK that the gate would only want reviewed in a table is refused in a title, where no number that long belongs.
    """
    table = io.StringIO()
    csv.writer(table).writerows([["uraian"], *([word] for word in words if word)])
    found = gate.inspect(io.BytesIO(table.getvalue().encode()), name="keterangan.csv")
    numbers = {reason.code for reason in found.reasons} & {"nik", "nomor-kk"}
    if found.verdict == gate.Verdict.HOLD or numbers or any(map(holds_long_number, words)):
        raise Unfit(
            "personal-data-in-words",
            _(
                "Judul, keterangan, nama lembar, atau nama kolom memuat data pribadi atau nomor panjang (14 angka ke "
                "atas), jadi belum dapat diterbitkan."
            ),
            _(
                "Kembalikan kepada produsen data agar data orang dihapus dari tulisan itu, dan nomor panjang "
                "disingkat atau dihilangkan, juga nomor yang bukan milik siapa pun."
            ),
        )


def _made(submission: Submission, folder: Path) -> list[Rebuilt]:
    limits = gate.limits(written_bytes=LARGEST_FILE)
    arguments = {"inspection": submission.inspection, "folder": str(folder.resolve())}
    target = "lumbung.portal.review.making:make"
    with open_plain(submission) as plain:
        if _digest(plain) != submission.sha256:
            raise not_the_inspected()
        try:
            said = confine.call(target, file=plain, arguments=arguments, limits=limits, folder=folder)
        except confine.Ended as ended:
            raise _ended(ended) from None
    if not said["files"]:
        raise nothing_to_publish(str(said["format"]))
    return [_taken_anew(folder, one) for one in said["files"]]


def _beside(submission: Submission, folder: Path) -> list[Rebuilt]:
    """What Lumbung made itself and sealed with the submission: it has no rows, and is inspected like the rest."""
    try:
        made = unsealed(submission, folder)
    except (Tampered, ValueError):
        raise not_the_inspected() from None
    return [
        Rebuilt(
            path=path,
            position=position,
            format=path.suffix[1:],
            sheet=one.name,
            size=one.size,
            sha256=one.sha256,
            rows=0,
            columns=0,
            headers=[],
            notes=[],
            part=one.part,
        )
        for path, one, position in made
    ]


def not_the_inspected() -> Refused:
    """The refusal where bytes, verdict and approval do not belong together."""
    return Conflicting(
        "not-the-inspected-file",
        _("Isi berkas yang tersimpan tidak sama dengan yang diperiksa, jadi tidak diterbitkan."),
        _("Minta produsen data mengunggah ulang berkasnya."),
    )


def _ended(ended: confine.Ended) -> Refused:
    if ended.error == "NotTheInspectedFile":
        return not_the_inspected()
    return Unfit(
        "not-rebuilt",
        _("Isi berkas ini tidak dapat ditulis ulang, jadi tidak diterbitkan."),
        _("Minta berkas diperiksa ulang; bila tetap gagal, minta produsen data menyimpannya sebagai berkas baru."),
    )


def _taken_anew(folder: Path, said: dict[str, Any]) -> Rebuilt:
    """What the child said of one file, with its name matched and its size and digest taken here."""
    match = NAME.fullmatch(str(said["path"]))
    path = folder / str(said["path"]) if match else folder
    if match is None or path.is_symlink() or not path.is_file():
        raise not_the_inspected()
    with path.open("rb") as file:
        digest = _digest(file)
    return Rebuilt(
        path=path,
        position=int(match["table"] or 1),
        format=path.suffix[1:],
        sheet=str(said["sheet"])[:200],
        size=path.stat().st_size,
        sha256=digest,
        rows=int(said["rows"]),
        columns=int(said["columns"]),
        headers=[str(header)[:200] for header in said["headers"]],
        notes=[str(note)[:1000] for note in said["notes"]],
    )


def _digest(file: BinaryIO) -> str:
    """SHA-256 of the whole file, which is left at its beginning."""
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _words(submission: Submission, files: Sequence[Rebuilt]) -> list[str]:
    described = [submission.title, submission.description, submission.period, submission.source, submission.unit]
    spoken = [file for file in files if file.format in WITH_WORDS and not file.part]
    beside = [word for file in spoken for word in (file.sheet, *file.headers, *file.notes)]
    return [*described, submission.legal_basis, *beside]
