"""What a counting says to people: how its dataset is described, and a sentence for each way it may stop."""

import re
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Licence, Theme
from lumbung.portal.design import wording
from lumbung.portal.intake.columns import FIELDS
from lumbung.portal.intake.models import Counting

ROWS = re.compile(r"[^\d, …#:;-]")  # a list of row numbers has nothing else in it

LEGAL_BASIS = "UU 6/2014 pasal 86; UU 23/2006 jo. UU 24/2013 pasal 58 (data agregat)"
ABOUT = _(
    "Penduduk %(village)s menurut umur, jenis kelamin, pendidikan, pekerjaan, agama, status perkawinan, dan keluarga, "
    "dihitung oleh Lumbung dari register desa. Angka bertanda * disembunyikan supaya tidak ada warga yang dapat "
    "dikenali; buktinya ada di berkas pendamping."
)

# Why it stopped, and what helps. The codes of the engine (too-soon ... audit-failed) and those of the portal.
STOPPED: dict[str, tuple[str | Promise, str | Promise]] = {
    "needs-confirmation": (
        _("Susunan kolom register ini belum kami kenal."),
        _("Cocokkan kolomnya di bawah ini; sekali saja, lalu hitung lagi."),
    ),
    "not-a-register": (
        _("Di berkas ini tidak ditemukan register penduduk yang dapat dihitung."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "nobody": (
        _("Setelah yang meninggal, pindah, dan hilang dikeluarkan, tidak ada warga yang tersisa."),
        _("Periksa kolom status dan tanggalnya, lalu coba lagi."),
    ),
    "other-village": (
        _("Register ini tampaknya dari desa lain."),
        _("Pilih desa yang benar, atau kirim register desa Anda."),
    ),
    "no-headings": (
        _("Kolom register ini tidak berjudul, jadi kami tidak tahu apa isinya."),
        _("Beri judul pada setiap kolom, misalnya nama, jenis kelamin, tanggal lahir, lalu kirim lagi."),
    ),
    "hidden-sheet": (
        _("Register ini berada di lembar yang tersembunyi."),
        _("Tampilkan lembarnya, simpan, lalu kirim lagi."),
    ),
    "voters": (
        _("Ini daftar pemilih, bukan register semua penduduk."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "aid-list": (
        _("Ini daftar penerima bantuan, bukan register semua penduduk."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "survey": (
        _("Ini hasil pendataan, bukan register semua penduduk."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "moves": (
        _("Ini buku mutasi, bukan register semua penduduk."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "too-few-columns": (
        _("Register ini tidak memuat kolom yang diperlukan, misalnya jenis kelamin dan tanggal lahir."),
        _("Kirim register yang lengkap, misalnya hasil unduhan dari OpenSID."),
    ),
    "too-many-unusable": (
        _("Terlalu banyak baris tanpa umur, jenis kelamin, atau keberadaan yang terbaca, jadi jumlahnya akan keliru."),
        _("Perbaiki baris yang disebut di bawah ini di SID, unduh lagi, lalu kirim."),
    ),
    "future-births": (
        _("Banyak warga yang lahir sesudah tanggal yang Anda pilih."),
        _("Pilih tanggal register ini diambil."),
    ),
    "no-children": (
        _("Di register ini tidak ada anak-anak, jadi bukan register semua penduduk."),
        _("Kirim register penduduk desa yang lengkap."),
    ),
    "old-register": (
        _("Register ini lebih lama daripada tanggal yang Anda pilih: setahun terakhir tidak ada kelahiran."),
        _("Pilih tanggal register ini diambil, atau kirim register yang terbaru."),
    ),
    "no-such-column": (
        _("Kolom yang dicocokkan tidak ada lagi di register ini."),
        _("Cocokkan kolomnya sekali lagi."),
    ),
    "not-wholly-read": (
        _("Register ini tidak terbaca seluruhnya, jadi jumlahnya akan keliru."),
        _("Simpan ulang sebagai XLSX atau CSV tanpa sandi, lalu kirim lagi."),
    ),
    "too-soon": (
        _("Statistik terakhir desa ini belum berumur enam bulan. Rilis yang terlalu rapat dapat membuka data warga."),
        _("Pilih tanggal yang lebih kemudian, atau tunggu rilis berikutnya."),
    ),
    "already-published": (
        _("Untuk tanggal ini sudah ada statistik dengan angka lain, dan angka yang sudah keluar tidak dapat diganti."),
        _("Periksa tanggalnya. Bila registernya memang baru, pakai tanggal register itu."),
    ),
    "same-as-last": (
        _("Register ini sama dengan yang sudah dihitung untuk tanggal sebelumnya; tidak ada yang berubah."),
        _("Kirim register yang terbaru. Register lama dengan tanggal baru akan menyesatkan pembaca."),
    ),
    "already-here": (
        _("Statistik yang persis sama sudah pernah dibuat dan ada di portal."),
        _("Lanjutkan pada kiriman yang sudah ada."),
    ),
    "forbidden-bytes": (
        _("Statistik yang persis sama pernah dihapus dari portal dan tidak dapat dibuat lagi."),
        _("Hubungi walidata."),
    ),
    "nothing-left": (
        _("Penduduknya terlalu sedikit, atau hampir tidak berubah sejak rilis terakhir, sehingga setiap tabel akan "
          "menunjuk orang."),
        _("Rilis terakhir tetap berlaku. Angka desa ini tetap dapat ikut dalam angka kecamatan."),
    ),
    "other-policy": (
        _("Aturan perlindungan statistik berubah sejak rilis terakhir desa ini."),
        _("Walidata perlu memutuskan dahulu bagaimana rilis lama diperhitungkan."),
    ),
    "out-of-reach": (
        _("Angka kecil di desa ini tidak dapat dilindungi cukup baik dengan susunan tabel yang ada."),
        _("Tidak ada yang terbit. Coba lagi dengan register semester berikutnya."),
    ),
    "undecided": (
        _("Perhitungan perlindungannya tidak selesai pada waktunya, jadi tidak ada yang terbit."),
        _("Coba sekali lagi; bila tetap begitu, beri tahu walidata."),
    ),
    "audit-failed": (
        _("Pemeriksaan mandiri menemukan celah pada hasilnya, jadi tidak ada yang terbit."),
        _("Ini kekurangan kami, bukan kekeliruan Anda. Beri tahu walidata; register sudah dimusnahkan."),
    ),
    "time": (_("Perhitungannya terlalu lama dan dihentikan."), _("Coba sekali lagi.")),
    "memory": (_("Perhitungannya memerlukan terlalu banyak ingatan komputer dan dihentikan."), _("Coba sekali lagi.")),
    "crash": (_("Perhitungannya terputus."), _("Coba sekali lagi.")),
    "interrupted": (
        _("Perhitungannya terputus tiga kali, jadi registernya dimusnahkan."),
        _("Kirim registernya sekali lagi, atau beri tahu pengelola."),
    ),
    "damaged": (
        _("Berkas yang tersimpan tidak lagi sama dengan yang diunggah, jadi tidak dihitung."),
        _("Kirim registernya sekali lagi."),
    ),
    "register-gone": (_("Registernya sudah dimusnahkan sebelum dihitung."), _("Kirim registernya sekali lagi.")),
    "not-producer-here": (
        _("Yang memintanya tidak lagi terdaftar sebagai produsen data desa ini."),
        _("Mintalah produsen data desa ini untuk mengulanginya."),
    ),
}  # fmt: skip
OTHERWISE = (_("Statistiknya tidak dapat dibuat."), _("Coba sekali lagi; bila tetap begitu, beri tahu walidata."))

# What the register room noticed, by its code; each is told with how many and in which rows. Never a value.
NOTED: dict[str, str | Promise] = {
    "dead": _("Sudah meninggal, tidak dihitung"),
    "moved": _("Sudah pindah, tidak dihitung"),
    "missing-person": _("Hilang, tidak dihitung"),
    "away": _("Pergi, tidak dihitung"),
    "not-valid": _("Bertanda tidak valid, tidak dihitung"),
    "unreadable-state": _("Keberadaannya tidak terbaca, tidak dihitung"),
    "future-birth": _("Lahir sesudah tanggal acuan, tidak dihitung"),
    "impossible-age": _("Umurnya tidak mungkin, tidak dihitung"),
    "no-age": _("Tanpa tanggal lahir dan umur, tidak dihitung"),
    "no-sex": _("Tanpa jenis kelamin, tidak dihitung"),
    "same-person-twice": _("Orang yang sama tercatat dua kali, dihitung sekali"),
    "not-a-person": _("Baris yang bukan warga"),
    "hidden-row": _("Baris tersembunyi yang ikut dihitung"),
    "two-people-one-nik": _("Dua orang dengan NIK yang sama"),
    "sex-against-nik": _("Jenis kelamin berbeda dari NIK"),
    "birth-against-nik": _("Tanggal lahir berbeda dari NIK"),
    "age-from-nik": _("Umur diambil dari NIK"),
    "age-as-written": _("Umur seperti tertulis, tanpa tanggal lahir"),
    "sex-from-nik": _("Jenis kelamin diambil dari NIK"),
    "temporary-nik": _("NIK sementara"),
    "damaged-nik": _("NIK rusak atau tidak lengkap"),
    "no-family-number": _("Tanpa nomor KK"),
    "two-heads": _("Keluarga dengan dua kepala"),
    "no-head": _("Keluarga tanpa kepala"),
    "unknown-code": _("Isian yang tidak ada di daftar kode, dihitung sebagai tidak diketahui"),
    "no-column": _("Keterangan yang tidak ada di register ini"),
    "hamlet-not-named": _("Nama dusunnya tidak dapat ditampilkan"),
}


def problems(counting: Counting | None) -> list[dict[str, object]]:
    """What was noticed, in words: sentence, count, the numbers of rows. No word of the file itself."""
    listed = (counting.report if counting else {}).get("notes", [])
    return [
        {
            "sentence": NOTED.get(str(note["code"]), _("Baris yang perlu dilihat lagi")),
            "field": FIELDS.get(str(note["field"]), ""),
            "count": int(note["count"]),
            "rows": ROWS.sub("", str(note["rows"]))[:200],
        }
        for note in listed
    ]


def why(counting: Counting) -> dict[str, str | Promise]:
    """The sentence and the next step for a counting that stopped."""
    sentence, next_step = STOPPED.get(counting.code, OTHERWISE)
    return {"sentence": sentence, "next_step": next_step}


def described(village: Organisation, reference_date: date) -> dict[str, str]:
    """The whole description of the dataset, ready for review; the producer may change every word of it."""
    day = wording.day(reference_date)
    return {
        "title": str(_("Statistik penduduk %(village)s per %(day)s") % {"village": village.name, "day": day})[:200],
        "description": str(ABOUT % {"village": village.name}),
        "theme": Theme.POPULATION,
        "period": day,
        "source": str(_("Register penduduk %(village)s") % {"village": village.name})[:200],
        "unit": "jiwa; keluarga",
        "licence": Licence.CC_BY,
        "frequency": Frequency.HALF_YEARLY,
        "classification": Classification.OPEN,
        "legal_basis": LEGAL_BASIS,
    }
