"""What `lumbung statistics` says: the steps, why nothing came of it and what helps, what was noticed."""

from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in both languages."""

    id: str
    en: str


STEPS = {
    "reading": Said("Register dibuka di ruang tertutup, tanpa jaringan", "The register is opened in a closed room"),
    "counting": Said("Warga dihitung", "Residents are counted"),
    "protecting": Said("Angka kecil dilindungi dan buktinya disusun", "Small numbers are protected and proven"),
    "writing": Said("Tabel dan monografi ditulis, lalu diserang sendiri", "Tables are written, then attacked"),
    "checking": Said("Setiap berkas diperiksa", "Every file is inspected"),
}
WORDS = {
    "counted": Said(
        "{} orang terbaca, {} dihitung, dalam {} keluarga.", "{} people read, {} counted, in {} families."
    ),
    "layout": Said("Susunan yang dikenali: {}.", "Layout recognised: {}."),
    "unmapped": Said("Kolom yang tidak dipakai karena tidak dikenal: {}.", "Columns unknown and not used: {}."),
    "noticed": Said("Yang perlu dilihat lagi", "Worth another look"),
    "how-many": Said("Banyak", "How many"),
    "rows": Said("Baris", "Rows"),
    "not-counted": Said("tidak dihitung", "not counted"),
    "done": Said("Statistik jadi di {}.", "The statistics are in {}."),
    "hidden": Said(
        "{} angka ditampilkan, {} disembunyikan (tanda *) supaya tidak ada warga yang dapat dikenali.",
        "{} numbers are shown, {} hidden (marked *) so that no resident can be recognised.",
    ),
    "proof": Said("Buktinya dapat diperiksa: lumbung proof verify {}", "Check the proof: lumbung proof verify {}"),
    "stayed": Said(
        "Register tidak disalin ke mana pun; paket ini tidak memuat nama, NIK, atau nomor KK.",
        "The register was not copied anywhere; the package holds no name, NIK or family card number.",
    ),
    "village": Said(
        "Desa {}: {} orang terbaca, {} dihitung, dalam {} keluarga; {} angka ditampilkan, {} disembunyikan (*).",
        "Village {}: {} people read, {} counted, in {} families; {} numbers shown, {} hidden (*).",
    ),
    "sum": Said(
        "Jumlah {} dari {} desa: {} angka ditampilkan, {} disembunyikan (*).",
        "Sum {} of {} villages: {} numbers shown, {} hidden (*).",
    ),
    "left-out": Said("{} tidak terbit sendiri: {}", "{} is not published: {}"),
    "about": Said("Ini tentang: {}.", "This is about: {}."),
    "memory": Said(
        "Angka yang terbit dicatat di {}. Simpan berkas itu untuk rilis berikutnya.",
        "What was published is remembered in {}. Keep that file for the next release.",
    ),
    "refused": Said("Tidak ada statistik yang dibuat.", "No statistics were made."),
    "name-columns": Said("Sebutkan isi kolom-kolom ini, misalnya: {}", "Say what these columns hold, for example: {}"),
    "fields": Said("Isi yang dapat dipilih: {}, atau abaikan.", "What they may hold: {}, or abaikan (ignore)."),
}
USAGE = {
    "no-file": Said("Tidak ada berkas bernama: {}", "There is no file called: {}"),
    "village": Said(
        "Kode desa ditulis seperti 33.08.20.2002 (sepuluh angka Kemendagri), masing-masing sekali.",
        "A village code is written like 33.08.20.2002 (ten digits of the ministry), each once.",
    ),
    "date": Said(
        "Tanggal ditulis seperti 2026-06-30 dan tidak boleh di masa depan.",
        "A date is written like 2026-06-30 and may not lie in the future.",
    ),
    "out": Said(
        "Folder hasil harus belum ada, di tempat yang dapat ditulis: {}",
        "The folder for the results must not exist yet, in a place that can be written to: {}",
    ),
    "pairs": Said(
        "Sebut --village sekali untuk setiap register, berurutan; atau tidak sama sekali bila registernya berkolom "
        "kode desa.",
        "Give --village once for each register, in order; or not at all where registers have a column of codes.",
    ),
    "map": Said("Pasangan kolom ditulis seperti --map 'Gol=golongan_darah'.", "Write --map 'Gol=golongan_darah'."),
    "memory": Said("Catatan rilis di {} tidak terbaca.", "The memory of releases in {} cannot be read."),
    "monograph-one": Said(
        "--monograph hanya untuk satu desa: buat paketnya satu per satu.",
        "--monograph is for one village: make the packages one by one.",
    ),
    "monograph-held": Said(
        "Isian monografi ditahan pemeriksa. Pastikan tidak ada nama, NIK, atau nomor telepon orang di dalamnya.",
        "The gate holds the monograph form. It must hold no name, NIK or telephone number of a person.",
    ),
    "monograph-unread": Said(
        "Isian monografi tidak terbaca. Pakai blangko, atau monografi.xlsx yang kolom Isi-nya sudah diisi.",
        "The monograph form cannot be read. Use the blank, or a monografi.xlsx with its column Isi filled in.",
    ),
    "monograph-wrong": Said(
        "Isi bidang ini tidak sesuai jenisnya: {}. Tulis angka, pilihan dari daftar, atau nama tempat yang pendek.",
        "These fields hold what they cannot: {}. Write a number, one of the choices, or the short name of a place.",
    ),
    "monograph-changed": Said(
        "Angka bidang ini hampir sama dengan yang pernah terbit: {}. Kosongkan, atau pakai angka yang lama.",
        "These numbers differ little from printed ones: {}. Leave them empty, or use the old ones.",
    ),
    "extra": Said(
        "Perlu bagian statistik: pip install 'lumbung[statistics]'.",
        "This needs the statistics part: pip install 'lumbung[statistics]'.",
    ),
}
_SEND = Said(
    "Pakai register penduduk desa, misalnya hasil unduhan dari OpenSID.",
    "Use the village's register of residents, such as a download from OpenSID.",
)
_NEXT = Said("Coba lagi dengan register semester berikutnya.", "Try again with the next semester's register.")
_AGAIN = Said("Coba sekali lagi.", "Try once more.")

# Why nothing came of it, and what helps.
REFUSED: dict[str, tuple[Said, Said]] = {
    "not-a-register": (
        Said("Di berkas ini tidak ditemukan register penduduk.", "No register of residents was found in this file."),
        _SEND,
    ),
    "no-headings": (
        Said("Kolom register ini tidak berjudul.", "The columns of this register have no headings."),
        Said("Beri judul pada setiap kolom, lalu coba lagi.", "Give every column a heading and try again."),
    ),
    "hidden-sheet": (
        Said("Register ini berada di lembar yang tersembunyi.", "This register is on a hidden sheet."),
        Said("Tampilkan lembarnya, simpan, lalu coba lagi.", "Show the sheet, save, and try again."),
    ),
    "voters": (
        Said("Ini daftar pemilih, bukan register semua penduduk.", "This is a list of voters, not of all residents."),
        _SEND,
    ),
    "aid-list": (
        Said("Ini daftar penerima bantuan, bukan register semua penduduk.", "This is a list of aid recipients."),
        _SEND,
    ),
    "survey": (
        Said("Ini hasil pendataan, bukan register semua penduduk.", "This is a survey, not a register."),
        _SEND,
    ),
    "moves": (
        Said("Ini buku mutasi atau tamu, bukan register semua penduduk.", "This is a book of moves or guests."),
        _SEND,
    ),
    "too-few-columns": (
        Said(
            "Register ini tidak memuat kolom yang diperlukan, misalnya jenis kelamin, tanggal lahir, nomor KK, agama.",
            "This register lacks columns that are needed, such as sex, birth date, family card, religion.",
        ),
        _SEND,
    ),
    "needs-confirmation": (
        Said("Susunan kolom register ini belum dikenal.", "The columns of this register are not known."),
        Said("Cocokkan kolomnya dengan --map, lalu coba lagi.", "Name the columns with --map and try again."),
    ),
    "no-village-codes": (
        Said(
            "Di register ini tidak ada kolom kode desa dengan kode yang dicari.",
            "This register has no column of village codes with the code that is looked for.",
        ),
        Said(
            "Sebut desanya dengan --village, satu untuk setiap register.",
            "Name the village with --village, one for each register.",
        ),
    ),
    "village-twice": (
        Said("Ada desa yang muncul di dua register.", "A village stands in two registers."),
        Said("Sertakan satu register saja untuk setiap desa.", "Give one register for each village."),
    ),
    "no-such-column": (
        Said("Kolom atau isi yang disebut dengan --map tidak ada.", "No such column or field as --map says."),
        Said("Periksa tulisannya, lalu coba lagi.", "Check the spelling and try again."),
    ),
    "not-wholly-read": (
        Said("Register ini tidak terbaca seluruhnya.", "This register could not be read wholly."),
        Said("Simpan ulang sebagai XLSX atau CSV tanpa sandi.", "Save it as XLSX or CSV without a password."),
    ),
    "nobody": (
        Said("Tidak ada warga yang dapat dihitung.", "There is nobody to be counted."),
        Said("Periksa kolom status dan tanggal lahir.", "Check the columns of status and birth date."),
    ),
    "too-many-unusable": (
        Said(
            "Terlalu banyak baris yang umur, jenis kelamin, atau statusnya tidak terbaca; jumlahnya akan keliru.",
            "Too many rows have no readable age, sex or status; the totals would be wrong.",
        ),
        Said("Perbaiki baris yang disebut di atas di SID, unduh lagi.", "Mend the rows named above and export again."),
    ),
    "future-births": (
        Said("Banyak warga yang lahir sesudah tanggal rujukan.", "Many were born after the reference date."),
        Said("Pakai --at dengan tanggal register ini diambil.", "Use --at with the day the register was taken."),
    ),
    "other-village": (
        Said("Register ini tampaknya dari desa lain.", "This register seems to be another village's."),
        Said("Periksa kode desa, atau pakai register desa ini.", "Check the village code or use its register."),
    ),
    "no-children": (
        Said("Di register ini tidak ada anak-anak, jadi bukan semua penduduk.", "There are no children in it."),
        _SEND,
    ),
    "old-register": (
        Said(
            "Register ini lebih lama daripada tanggal rujukan: setahun terakhir tidak ada kelahiran di dalamnya.",
            "This register is older than the reference date: nobody in it was born in the last year.",
        ),
        Said("Pakai --at dengan tanggal register ini diambil.", "Use --at with the day the register was taken."),
    ),
    "same-as-last": (
        Said("Register ini sama dengan rilis sebelumnya; tidak ada yang berubah.", "Nothing changed since the last."),
        Said("Pakai register terbaru.", "Use the newest register."),
    ),
    "too-soon": (
        Said("Rilis terakhir desa ini belum berumur enam bulan.", "The last release is not six months old."),
        Said("Pakai tanggal yang lebih kemudian.", "Use a later date."),
    ),
    "already-published": (
        Said(
            "Untuk tanggal ini sudah terbit angka lain, dan angka yang sudah keluar tidak dapat diganti.",
            "Other numbers are out for this date already, and cannot be replaced.",
        ),
        Said("Periksa tanggalnya.", "Check the date."),
    ),
    "nothing-left": (
        Said(
            "Penduduknya terlalu sedikit (di bawah 100), atau hampir tidak berubah sejak rilis terakhir; "
            "setiap tabel akan menunjuk orang.",
            "There are too few residents (under 100), or hardly any changed; every table would point at people.",
        ),
        Said("Angka desa ini dapat ikut dalam angka kecamatan.", "Its numbers may go into the district's."),
    ),
    "other-policy": (
        Said("Aturan perlindungan berubah sejak rilis terakhir.", "The protection policy changed since the last."),
        Said("Hubungi walidata.", "Ask the walidata."),
    ),
    "out-of-reach": (
        Said("Angka kecil di desa ini tidak dapat dilindungi cukup baik.", "Small numbers cannot be protected here."),
        _NEXT,
    ),
    "undecided": (Said("Perhitungan perlindungan tidak selesai.", "The protection did not come to an end."), _AGAIN),
    "audit-failed": (
        Said(
            "Pemeriksaan mandiri menemukan celah, jadi hasilnya dibuang.",
            "The independent audit found a way in, so the result was thrown away.",
        ),
        Said("Beri tahu pengelola Lumbung.", "Tell the keepers of Lumbung."),
    ),
    "not-open": (
        Said("Hasilnya sendiri tidak lolos pemeriksaan berkas, jadi dibuang.", "The result did not pass the gate."),
        Said("Beri tahu pengelola Lumbung.", "Tell the keepers of Lumbung."),
    ),
    "time": (Said("Perhitungannya terlalu lama dan dihentikan.", "It took too long and was stopped."), _AGAIN),
    "memory": (Said("Perhitungannya memerlukan terlalu banyak memori.", "It took too much memory."), _AGAIN),
    "crash": (Said("Perhitungannya terputus.", "It broke off."), _AGAIN),
}

# Why a place is not in a release of several villages.
LEFT_OUT = {
    "small-village": Said(
        "penduduknya terlalu sedikit, dan tidak ikut dalam jumlah.", "too few residents; not in sums."
    ),
    "small-change": Said(
        "hampir tidak berubah sejak rilis terakhir, yang tetap berlaku.", "hardly changed; the last release stands."
    ),
}

# What the register room noticed, by its code. Never a value.
NOTED = {
    "dead": Said("Sudah meninggal", "Dead"),
    "moved": Said("Sudah pindah", "Moved away"),
    "missing-person": Said("Hilang", "Missing"),
    "away": Said("Pergi", "Away"),
    "not-valid": Said("Bertanda tidak valid", "Marked as not valid"),
    "unreadable-state": Said("Status hidup atau pindah tidak terbaca", "Status cannot be read"),
    "future-birth": Said("Lahir sesudah tanggal rujukan", "Born after the reference date"),
    "impossible-age": Said("Umur tidak mungkin", "Impossible age"),
    "no-age": Said("Tanpa tanggal lahir dan umur", "Neither birth date nor age"),
    "no-sex": Said("Tanpa jenis kelamin", "No sex"),
    "same-person-twice": Said("Orang yang sama tercatat dua kali", "The same person twice"),
    "not-a-person": Said("Baris yang bukan warga", "Rows that are no residents"),
    "hidden-row": Said("Baris tersembunyi yang ikut dihitung", "Hidden rows that are counted"),
    "two-people-one-nik": Said("Dua orang dengan NIK yang sama", "Two people with one NIK"),
    "sex-against-nik": Said("Jenis kelamin berbeda dari NIK", "Sex differs from the NIK"),
    "birth-against-nik": Said("Tanggal lahir berbeda dari NIK", "Birth date differs from the NIK"),
    "age-from-nik": Said("Umur diambil dari NIK", "Age taken from the NIK"),
    "age-as-written": Said("Umur seperti tertulis, tanpa tanggal lahir", "Age as written, without a birth date"),
    "sex-from-nik": Said("Jenis kelamin diambil dari NIK", "Sex taken from the NIK"),
    "temporary-nik": Said("NIK sementara", "Temporary NIK"),
    "damaged-nik": Said("NIK rusak atau tidak lengkap", "Damaged NIK"),
    "no-family-number": Said("Tanpa nomor KK", "No family card number"),
    "two-heads": Said("Keluarga dengan dua kepala", "Families with two heads"),
    "no-head": Said("Keluarga tanpa kepala", "Families without a head"),
    "unknown-code": Said("Isian di luar daftar kode, jadi tidak diketahui", "Not in the code list, so unknown"),
    "no-column": Said("Kolom ini tidak ada di register", "The register has no such column"),
    "hamlet-not-named": Said("Nama dusun tidak ditampilkan", "Hamlet not named"),
}
