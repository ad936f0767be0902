"""All evidence of an incident in one file for one recipient: what may be read by nobody else is sealed to their key.

The bundle is a ZIP. `isi.zip.age` in it holds the files, the lines with names, the facts and the letters, sealed while
they are written, so that no plain byte touches a disk; around it lie what anybody may have: the signed heads, the
programs that check, and how to open it.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit import verify, verify_line
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.exports import heads
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.proofs import proofs
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.shelf import path_of, stands
from lumbung.portal.incidents import age, printing
from lumbung.portal.incidents.disk import refusal
from lumbung.portal.incidents.gathering import gather
from lumbung.portal.incidents.models import Incident, Letter
from lumbung.portal.incidents.permissions import check_ends
from lumbung.portal.incidents.places import lines_about
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered

PIECE = 1 << 20
MOST_RELEASES = 500  # with their bytes; of more (a whole portal) the digests alone
GUIDE = """Bundel bukti sebuah insiden, dibuat Lumbung.

  isi.zip.age       berkas, baris catatan beserta buktinya, keterangan, dan surat; tersandi untuk penerimanya
  kepala.jsonl      kepala catatan yang ditandatangani
  verify_line.py    memeriksa baris demi baris; perlu verify.py di sebelahnya, dan tidak perlu pustaka lain
  SHA256SUMS        sidik isi.zip.age

Buka dengan Lumbung:       lumbung evidence open BUNDEL.zip --key KUNCI --out FOLDER
Atau dengan program age:   age -d -i KUNCI -o isi.zip isi.zip.age
Di dalamnya daftar-berkas.jsonl menyebut sidik setiap berkas yang terbit. Berkasnya sendiri ikut bila rilisnya tidak
lebih dari 500; untuk seluruh portal, mintalah bundel insiden datanya.
Lalu periksa:              python3 verify_line.py FOLDER/baris.jsonl kepala.jsonl
"""
NOT_WHOLE = "Unggahan ini hilang atau tidak lagi sama dengan yang disegel ketika diterima.\n"


def export(incident: Incident, *, recipient: str, person: Person, by: Actor) -> tuple[BinaryIO, str]:
    """The bundle as an open file that has no name and is gone when it is closed, and its SHA-256.

    Raise Unfit for what is no public key of age, DiskRefused with the cause where the disk does not take it or does
    not give what belongs into it. That it was made, for which key and how large, stands in the record. Changes nothing
    else.
    """
    check_ends(person, incident)
    try:
        key = age.checked(recipient)
    except age.NotAKey:
        raise Unfit(
            "not-a-key",
            _("Ini bukan kunci publik penerima."),
            _("Mintalah kepada penerimanya: sebaris tulisan yang diawali age1."),
        ) from None
    dossier = gather(incident, by=by)
    try:
        file, made = _made(incident, key, facts={"version": dossier.number, **dossier.facts})
    except OSError as problem:
        raise refusal(problem) from None
    about = {"incident": incident.pk, "recipient": key, **made}
    record_now(Kind.EVIDENCE_EXPORTED, by=by, subject=incident.subject, **about)
    file.seek(0)
    return file, made["digest"]


def _made(incident: Incident, key: str, *, facts: dict[str, Any]) -> tuple[BinaryIO, dict[str, Any]]:
    """The whole file, closed and so gone where it does not become whole; and what the record says of it."""
    file = cast(BinaryIO, tempfile.TemporaryFile(dir=settings.LUMBUNG_HOME))  # noqa: SIM115  # the caller closes it
    try:
        number = _written(file, incident, key, facts=facts)
        return file, {"files": number, "digest": _digest(file), "bytes": file.tell()}
    except BaseException:
        file.close()
        raise


def _written(file: BinaryIO, incident: Incident, key: str, *, facts: dict[str, Any]) -> int:
    with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        with bundle.open(age.SEALED, "w", force_zip64=True) as member:
            counting = _Digesting(member)
            sealing = age.Sealing(cast(BinaryIO, counting), recipient=key)
            with ZipFile(cast(BinaryIO, sealing), "w", ZIP_DEFLATED) as inside:
                number = _filled(inside, incident, facts)
            sealing.close()
        bundle.writestr("SHA256SUMS", f"{counting.digest.hexdigest()}  {age.SEALED}\n")
        bundle.writestr("kepala.jsonl", _as_lines(heads()))
        bundle.writestr("BACA-SAYA.txt", GUIDE)
        for program in (verify, verify_line):
            bundle.writestr(Path(str(program.__file__)).name, Path(str(program.__file__)).read_bytes())
    file.flush()
    return number


def _filled(inside: ZipFile, incident: Incident, facts: dict[str, Any]) -> int:
    """Everything that is sealed; gives how many files were put in, without the list of their digests."""
    sums = []
    for name, pieces in _contents(incident, facts):
        digest = hashlib.sha256()
        with inside.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        sums.append(f"{digest.hexdigest()}  {name}\n")
    inside.writestr("SHA256SUMS", "".join(sums))
    return len(sums)


def _contents(incident: Incident, facts: dict[str, Any]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Names and bytes, one file after the other."""
    yield "keterangan.json", iter([json.dumps(facts, ensure_ascii=False, indent=1).encode()])
    lines = proofs(lines_about(incident), personal=True)
    yield "baris.jsonl", (_as_lines([one]).encode() for one in lines)
    for letter in _newest_letters(incident):
        name = f"surat/{letter.kind}-versi-{letter.version}"
        yield f"{name}.txt", iter([letter.text.encode()])
        yield f"{name}.docx", iter([printing.as_docx(letter.text)])
        yield f"{name}.pdf", iter([printing.as_pdf(letter.text)])
    releases = Release.every.filter(dataset__in=incident.datasets().order_by()).select_related("dataset")
    yield "daftar-berkas.jsonl", (_as_lines([one]).encode() for one in _listed(releases))
    if releases.count() <= MOST_RELEASES:
        yield from _files(releases.order_by("dataset__slug", "number"))


