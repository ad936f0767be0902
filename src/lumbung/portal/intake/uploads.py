"""How a file comes in: sealed while it streams, so that plain bytes never touch a disk."""

import errno
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import OutOfRoom, Refused, TooLarge
from lumbung.portal.audit.keys import KeyFileMissing
from lumbung.portal.intake.vault import Arriving, Sealed

ENVELOPE = 64 * 1024  # bytes that the form's other fields may take
FIELD = "file"  # the only field of the upload page that takes files
MOST_FILES = 20  # in one form


class NoFilesHere(FileUploadHandler):
    """The handler of every page but the upload page: reads a file's bytes away and keeps none."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> None:
        """Never reached."""


class SealedFile(UploadedFile):
    """What the form finds under the file's name: no bytes, only the sealed file."""

    def __init__(self, sealed: Sealed) -> None:
        super().__init__(name=sealed.name, size=sealed.size)
        self.sealed = sealed

    def close(self) -> None:
        """There is nothing open."""


class SealingHandler(FileUploadHandler):
    """Seals the files of the upload page chunk by chunk. Raise TooLarge or OutOfRoom, keeping nothing.

    `limit` holds for all of them together, in bytes; `field` is the only one that takes files. Whoever makes one must
    call `tidy` when the request is over: Django does not say when a connection is lost.
    """

    def __init__(self, request: HttpRequest, *, limit: int, field: str = FIELD) -> None:
        super().__init__(request)
        self._limit = limit
        self._field = field
        self._arrivals: list[Arriving] = []
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next one; files under any other name than the field's are not taken."""
        super().new_file(*args, **kwargs)
        if self.field_name != self._field:
            raise SkipFile
        if len(self._arrivals) >= MOST_FILES:
            raise too_many()
        try:
            self._arrivals.append(Arriving(self.file_name or ""))
        except OSError as problem:
            raise translated(problem) from None
        except KeyFileMissing:
            raise OutOfRoom(
                "key-file-missing",
                _("Penyimpanan terkunci kami sedang tidak dapat dibuka, jadi berkas ini belum kami terima."),
                _("Kabari pengelola: berkas kunci portal tidak ditemukan."),
            ) from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal some bytes."""
        self._taken += len(raw_data)
        if self._taken > self._limit:
            raise too_large(self._limit)
        try:
            self._arrivals[-1].write(raw_data)
        except OSError as problem:
            raise translated(problem) from None

    def file_complete(self, file_size: int) -> SealedFile:
        """The file has wholly arrived and the disk has it."""
        try:
            return SealedFile(self._arrivals[-1].finish())
        except OSError as problem:
            raise translated(problem) from None

    def tidy(self) -> None:
        """Leave nothing that was not kept. `vault.keep` has moved away what was."""
        for arriving in self._arrivals:
            arriving.abandon()


class InMemory(FileUploadHandler):
    """Keeps one file of a machine's call in memory, so that it touches no disk before the gate has seen it."""

    def __init__(self, request: HttpRequest, *, limit: int) -> None:
        super().__init__(request)
        self._limit = limit
        self._pieces = bytearray()

    @property
    def content(self) -> bytes:
        """What has arrived; nothing where there was no file."""
        return bytes(self._pieces)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take some bytes; a second file is added to nothing but the limit, and its shape fits nothing."""
        if len(self._pieces) + len(raw_data) > self._limit:
            raise too_large(self._limit)
        self._pieces += raw_data

    def file_complete(self, file_size: int) -> None:
        """The form itself has no use for it."""


def too_large(limit: int) -> TooLarge:
    """The refusal with the limit in it."""
    return TooLarge(
        "too-large",
        _("Berkas ini lebih besar daripada batas %(limit)s MB.") % {"limit": limit // (1024 * 1024)},
        _("Bagi menjadi beberapa berkas, misalnya per kecamatan atau per tahun, lalu unggah satu per satu."),
    )


class WithoutLength(Refused):
    """The sender does not say how much there is to come (411)."""

    status = 411


def too_many() -> TooLarge:
    """The refusal with the number in it."""
    return TooLarge(
        "too-many",
        _("Sekali kirim paling banyak %(most)s berkas.") % {"most": MOST_FILES},
        _("Kirim sebagian dahulu, lalu sisanya. Belum ada yang tersimpan."),
    )


def check_announced_size(request: HttpRequest, *, limit: int) -> None:
    """Raise TooLarge by what the browser announces, before a byte of the file is read; WithoutLength where it says
    nothing: a form that comes in chunks of unknown number would be read as an empty one."""
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        raise WithoutLength(
            "without-length",
            _("Pengirim berkas ini tidak menyebut ukurannya, jadi belum kami terima."),
            _("Kirim lewat peramban dari halaman unggah, atau sertakan panjang isinya (Content-Length)."),
            address="/meja/kiriman/baru",
        )
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isascii() and announced.isdigit() and int(announced) > limit + ENVELOPE:
        raise too_large(limit)


def translated(problem: OSError) -> Exception:
    """A full disk (or a full quota) as OutOfRoom, in kind words; anything else as it is."""
    if problem.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return problem
    return OutOfRoom(
        "disk-full",
        _("Tempat penyimpanan kami sedang penuh, jadi berkas ini belum kami terima."),
        _("Tidak ada yang tersimpan setengah jalan. Kabari walidata, lalu unggah lagi nanti."),
    )
