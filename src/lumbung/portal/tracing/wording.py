"""What the desk says, for whoever is on duty on a Sunday: a heading, what it means, and what to do next."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.design.wording import number
from lumbung.trace.claim import CONTRADICTS, SUPPORTS

COUNTS = ("breakdown-sum", "population", "two-samples")


class Words(NamedTuple):
    """A tone of `notice`, what it is called, and what it means."""

    tone: str
    title: Promise
    text: Promise


VERDICTS = {
    "ours": Words(
        "closed",
        _("Milik kita"),
        _(
            "Orang-orang di contoh ini tercatat dalam sumber kita. Siapa yang membocorkan belum diketahui. Tutup "
            "datanya bila "
            "masih terbuka, dan mulai insiden: jam 3 x 24 jam berjalan sejak sekarang."
        ),
    ),
    "part": Words(
        "closed",
        _("Sebagian milik kita"),
        _(
            "Sebagian baris tercatat dalam sumber kita, sebagian tidak: campuran beberapa sumber, atau sebagian "
            "dikarang. "
            "Bagian kita tetap harus ditangani sebagai kebocoran."
        ),
    ),
    "none": Words(
        "grows",
        _("Bukan dari yang kita uji"),
        _(
            "Tidak satu pun baris cocok melebihi kebetulan. Ini hanya berlaku untuk contoh ini dan sidik yang "
            "disimpan di sini: "
            "jangan berkata lebih daripada itu."
        ),
    ),
    "cannot-tell": Words(
        "waits",
        _("Belum dapat dipastikan"),
        _("Contoh ini tidak cukup untuk memutuskan. Katakan begitu apa adanya, dan mintalah contoh yang lebih besar."),
    ),
}
WHY = {
    "too-few-tested": _(
        "Kurang dari sepuluh baris yang dapat diuji: NIK utuh, nama dengan tanggal lahir, atau nomor telepon."
    ),
    "too-few-hits": _("Hanya segelintir baris yang cocok: lebih dari kebetulan, kurang untuk memastikan."),
    "nothing-to-compare": _("Belum ada sidik yang dapat dipakai."),
    "numbers-without-names": _(
        "Banyak NIK yang cocok, tetapi namanya lain. Nomor dapat ditebak: ini bukan bukti asal data."
    ),
    "namesakes": _("Beberapa nama dan tanggal lahir ada juga di sumber kita, tetapi NIK-nya lain: orang yang senama."),
    "numbers-alone": _("Contoh ini hanya berisi nomor. Nomor dapat ditebak; mintalah contoh yang memuat nama."),
    "several-sources": _(
        "Tidak ada satu versi yang menjelaskan semuanya: campuran beberapa sumber, atau versi yang tidak kita simpan."
    ),
    "one-version": _("Hanya satu versi yang diuji; versi lain dari sumber ini tidak dapat dibedakan."),
    "versions-alike": _(
        "Versinya belum dapat dipastikan: contoh ini cocok dengan lebih dari satu. Mintalah contoh yang lebih besar."
    ),
}
REFUSALS = {
    "too-few-people": Words(
        "waits",
        _("Contohnya kurang dari sepuluh orang"),
        _(
            "Pertanyaan tentang segelintir orang tidak dijawab, supaya sidik tidak menjadi alat memeriksa "
            "seseorang. Mintalah "
            "contoh yang lebih besar: sepuluh orang berlainan atau lebih."
        ),
    ),
    "nobody": Words(
        "waits",
        _("Tidak ditemukan orang di berkas ini"),
        _(
            "Tidak ada NIK, nomor KK, nama, atau nomor telepon. Periksa apakah berkasnya benar; gambar yang "
            "buram tidak terbaca."
        ),
    ),
    "not-wholly-read": Words(
        "waits",
        _("Berkas ini tidak terbaca seluruhnya"),
        _(
            "Jawaban dari sebagian berkas dapat menyesatkan. Simpan ulang sebagai XLSX atau CSV, atau ketik "
            "ulang barisnya dari "
            "tangkapan layar, lalu tanyakan lagi."
        ),
    ),
    "time": Words(
        "waits",
        _("Berkas ini terlalu lama dibaca"),
        _("Kirim sebagian saja: beberapa ribu baris sudah cukup untuk memutuskan."),
    ),
    "memory": Words(
        "waits",
        _("Berkas ini terlalu besar"),
        _("Kirim sebagian saja: beberapa ribu baris sudah cukup untuk memutuskan."),
    ),
    "crash": Words(
        "waits", _("Berkas ini tidak dapat dibaca"), _("Simpan ulang sebagai XLSX atau CSV, lalu tanyakan lagi.")
    ),
    "damaged": Words(
        "closed",
        _("Contoh yang tersimpan tidak dapat dibuka"),
        _(
            "Isinya tidak lagi sama dengan yang dikirim, atau kuncinya tidak ada. Kirim sekali lagi, dan kabari "
            "pengelola."
        ),
    ),
    "interrupted": Words(
        "waits", _("Pengerjaannya terputus tiga kali"), _("Kirim sekali lagi. Bila terulang, kabari pengelola.")
    ),
}
KINDS = {
    "nik": _("NIK"),
    "kk": _("nomor KK"),
    "name-birth": _("nama dan tanggal lahir"),
    "phone": _("nomor telepon"),
    "nik-name": _("NIK dengan nama"),
    "nik-kk": _("NIK dengan nomor KK"),
    "stem": _("15 digit pertama NIK"),
    "stem-name": _("15 digit NIK dengan nama"),
    "stem-kk": _("15 digit NIK dengan nomor KK"),
}
UNUSABLE = {
    "not-an-index": Words(
        "closed",
        _("Ini bukan berkas sidik"),
        _("Bawalah berkas .sidik yang dibuat dengan: lumbung trace index. Berkas lain tidak kami simpan."),
    ),
    "wrong-key": Words(
        "closed",
        _("Sidik ini dibuat dengan kunci lain"),
        _(
            "Sidik hanya dapat ditanya dengan kunci portal ini. Buat lagi di jaringan tertutup dengan kunci yang "
            "dibagikan portal ini."
        ),
    ),
    "altered": Words(
        "closed",
        _("Isi sidik ini berubah sejak dibuat"),
        _("Mungkin rusak di perjalanan. Salin sekali lagi dari komputer asalnya."),
    ),
    "cut-off": Words(
        "closed", _("Berkas sidik ini terpotong"), _("Salin sekali lagi dari komputer asalnya sampai selesai.")
    ),
    "expired": Words(
        "closed", _("Sidik ini sudah lewat tanggal musnahnya"), _("Buat sidik baru bila datanya masih dipakai.")
    ),
    "gone": Words("closed", _("Berkas sidiknya tidak ada lagi"), _("Kabari pengelola.")),
    "already-here": Words("past", _("Sidik ini sudah ada di sini"), _("Tidak perlu dibawa dua kali.")),
}
NOT_KEPT = {
    "nobody": _("tidak ada orang di dalamnya"),
    "not-wholly-read": _("tidak terbaca seluruhnya"),
    "no-files": _("berkasnya sudah tidak ada"),
    "damaged": _("berkasnya rusak"),
    "time": _("terlalu lama dibaca"),
    "memory": _("terlalu besar"),
    "crash": _("tidak dapat dibaca"),
}
CHECKS = {
    "breakdown-sum": _("Jumlah rincian sama dengan totalnya"),
    "population": _("Tidak lebih dari angka yang diterbitkan"),
    "numbers-valid": _("NIK benar susunannya"),
    "serials-low": _("Nomor urut sampai 10, seperti diterbitkan"),
    "sex-agrees": _("Jenis kelamin sesuai NIK"),
    "date-agrees": _("Tanggal lahir sesuai NIK"),
    "cards-valid": _("Nomor KK benar susunannya"),
    "repeated": _("Baris yang mengulang orang yang sama"),
    "members": _("Baris untuk setiap KK"),
    "families-shaped": _("Keluarga berbentuk keluarga"),
    "heaped": _("Kelahiran 1 Januari, 1 Juli, 31 Desember"),
    "home-region": _("NIK dari wilayah yang diklaim"),
    "vintage": _("Tahun data menurut umur di dalamnya"),
    "generated": _("Lebih mirip register daripada buatan"),
    "two-samples": _("Total menurut dua contoh"),
}
FINDINGS = {SUPPORTS: _("mendukung"), CONTRADICTS: _("membantah")}
CANNOT_TELL = _("belum pasti")


def shown_check(check: Mapping[str, Any]) -> dict[str, Any]:
    """One line of the table of checks, ready for a page."""
    code, about = check["code"], check["about"]
    if code == "population":
        about = about or str(_("semua wilayah"))
    elif about:
        about = str(_("contoh %(number)s") % {"number": about})
    return {
        "what": CHECKS[code],
        "about": about,
        "observed": _shown(check["observed"], code),
        "reference": _shown(check["reference"], code) if check["reference"] or code not in COUNTS else "–",
        "source": check["source"],
        "unchecked": check["unchecked"],
        "finding": FINDINGS.get(check["finding"], CANNOT_TELL),
        "contradicts": check["finding"] == CONTRADICTS,
    }


def _shown(value: float, code: str) -> str:
    """Counts grouped, years and likeness as they are, shares in percent."""
    if code == "vintage":
        return f"{value:g}" if value else "–"
    if code in COUNTS:
        return number(round(value))
    if code in ("members", "generated"):
        return number(value, decimals=1)
    return f"{number(100 * value, decimals=1)} %"
