"""What a counting says to people: how its dataset is described, and a sentence for each way it may stop."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Licence, Theme
from lumbung.portal.design import wording
from lumbung.portal.intake.models import Counting

LEGAL_BASIS = "UU 6/2014 pasal 86; UU 23/2006 jo. UU 24/2013 pasal 58 (data agregat)"
ABOUT = _(
    "Penduduk %(village)s menurut umur, jenis kelamin, pendidikan, pekerjaan, agama, status perkawinan, dan keluarga, "
    "dihitung oleh Lumbung dari register desa. Angka bertanda * disembunyikan supaya tidak ada warga yang dapat "
    "dikenali; buktinya ada di berkas pendamping."
)

# Why it stopped, and what helps. The codes of the engine (too-soon ... audit-failed) and those of the portal.
STOPPED: dict[str, tuple[str | Promise, str | Promise]] = {
    "mapping-needed": (
        _("Susunan kolom register ini belum kami kenal."),
        _("Cocokkan kolomnya di bawah ini; sekali saja, lalu hitung lagi."),
    ),
    "not-a-register": (
        _("Di berkas ini tidak ditemukan register penduduk yang dapat dihitung."),
        _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
    ),
    "no-residents": (
        _("Setelah yang meninggal, pindah, dan hilang dikeluarkan, tidak ada warga yang tersisa."),
        _("Periksa kolom status dan tanggalnya, lalu coba lagi."),
    ),
    "other-village": (
        _("Register ini tampaknya dari desa lain."),
        _("Pilih desa yang benar, atau kirim register desa Anda."),
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
    "same-register": (
        _("Register yang persis sama sudah pernah dihitung."),
        _("Kirim register yang terbaru."),
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

# What the register room counts and names by row: code, then the sentence. Never a value.
PROBLEMS: dict[str, str | Promise] = {}
MOST_ROWS = 20


def problems(counting: Counting | None) -> list[dict[str, object]]:
    """What the report counts, in words: sentence, count, and the numbers of the first rows."""
    listed = (counting.report if counting else {}).get("problems", [])
    return [
        {
            "sentence": PROBLEMS.get(str(one["code"]), _("Baris yang perlu dilihat lagi")),
            "count": int(one["count"]),
            "rows": ", ".join(str(int(row)) for row in one.get("rows", [])[:MOST_ROWS]),
        }
        for one in listed
    ]


def why(counting: Counting) -> dict[str, str | Promise]:
    """The sentence and the next step for a counting that stopped."""
    sentence, next_step = STOPPED.get(counting.code, OTHERWISE)
    return {"sentence": sentence, "next_step": next_step}


def described(counting: Counting) -> dict[str, str]:
    """The whole description of the dataset, ready for review; the producer may change every word of it."""
    village = counting.organisation.name
    day = wording.day(counting.reference_date)
    return {
        "title": str(_("Statistik penduduk %(village)s per %(day)s") % {"village": village, "day": day})[:200],
        "description": str(ABOUT % {"village": village}),
        "theme": Theme.POPULATION,
        "period": day,
        "source": str(_("Register penduduk %(village)s") % {"village": village})[:200],
        "unit": "jiwa; keluarga",
        "licence": Licence.CC_BY,
        "frequency": Frequency.HALF_YEARLY,
        "classification": Classification.OPEN,
        "legal_basis": LEGAL_BASIS,
    }
