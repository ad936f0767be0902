"""The three calls of OpenDK that carry no persons, as OpenSID makes them: what each brings, and the files made of it.

Source: OpenSID's synchronisation (form fields for `identitas-desa`, JSON with documents in base64 for
`laporan-apbdes`, a ZIP beside `desa_id` for `pembangunan`). Fields that are not named here are not taken.
"""

import base64
import binascii
import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import TooLarge, Unfit
from lumbung.portal.catalogue.vocabulary import Theme
from lumbung.portal.intake.uploads import InMemory

LARGEST = 16 * 1024 * 1024  # bytes of one call; base64 makes documents a third larger
MOST_DOCUMENTS = 50
CALLS = ("identitas-desa", "laporan-apbdes", "pembangunan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file that a call brings, named by us, with the words that describe it."""

    name: str
    content: bytes
    title: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a call brought: the files to take in, and all other words of it, for the gate's eyes alone."""

    pieces: list[Piece]
    words: bytes


def read_call(request: HttpRequest, called: str, organisation: Organisation) -> Brought:
    """The body of an allowed call, in memory only. Raise TooLarge, or Unfit where it has another shape."""
    _check_size(request)
    try:
        values, file = _values(request)
        words = json.dumps(_without_files(values), ensure_ascii=False).encode()  # half a surrogate cannot be written
    except (ValueError, RecursionError, MultiPartParserError):
        raise _another_shape() from None
    _check_village(values, organisation)
    makers = {"identitas-desa": _identity, "laporan-apbdes": _budgets, "pembangunan": _works}
    return Brought(pieces=makers[called](values, file, organisation), words=words)


def _check_size(request: HttpRequest) -> None:
    announced = request.META.get("CONTENT_LENGTH") or ""
    if not (announced.isascii() and announced.isdigit()) or int(announced) > LARGEST:
        raise TooLarge("too-large", _("Kiriman ini terlalu besar, atau tidak menyebut ukurannya."))


def _values(request: HttpRequest) -> tuple[Mapping[str, Any], bytes]:
    """Fields and file, whichever of the three forms the body has. Raise ValueError for others."""
    kind = (request.content_type or "").lower()
    if kind == "multipart/form-data":
        handler = InMemory(request, limit=LARGEST)
        request.upload_handlers = [handler]
        return {name: request.POST[name] for name in request.POST}, handler.content
    body = request.read(LARGEST)
    if kind == "application/json":
        values = json.loads(body)
        if not isinstance(values, dict):
            raise ValueError
        return values, b""
    if kind == "application/x-www-form-urlencoded":
        fields = QueryDict(body.decode("utf-8"))
        return {name: fields[name] for name in fields}, b""
    raise ValueError


def _check_village(values: Mapping[str, Any], organisation: Organisation) -> None:
    """The call must be about the village whose key it shows."""
    said = str(values.get("desa_id") or values.get("kode_desa") or "").replace(".", "")
    if said != organisation.kode.replace(".", ""):
        raise Unfit("other-village", _("Kode desa di kiriman ini bukan kode desa pemilik kuncinya."))


def _identity(values: Mapping[str, Any], file: bytes, organisation: Organisation) -> list[Piece]:
    header = ("kode_wilayah", "sebutan_desa", "situs_web")
    row = (organisation.kode, _word(values.get("sebutan_desa")), _word(values.get("website")))
    title = _("Identitas %(village)s") % {"village": organisation.name}
    return [Piece(name="identitas-desa.csv", content=_table(header, [row]), title=title, theme=Theme.GOVERNMENT)]


def _budgets(values: Mapping[str, Any], file: bytes, organisation: Organisation) -> list[Piece]:
    listed = values.get("laporan_apbdes")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_DOCUMENTS:
        raise _another_shape()
    header = ("kode_wilayah", "tahun", "semester", "judul")
    rows, documents = [], []
    for one in listed:
        if not isinstance(one, dict):
            raise _another_shape()
        rows.append((organisation.kode, _year(one.get("tahun")), _word(one.get("semester")), _word(one.get("judul"))))
        if one.get("file"):
            documents.append(_document(one, organisation))
    title = _("Daftar laporan APBDes %(village)s") % {"village": organisation.name}
    table = Piece(name="laporan-apbdes.csv", content=_table(header, rows), title=title, theme=Theme.FINANCE)
    return [table, *documents]


def _document(one: Mapping[str, Any], organisation: Organisation) -> Piece:
    year = _year(one.get("tahun"))
    try:
        content = base64.b64decode(str(one["file"]), validate=True)
    except (binascii.Error, ValueError):
        raise _another_shape() from None
    title = _("Laporan APBDes %(village)s %(year)s") % {"village": organisation.name, "year": year}
    return Piece(name=f"laporan-apbdes-{year}.pdf", content=content, title=title, theme=Theme.FINANCE)


def _works(values: Mapping[str, Any], file: bytes, organisation: Organisation) -> list[Piece]:
    if not file:
        raise _another_shape()
    title = _("Pembangunan %(village)s") % {"village": organisation.name}
    return [Piece(name="pembangunan.zip", content=file, title=title, theme=Theme.WORKS)]


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def _word(value: object) -> str:
    """A short text or number as it was sent; anything longer or nested is none."""
    text = str(value) if isinstance(value, str | int) else ""
    return text if len(text) <= 200 else ""


def _year(value: object) -> str:
    text = _word(value)
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise _another_shape()
    return text


def _without_files(values: Any) -> Any:
    """Everything but the documents, which the gate looks at one by one."""
    if isinstance(values, dict):
        return {name: _without_files(value) for name, value in values.items() if name != "file"}
    return [_without_files(value) for value in values] if isinstance(values, list) else values


def _another_shape() -> Unfit:
    return Unfit("another-shape", _("Susunan kiriman ini tidak kami kenal."), _("Perbarui OpenSID, lalu kirim lagi."))
