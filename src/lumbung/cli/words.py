"""The few words that `lumbung check` and `lumbung explain` say by themselves; rules and reasons bring their own."""

WORDS = {
    "id": {
        "open": "Boleh terbuka", "review": "Perlu ditinjau", "hold": "Ditahan",
        "inspecting": "Memeriksa", "files": "Berkas", "more": "… dan {} alasan lain; semuanya ada dengan --json.",
        "found": "Temuan", "where": "Di mana", "how-many": "Banyak",
        "no-rule": "Tidak ada aturan dengan kode itu.", "did-you-mean": "Mungkin maksud Anda: {}.",
        "all-rules": "Ketik “lumbung explain” untuk melihat semua kode.",
        "meaning": "Artinya", "law": "Dasar hukum", "since": "Berlaku sejak {}.", "a-place": "suatu tempat",
        "who-else": "Siapa yang boleh memutuskan lain",
        "appeal-none": "Tidak seorang pun: berkasnya yang harus diubah.",
        "appeal-ppdp": "Pejabat Pelindungan Data Pribadi (PPDP), atas suatu dasar hukum.",
        "next": "Yang dapat dilakukan", "mend": "Cara memperbaiki berkas",
        "report": "Laporan pemeriksaan berkas", "made": "Dibuat {} dengan aturan versi {}.",
        "no-values": "Laporan ini tidak memuat isi berkas, jadi aman untuk diteruskan. Nomor di nama berkas ditutup.",
        "nothing-found": "Tidak ditemukan data pribadi, dan seluruh berkas terbaca.", "digest": "Sidik (SHA-256)",
        "no-files": "Tidak ada berkas yang diperiksa.", "report-at": "Laporan disimpan di {}.",
        "cannot-write": "Laporan tidak dapat disimpan di {}. Pilih tempat lain, misalnya: --html laporan.html",
    },
    "en": {
        "open": "Open", "review": "To be reviewed", "hold": "Held",
        "inspecting": "Inspecting", "files": "Files", "more": "… and {} more reasons; --json has them all.",
        "found": "Found", "where": "Where", "how-many": "How many",
        "no-rule": "There is no rule of that code.", "did-you-mean": "Did you mean: {}?",
        "all-rules": "Type “lumbung explain” to see all codes.",
        "meaning": "What it means", "law": "The law", "since": "In force since {}.", "a-place": "some place",
        "who-else": "Who may decide otherwise",
        "appeal-none": "Nobody: the file has to change.",
        "appeal-ppdp": "The data protection officer (PPDP), on a legal basis.",
        "next": "What you can do", "mend": "How to mend a file",
        "report": "Report on inspected files", "made": "Made {} under rules version {}.",
        "no-values": "Nothing of what the files hold is in this report, so it may be sent on. Numbers in names "
        "are masked.",
        "nothing-found": "No personal data were found, and the whole file was read.", "digest": "Digest (SHA-256)",
        "no-files": "No file was inspected.", "report-at": "The report is in {}.",
        "cannot-write": "The report cannot be written to {}. Choose another place, for example: --html report.html",
    },
}  # fmt: skip
