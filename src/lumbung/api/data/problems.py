"""What an API answers when it cannot answer: RFC 9457 (problem details), with a code that programs can rely on.

No problem repeats what was asked: a value that somebody typed stands in no answer and in no log.
"""

from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TYPE = "application/problem+json"
TITLES: dict[str, str | Promise] = {
    "unknown": _("Data ini tidak ada, atau tidak terbuka untuk Anda."),
    "closed": _("Data ini sudah ditutup. Hapus salinan yang Anda simpan."),
    "method": _("Alamat ini hanya dapat dibaca: pakai GET."),
    "not-acceptable": _("Bentuk yang diminta tidak ada. Yang ada: JSON, NDJSON, CSV, Parquet, dan Arrow."),
    "unknown-parameter": _("Alamat itu memuat permintaan yang tidak dikenal."),
    "given-twice": _("Permintaan ini hanya boleh disebut satu kali."),
    "too-many": _("Permintaan ini disebut terlalu banyak, atau terlalu panjang."),
    "unknown-column": _("Tidak ada kolom dengan nama itu. Nama kolom harus sama persis."),
    "bad-filter": _("Saringan itu tidak dapat dibaca. Bentuknya kolom:cara:nilai."),
    "bad-value": _("Nilai itu tidak cocok dengan jenis kolomnya atau permintaannya."),
    "bad-number": _("Angka itu tidak dapat dibaca atau di luar batas."),
    "bad-cursor": _("Penanda halaman itu rusak, atau milik pertanyaan lain."),
    "bad-measure": _("Hitungan itu tidak dikenal, atau tidak dapat dipakai pada kolom itu."),
    "too-many-requests": _("Terlalu banyak permintaan. Tunggu sebentar, lalu lanjutkan."),
    "busy": _("Terlalu banyak unduhan berjalan bersamaan. Tunggu sebentar, lalu lanjutkan."),
}


class Problem(Exception):
    """An answer that is none: `code` is a key of TITLES, `parameter` the name of the part of the address at fault."""

    def __init__(self, code: str, *, status: int = 400, parameter: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.parameter = code, status, parameter

    def response(self) -> HttpResponse:
        """As it travels."""
        return response(self.code, status=self.status, parameter=self.parameter)


def response(code: str, *, status: int, **more: str) -> HttpResponse:
    """`{"type", "title", "status", "code", ...}`, never to be kept."""
    said = {"type": "about:blank", "title": str(TITLES[code]), "status": status, "code": code}
    answer = JsonResponse(said | {name: text for name, text in more.items() if text}, status=status)
    answer["Content-Type"] = TYPE
    answer["Cache-Control"] = "no-store"
    return answer


def gone(*, ground: str, since: datetime) -> HttpResponse:
    """410: what was open once. Neither its title nor anything of its content."""
    answer = response("closed", status=410, reason=ground, since=since.isoformat())
    answer["X-Robots-Tag"] = "noindex"
    return answer
