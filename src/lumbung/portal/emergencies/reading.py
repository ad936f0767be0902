"""What an app pushes, read strictly: a list of calls as JSON, each with its number, place and times.

    {"panggilan": [{"nomor": "D-2026-0711", "jenis": "kebakaran",
      "waktu": {"lapor": "2026-07-03T14:05:00+07:00", "berangkat": ..., "tiba": ..., "selesai": ...},
      "tempat": {"kecamatan": "99.01.03", "alamat": "...", "lintang": -7.41, "bujur": 110.22},
      "pelapor": {"nama": "...", "telepon": "..."}, "uraian": "..."}]}

Times are ISO 8601 with their offset. `berangkat`, `tiba`, `selesai`, `tempat` but its district, `pelapor` and `uraian`
may be left out. What is refused is named by its place in the list and a code, never by a value.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import TooLarge, Unfit

LARGEST = 2 * 1024 * 1024  # bytes of one push
MOST_CALLS = 300
KINDS = ("kebakaran", "penyelamatan", "medis", "bencana", "lainnya")
STEPS = ("lapor", "berangkat", "tiba", "selesai")
SLOWEST = timedelta(hours=24)  # longer than this on the way is a mistake of the app
AHEAD = timedelta(minutes=10)  # clocks differ
FIELDS: dict[str, dict[str, int]] = {  # of each part, its texts and how long they may be
    "": {"nomor": 64, "jenis": 20, "uraian": 1000},
    "tempat": {"kecamatan": 13, "alamat": 300},
    "pelapor": {"nama": 120, "telepon": 30},
}
MESSAGES: dict[str, Promise] = {
    "bukan-objek": _("Setiap panggilan adalah sebuah objek JSON."),
    "isian-tidak-dikenal": _("Ada isian yang tidak dikenal. Kirim hanya isian yang ada di petunjuk."),
    "isian-terlalu-panjang": _("Ada isian yang terlalu panjang atau bukan teks."),
    "nomor-kosong": _("Nomor panggilan dari aplikasi wajib diisi."),
    "jenis-tidak-dikenal": _("Jenisnya salah satu dari: kebakaran, penyelamatan, medis, bencana, lainnya."),
    "waktu-tidak-terbaca": _("Waktu ditulis menurut ISO 8601 dengan selisih zonanya, dan waktu lapor wajib ada."),
    "waktu-tidak-runtut": _("Urutan waktunya lapor, berangkat, tiba, selesai; paling lama 24 jam."),
    "waktu-di-depan": _("Waktu panggilan belum lewat. Periksa jam pada aplikasi."),
    "terlalu-lama": _("Panggilan ini lebih lama daripada masa simpan, jadi tidak diterima lagi."),
    "kecamatan-tidak-dikenal": _("Kode kecamatan tidak ada di kabupaten ini."),
    "koordinat-tidak-terbaca": _("Lintang dan bujur ditulis berdua, dalam derajat, di wilayah Indonesia."),
    "sudah-dicetak": _("Triwulan panggilan ini sudah dicetak; waktunya tidak dapat dipindahkan dari sana."),
}


class NotACall(Exception):
    """One entry of the list cannot be taken. `code` is a key of MESSAGES; no value of it is kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One call as it was read. `content` is all of it, to be sealed; `began` is the time of the report."""

    number: str
    began: datetime
    content: dict[str, Any]


def entries(body: bytes) -> list[Any]:
    """The list of a push, each entry unread. Raise Unfit or TooLarge."""
    try:
        said = json.loads(body)
        listed = said["panggilan"] if isinstance(said, dict) and set(said) == {"panggilan"} else None
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or not listed:
        raise Unfit("bukan-daftar", _("Kirim JSON berisi daftar 'panggilan' yang tidak kosong."))
    if len(listed) > MOST_CALLS:
        raise TooLarge("terlalu-banyak", _("Paling banyak 300 panggilan dalam sekali kirim."))
    return listed


def read_call(entry: Any, *, districts: frozenset[str], now: datetime, oldest: datetime) -> Reported:
    """One entry. `districts` are the known kode wilayah; calls before `oldest` are refused. Raise NotACall."""
    if not isinstance(entry, dict):
        raise NotACall("bukan-objek")
    if set(entry) - {*FIELDS[""], "waktu", "tempat", "pelapor"}:
        raise NotACall("isian-tidak-dikenal")
    content: dict[str, Any] = _texts(entry, "")
    if not content["nomor"]:
        raise NotACall("nomor-kosong")
    if content["jenis"] not in KINDS:
        raise NotACall("jenis-tidak-dikenal")
    times = _times(entry.get("waktu"), now=now, oldest=oldest)
    content["waktu"] = {name: moment.isoformat() for name, moment in times.items()}
    content["tempat"] = _place(entry.get("tempat"), districts)
    content["pelapor"] = _texts(_part(entry.get("pelapor", {}), FIELDS["pelapor"]), "pelapor")
    return Reported(number=content["nomor"], began=times["lapor"], content=content)


def _part(value: Any, known: Mapping[str, object]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotACall("bukan-objek")
    if set(value) - set(known):
        raise NotACall("isian-tidak-dikenal")
    return value


def _texts(part: Mapping[str, Any], name: str) -> dict[str, Any]:
    texts = {}
    for field, longest in FIELDS[name].items():
        text = part.get(field, "")
        if not isinstance(text, str) or len(text) > longest or not _can_be_written(text):
            raise NotACall("isian-terlalu-panjang")
        texts[field] = text.strip()
    return texts


def _can_be_written(text: str) -> bool:
    """JSON may hold half a letter, which no UTF-8 has."""
    return "\0" not in text and text == text.encode(errors="replace").decode()


def _times(value: Any, *, now: datetime, oldest: datetime) -> dict[str, datetime]:
    part = _part(value, dict.fromkeys(STEPS))
    times = {name: _moment(part[name]) for name in STEPS if part.get(name) is not None}
    if "lapor" not in times:
        raise NotACall("waktu-tidak-terbaca")
    order = list(times.values())
    if order != sorted(order) or order[-1] - order[0] > SLOWEST:
        raise NotACall("waktu-tidak-runtut")
    if order[-1] > now + AHEAD:
        raise NotACall("waktu-di-depan")
    if order[0] < oldest:
        raise NotACall("terlalu-lama")
    return times


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or not 2000 <= moment.year < 2200:
            raise ValueError
    except (TypeError, ValueError):
        raise NotACall("waktu-tidak-terbaca") from None
    return moment


def _place(value: Any, districts: frozenset[str]) -> dict[str, Any]:
    part = _part(value, {**FIELDS["tempat"], "lintang": 0, "bujur": 0})
    place: dict[str, Any] = _texts(part, "tempat")
    if place["kecamatan"] not in districts:
        raise NotACall("kecamatan-tidak-dikenal")
    if part.get("lintang") is None and part.get("bujur") is None:
        return place
    if not (_is_within(part.get("lintang"), -12, 7) and _is_within(part.get("bujur"), 94, 142)):
        raise NotACall("koordinat-tidak-terbaca")
    return {**place, "lintang": float(part["lintang"]), "bujur": float(part["bujur"])}


def _is_within(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