def _listed(releases: QuerySet[Release]) -> Iterator[dict[str, Any]]:
    """Every published file by its digest; the bytes themselves follow where they are not too many."""
    files = Distribution.every.filter(release__in=releases.order_by()).order_by("release__dataset__slug", "name")
    for slug, release, name, size, sha256 in files.values_list(
        "release__dataset__slug", "release__number", "name", "size", "sha256"
    ).iterator():
        yield {"dataset": slug, "release": release, "name": name, "bytes": size, "sha256": sha256}


def _files(releases: QuerySet[Release]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """What was published, and what was uploaded as far as its key is still there."""
    for release in releases:
        place = f"{release.dataset.slug}/{release.number}"
        for one in Distribution.every.filter(release=release):
            if stands(one):
                yield f"terbit/{place}/{one.name}", _pieces(path_of(one).open("rb"))
        submission = Submission.objects.filter(pk=release.submission).first()
        if submission and submission.storage_key:
            yield _uploaded(submission, place)


def _uploaded(submission: Submission, place: str) -> tuple[str, Iterator[bytes]]:
    """What was uploaded; a note instead where it is no longer what was sealed, the rest is evidence all the same."""
    try:
        with vault.open_plain(submission) as plain:
            return f"unggahan/{place}.bin", _pieces(os.fdopen(os.dup(plain.fileno()), "rb"))
    except Tampered:
        return f"unggahan/{place}-tidak-utuh.txt", iter([NOT_WHOLE.encode()])


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(PIECE), b"")


def _newest_letters(incident: Incident) -> list[Letter]:
    newest: dict[str, Letter] = {}
    for letter in incident.letters.order_by("version"):
        newest[letter.kind] = letter
    return list(newest.values())


def _as_lines(objects: Any) -> str:
    return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def _digest(file: BinaryIO) -> str:
    """The SHA-256 of all of it; leaves the file at its end."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file opened for both


class _Digesting:
    """Passes bytes on and keeps their SHA-256."""

    def __init__(self, out: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._out = out

    def write(self, piece: bytes) -> int:
        """Pass it on."""
        self.digest.update(piece)
        return self._out.write(piece)
