"""The few words that `lumbung check` and `lumbung explain` say by themselves; rules and reasons bring their own."""

from collections.abc import Mapping

WORDS = {
    "id": {
        "open": "Boleh terbuka", "review": "Perlu ditinjau", "hold": "Ditahan",
        "inspecting": "Memeriksa", "files": "Berkas", "more": "… dan {} alasan lain; semuanya ada dengan --json.",
        "found": "Temuan", "where": "Di mana", "how-many": "Banyak", "hits-of": "{} dari {}",
        "then-hold": "Yang ditahan: jangan diumumkan atau dibagikan. Perbaiki dahulu; cara lengkapnya: lumbung "
        "explain dan kodenya, misalnya lumbung explain nik.",
        "then-review": "Yang perlu ditinjau: tanyakan dahulu kepada Walidata (Diskominfo) sebelum diumumkan.",
        "no-rule": "Tidak ada aturan dengan kode itu.", "did-you-mean": "Mungkin maksud Anda: {}.",
        "all-rules": "Ketik “lumbung explain” untuk melihat semua kode.",
        "meaning": "Artinya", "law": "Dasar hukum", "since": "Berlaku sejak {}.", "a-place": "suatu tempat",
        "some": "sebagian", "all": "semua",
        "who-else": "Siapa yang boleh memutuskan lain",
        "appeal-none": "Tidak seorang pun: berkasnya yang harus diubah.",
        "appeal-ppdp": "Pejabat Pelindungan Data Pribadi (PPDP), atas suatu dasar hukum.",
        "next": "Yang dapat dilakukan", "mend": "Cara memperbaiki berkas",
        "report": "Laporan pemeriksaan berkas", "made": "Dibuat {} dengan aturan versi {}.",
        "no-values": "Laporan ini tidak memuat isi berkas, jadi aman untuk diteruskan. Nomor di nama berkas ditutup.",
        "nothing-found": "Tidak ditemukan data pribadi, dan seluruh berkas terbaca.", "digest": "Sidik (SHA-256)",
        "read-whole": "Dibaca seluruhnya: {parts} bagian, {bytes} byte.",
        "read-partly": "Terbaca {parts} dari {of_parts} bagian, {bytes} dari {of_bytes} byte.", "thousands": ".",
        "no-files": "Tidak ada berkas yang diperiksa.", "report-at": "Laporan disimpan di {}.",
        "cannot-write": "Laporan tidak dapat disimpan di {}. Pilih tempat lain, misalnya: --html laporan.html",
    },
    "en": {
        "open": "Open", "review": "To be reviewed", "hold": "Held",
        "inspecting": "Inspecting", "files": "Files", "more": "… and {} more reasons; --json has them all.",
        "found": "Found", "where": "Where", "how-many": "How many", "hits-of": "{} of {}",
        "then-hold": "Held: do not publish or share. Mend it first; how, in full: lumbung explain and a code, for "
        "example lumbung explain nik.",
        "then-review": "To be reviewed: ask the walidata (Diskominfo) before it is published.",
        "no-rule": "There is no rule of that code.", "did-you-mean": "Did you mean: {}?",
        "all-rules": "Type “lumbung explain” to see all codes.",
        "meaning": "What it means", "law": "The law", "since": "In force since {}.", "a-place": "some place",
        "some": "some", "all": "all",
        "who-else": "Who may decide otherwise",
        "appeal-none": "Nobody: the file has to change.",
        "appeal-ppdp": "The data protection officer (PPDP), on a legal basis.",
        "next": "What you can do", "mend": "How to mend a file",
        "report": "Report on inspected files", "made": "Made {} under rules version {}.",
        "no-values": "Nothing of what the files hold is in this report, so it may be sent on. Numbers in names "
        "are masked.",
        "nothing-found": "No personal data were found, and the whole file was read.", "digest": "Digest (SHA-256)",
        "read-whole": "Read in full, part by part: {parts}; bytes: {bytes}.",
        "read-partly": "Parts read: {parts} of {of_parts}; bytes: {bytes} of {of_bytes}.", "thousands": ",",
        "no-files": "No file was inspected.", "report-at": "The report is in {}.",
        "cannot-write": "The report cannot be written to {}. Choose another place, for example: --html report.html",
    },
}  # fmt: skip


def read_in_words(covered: Mapping[str, int], *, lang: str) -> str:
    """How much of a file was read, in one line; `covered` as `gate.covered` gives it. Empty where nothing was counted.

    >>> read_in_words({"bytes": 4096, "of_bytes": 4096, "parts": 3, "of_parts": 3}, lang="id")
    'Dibaca seluruhnya: 3 bagian, 4.096 byte.'
    """
    if not covered["of_parts"]:
        return ""
    words = WORDS[lang]
    figures = {key: f"{count:,}".replace(",", words["thousands"]) for key, count in covered.items()}
    return words["read-whole" if covered["parts"] == covered["of_parts"] else "read-partly"].format(**figures)
