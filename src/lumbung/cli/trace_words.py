"""What `lumbung trace` says, in both languages."""

from lumbung.cli.language import Language

WORDS = {
    "extra": (
        "Perlu bagian penelusuran: pip install 'lumbung[trace]'.",
        "This needs the tracing part: pip install 'lumbung[trace]'.",
    ),
    "no-key": (
        "Kunci sidik tidak ada. Sebut dengan --key FILE; buat dengan: lumbung trace key FILE",
        "There is no key for fingerprints. Name it with --key FILE; make one with: lumbung trace key FILE",
    ),
    "key-there": ("Berkas {} sudah ada; kunci tidak pernah ditimpa.", "{} is there already; a key is never replaced."),
    "key-made": (
        "Kunci sidik dibuat: {} (nomor kunci {}). Simpan terpisah dari berkas sidiknya, dan buat cadangannya: tanpa "
        "kunci ini sidik tidak dapat dipakai lagi.",
        "The key is in {} (key number {}). Keep it apart from the indexes, and keep a second copy: without it they "
        "are of no use.",
    ),
    "cannot-write": ("Tidak dapat menulis ke {}.", "Cannot write to {}."),
    "out": ("{} sudah ada, atau namanya tidak berakhiran {}.", "{} is there already, or its name does not end in {}."),
    "until": ("Tanggal musnah harus sesudah hari ini.", "The day of destruction must lie after today."),
    "date": ("Tulis tanggal sebagai TAHUN-BULAN-HARI, misalnya 2026-06-30.", "Write dates as 2026-06-30."),
    "no-file": ("Berkas {} tidak ada.", "There is no file {}."),
    "no-folder": ("Folder {} tidak ada.", "There is no folder {}."),
    "not-wholly-read": (
        "Berkas ini tidak terbaca seluruhnya, jadi tidak dipakai. Simpan ulang sebagai XLSX atau CSV, lalu coba lagi.",
        "This file could not be read wholly, so it is not used. Save it as XLSX or CSV and try again.",
    ),
    "nobody": (
        "Tidak ditemukan orang di berkas ini: tidak ada NIK, nomor KK, nama, atau nomor telepon.",
        "There are no persons in this file: no NIK, KK number, name or telephone number.",
    ),
    "crash": ("Berkas ini tidak dapat dibaca.", "This file cannot be read."),
    "time": ("Membaca berkas ini terlalu lama; dihentikan.", "Reading this file took too long and was stopped."),
    "memory": ("Berkas ini terlalu besar untuk sekali baca. Bagi dua, lalu coba lagi.",
               "This file is too large to be read at once. Split it and try again."),
    "indexed": (
        "Sidik ditulis ke {}: {} baris dibaca, musnahkan setelah {}.",
        "The index is in {}: {} rows read, to be destroyed after {}.",
    ),
    "destroyed": ("Dimusnahkan: {}", "Destroyed: {}"),
    "kind-nik": ("NIK", "NIK"),
    "kind-kk": ("nomor KK", "KK number"),
    "kind-name-birth": ("nama dan tanggal lahir", "name and birth date"),
    "kind-phone": ("nomor telepon", "telephone number"),
    "kind-nik-name": ("NIK dengan nama", "NIK with name"),
    "kind-nik-kk": ("NIK dengan nomor KK", "NIK with KK number"),
    "kind-stem": ("15 digit pertama NIK", "first 15 digits of the NIK"),
    "kind-stem-name": ("15 digit NIK dengan nama", "15 digits of the NIK with name"),
    "kind-stem-kk": ("15 digit NIK dengan nomor KK", "15 digits of the NIK with KK number"),
    "too-many": (
        "Sudah {} pertanyaan dalam satu jam dari meja ini. Tunggu dulu: sidik bukan alat menebak orang.",
        "This desk has asked {} questions within the hour. Wait a while, so that the fingerprints are no oracle.",
    ),
    "ours": ("MILIK KITA: contoh ini berisi orang-orang dari sumber kita.",
             "OURS: the people of this sample stand in our sources."),
    "part": ("SEBAGIAN MILIK KITA: sebagian baris dari sumber kita, sebagian bukan.",
             "OURS IN PART: some rows stand in our sources, others do not."),
    "none": ("BUKAN DARI SUMBER YANG DIUJI: tidak satu pun baris melebihi kebetulan.",
             "NONE OF THE SOURCES TESTED: no more rows than chance gives."),
    "cannot-tell": ("BELUM DAPAT DIPASTIKAN.", "CANNOT TELL."),
    "refused": ("DITOLAK.", "REFUSED."),
    "too-few-people": (
        "Contoh ini memuat kurang dari sepuluh orang. Pertanyaan tentang segelintir orang tidak dijawab.",
        "This sample has fewer than ten people. A question about a handful of people is not answered.",
    ),
    "too-few-tested": (
        "Kurang dari sepuluh baris yang dapat diuji (NIK utuh, nama dengan tanggal lahir, atau nomor telepon).",
        "Fewer than ten rows can be tested (a whole NIK, a name with a birth date, or a telephone number).",
    ),
    "too-few-hits": (
        "Hanya segelintir baris yang cocok: lebih dari kebetulan, kurang untuk memastikan.",
        "Only a handful of rows match: more than chance, less than proof.",
    ),
    "nothing-to-compare": ("Tidak ada sidik yang dapat dipakai di folder itu.", "That folder has no usable index."),
    "numbers-without-names": (
        "Banyak NIK yang cocok, tetapi namanya lain. Nomor dapat ditebak: ini bukan bukti asal data.",
        "Many numbers match, but not the names. Numbers can be guessed: this does not show that the data are ours.",
    ),
    "namesakes": (
        "Beberapa nama dan tanggal lahir ada juga di sumber kita, tetapi NIK-nya lain: orang yang senama.",
        "Some names and birth dates are in our sources as well, with other numbers: namesakes.",
    ),
    "numbers-alone": (
        "Contoh ini hanya berisi nomor. Nomor dapat ditebak; mintalah contoh yang memuat nama.",
        "This sample has numbers alone. Numbers can be guessed; ask for a sample with names.",
    ),
    "tested": (
        "{} orang di contoh, {} dapat diuji, {} cocok dengan {} versi yang diuji:",
        "{} people in the sample, {} can be tested, {} match the {} versions tested:",
    ),
    "row": ("{} baris cocok, {} % dari contoh, peluang {} %", "{} rows match, {} % of the sample, probability {} %"),
    "few": ("kurang dari {} baris cocok", "fewer than {} rows match"),
    "more": ("… dan {} versi lain; semuanya ada dengan --json.", "… and {} more; --json has them all."),
    "decided": ("Versinya: {}.", "The version: {}."),
    "part-of": ("{} menjelaskan {} baris", "{} explains {} rows"),
    "several-sources": (
        "Tidak ada satu versi yang menjelaskan semuanya: campuran beberapa sumber, atau versi yang tidak kita simpan.",
        "No single version explains it all: a mixture of sources, or a version that we do not hold.",
    ),
    "one-version": (
        "Hanya satu versi yang diuji; versi lain dari sumber ini tidak dapat dibedakan.",
        "Only one version was tested; others of this source cannot be told from it.",
    ),
    "versions-alike": (
        "Versinya belum dapat dipastikan: contoh ini cocok dengan lebih dari satu. Mintalah contoh yang lebih besar.",
        "Which version cannot be told: the sample fits more than one. A larger sample may decide.",
    ),
    "upstream": (
        "Pemegang kumpulan data yang lebih besar, yang memuat data kita, juga mungkin menjadi asalnya. Hanya kumpulan "
        "yang kurang dari {} % isinya data kita yang tersingkir (95 %).",
        "A holder of a larger collection that contains ours may be the source as well. Only collections of which less "
        "than {} % is ours are ruled out (95 %).",
    ),
    "deciding": ("Yang membedakan dari versi terdekat: {}.", "What told it from the next version: {}."),
    "negative": (
        "Yang diuji hanya {} baris contoh ini terhadap versi-versi di atas. Baris di luar contoh, versi lain, "
        "dan sumber lain tidak diuji; bila contoh ini acak, paling banyak {} % dari keseluruhan data dapat berasal "
        "dari versi-versi itu (95 %).",
        "Only {} rows of this sample were tested, against the versions above. Rows outside the sample, other versions "
        "and other sources were not; if the sample is random, at most {} % of the whole can be from those versions "
        "(95 %).",
    ),
    "dated": (
        "Umur di dalamnya dihitung antara {} dan {} ({} dari {} baris setuju).",
        "The ages in it were counted between {} and {} ({} of {} rows agree).",
    ),
    "not-asked": ("Tidak ditanya: {} ({}).", "Not asked: {} ({})."),
    "no-claim": (
        "Berkas klaim tidak dapat dibaca. Tulis sebagai TOML atau JSON; contohnya ada di docs/tracing.md.",
        "The claim cannot be read. Write it as TOML or JSON; docs/tracing.md has an example.",
    ),
    "claim-entry": ("Isian “{}” di berkas klaim tidak ada atau tidak benar.",
                    "The entry “{}” of the claim is missing or not right."),
    "two-at-most": ("Paling banyak dua contoh.", "Two samples at most."),
    "check": ("Yang diperiksa", "Check"), "observed": ("Terlihat", "Observed"), "reference": ("Acuan", "Reference"),
    "finding": ("Hasil", "Finding"),
    "supports": ("mendukung", "supports"), "contradicts": ("membantah", "contradicts"),
    "cannot-tell-check": ("belum pasti", "cannot tell"),
    "breakdown-sum": ("Jumlah rincian sama dengan totalnya", "The breakdown adds up to the total"),
    "population": ("Tidak lebih dari angka yang diterbitkan", "No more than the published figure"),
    "sample": ("contoh {}", "sample {}"),
    "all-regions": ("semua wilayah", "all regions"),
    "numbers-valid": ("NIK benar susunannya", "Numbers are built as NIK are"),
    "serials-low": ("Nomor urut sampai 10, seperti diterbitkan", "Serials up to ten, as they are issued"),
    "sex-agrees": ("Jenis kelamin sesuai NIK", "Sex agrees with the NIK"),
    "date-agrees": ("Tanggal lahir sesuai NIK", "Birth date agrees with the NIK"),
    "cards-valid": ("Nomor KK benar susunannya", "KK numbers are built as they are issued"),
    "repeated": ("Baris yang mengulang orang yang sama", "Rows that repeat a person"),
    "members": ("Baris untuk setiap KK", "Rows for each family card"),
    "families-shaped": ("Keluarga berbentuk keluarga", "Families have the shape of families"),
    "heaped": ("Kelahiran 1 Januari, 1 Juli, 31 Desember", "Births on 1 January, 1 July, 31 December"),
    "home-region": ("NIK dari wilayah yang diklaim", "Numbers from the regions claimed"),
    "vintage": ("Tahun data menurut umur di dalamnya", "Year of the data by the ages in them"),
    "generated": ("Lebih mirip register daripada buatan", "More like a register than generated"),
    "two-samples": ("Total menurut dua contoh", "The total by two samples"),
    "unchecked": ("Angka acuan bertanda * belum diperiksa di sumbernya.",
                  "References with * have not been seen at their source."),
    "contradicted": ("{} pemeriksaan membantah klaim ini.", "{} checks contradict this claim."),
    "not-contradicted": ("Tidak ada pemeriksaan yang membantah klaim ini. Itu belum berarti benar.",
                         "No check contradicts this claim. That does not make it true."),
    "nothing-to-mark": (
        "Tidak ada baris dengan nama dan tanggal lahir, jadi tidak ada yang dapat ditandai.",
        "No row has a name and a birth date, so nothing can be marked.",
    ),
    "recipients": (
        "Berkas penerima harus berisi satu nama setiap baris, 2 sampai {} nama yang berbeda.",
        "The file of recipients has one name a line, 2 to {} of them, all different.",
    ),
    "there": ("{} sudah ada.", "{} is there already."),
    "marked": (
        "{} salinan ditulis ke {}; {} dari {} baris membawa tanda. Ikrar kunci: {}",
        "{} copies are in {}; {} of {} rows carry a mark. Commitment to the key: {}",
    ),
    "hand-over": (
        "Serahkan serah-terima.json bersama salinannya, SEBELUM atau saat penyerahan; simpan {} terpisah.",
        "Hand serah-terima.json over with the copies, not later; keep {} apart.",
    ),
    "fifth-digit": (
        "Salinan menyamarkan empat digit terakhir NIK dan satu digit tanggal lahir di dalamnya. Untuk daftar pemilih, "
        "digit kelima perlu dasar aturan; tanyakan dulu ke bagian hukum.",
        "The copies hide the last four digits of the NIK and one of the birth date in it. For a list of voters a "
        "fifth digit needs a rule; ask the legal office first.",
    ),
    "no-secret": ("Berkas rahasia tanda tidak dapat dibaca.", "The secret of the marks cannot be read."),
    "not-committed": (
        "Rahasia ini bukan yang diikrarkan saat penyerahan. Hasilnya tidak boleh dipakai.",
        "This is not the secret that was committed to at the handover. Nothing may follow from it.",
    ),
    "recipient": ("Penerima", "Recipient"), "by-order": ("Urutan", "Order"), "by-place": ("Samaran", "Mask"),
    "by-line": ("Letak baris", "Line"), "by-code": ("Kode", "Code"),
    "lines-agree": ("{} dari {} baris sama (p {})", "{} of {} lines agree (p {})"),
    "code-there": ("ada", "there"), "code-absent": ("tidak ada", "absent"),
    "accused": ("TERTUNJUK", "NAMED"), "cleared": ("tidak", "no"),
    "pairs-out": ("{} dari {} pasang terbalik (p {})", "{} of {} pairs out of order (p {})"),
    "places-agree": ("{} dari {} digit sama (p {})", "{} of {} digits agree (p {})"),
    "rule": (
        "Penerima hanya ditunjuk bila peluang kebetulan, untuk semua penerima dan semua tanda bersama, di bawah 1e-6. "
        "Tanda menunjuk salinannya, bukan orang yang membocorkannya.",
        "A recipient is named only where chance, over all recipients and all marks together, is below 1e-6. A mark "
        "names the copy, not the person who leaked it.",
    ),
    "nobody-named": ("Tidak ada salinan yang dapat ditunjuk.", "No copy can be named."),
    "not-an-index": ("bukan berkas sidik", "not an index"),
    "wrong-key": ("dibuat dengan kunci lain", "made with another key"),
    "altered": ("isinya berubah sejak dibuat", "changed since it was made"),
    "cut-off": ("terpotong", "cut off"),
    "expired": ("sudah lewat tanggal musnahnya", "past its day of destruction"),
}  # fmt: skip


def said(what: str, lang: Language, *about: object) -> str:
    """A sentence of WORDS, with what it is about. Raise KeyError for one that there is not."""
    return WORDS[what][lang == Language.ENGLISH].format(*about)
