"""The rules of the gate: which law stands behind each, what it says to people, and what they can do next.

Citations are those that the project's legal reader has checked. NIK and nomor KK rest on articles 58(2) and 79 of the
population administration law, not on article 84, whose list has not named them since 2013.
"""

from datetime import date

from lumbung.judge.number_rules import NUMBER_RULES
from lumbung.judge.people_rules import PEOPLE_RULES
from lumbung.judge.rule import Rule

_ADMINDUK = "UU 23/2006 jo. UU 24/2013 Pasal 58 ayat (2) dan Pasal 79"
_PDP = "UU 27/2022 Pasal 4 ayat (3)"
_WALIDATA = "Perpres 39/2019 (pemeriksaan oleh Walidata)"
_ADMINDUK_SINCE, _PDP_SINCE, _WALIDATA_SINCE = date(2013, 12, 24), date(2022, 10, 17), date(2019, 6, 17)

_TOTALS = {
    "id": "Kirim rekapnya saja (misalnya jumlah per desa, umur, dan jenis kelamin), bukan daftar orangnya. Dari "
    "register penduduk satu desa Lumbung dapat membuatkannya: “Buat statistik”, atau perintah lumbung statistics.",
    "en": "Send the totals only (for example counts by village, age and sex), not the list of people. From the "
    "register of one village Lumbung can make them: by “Make statistics” or by the command lumbung statistics.",
}
_NEVER = {
    "id": f"{_TOTALS['id']} Atau hapus nomor itu seutuhnya (kolomnya, kalimatnya, fotonya, atau dari nama berkas), "
    "simpan, lalu kirim lagi. Tidak ada izin yang dapat meloloskan nomor ini.",
    "en": f"{_TOTALS['en']} Or delete the number wholly (its column, sentence or photo, or from the file's name), "
    "save, and send the file again. No permission can let these numbers pass.",
}
_STATISTICS = {
    "id": f"{_TOTALS['id']} Bila ada dasar hukum untuk membuka data ini, ajukan ke PPDP.",
    "en": f"{_TOTALS['en']} If the law allows opening these data, ask the data protection officer.",
}
_CORRECTED = {
    "id": "Hapus bagian itu dari berkas asal, simpan, lalu kirim lagi. Bila ada dasar hukum untuk membuka data ini, "
    "ajukan ke PPDP.",
    "en": "Remove that part from the original file, save it and send it again. If the law allows opening these data, "
    "ask the data protection officer.",
}

NIK = Rule(
    code="nik",
    title={"id": "Nomor Induk Kependudukan (NIK)", "en": "Resident identity number (NIK)"},
    citation=f"{_ADMINDUK}; {_PDP}",
    since=_ADMINDUK_SINCE,
    messages={
        "id": "Ada NIK di {where}: {hits} dari {of} isian. NIK adalah data perseorangan yang wajib dijaga "
        "kerahasiaannya, dan tanggal lahir serta jenis kelamin terbaca dari angkanya. NIK yang ditutup sebagian "
        "juga tidak boleh terbit.",
        "en": "There are NIKs in {where}: {hits} of {of} entries. The law keeps them confidential, and they spell out "
        "birth date and sex. Partly masked NIKs may not be published either.",
    },
    next_steps=_NEVER,
    appeal="none",
)
NOMOR_KK = Rule(
    code="nomor-kk",
    title={"id": "Nomor Kartu Keluarga (KK)", "en": "Family card number (KK)"},
    citation=f"{_ADMINDUK}; {_PDP}",
    since=_ADMINDUK_SINCE,
    messages={
        "id": "Ada angka yang berbentuk nomor KK di {where}: {hits} dari {of} isian. Nomor KK adalah data "
        "perseorangan yang wajib dijaga kerahasiaannya.",
        "en": "There are numbers shaped like family card numbers in {where}: {hits} of {of} entries. The law keeps "
        "them confidential.",
    },
    next_steps=_NEVER,
    appeal="none",
)
PERSON_TABLE = Rule(
    code="person-table",
    title={"id": "Daftar orang, satu baris satu orang", "en": "A list of people, one row for each"},
    citation=f"{_ADMINDUK}; {_PDP}; UU 14/2008 Pasal 17 huruf h",
    since=_ADMINDUK_SINCE,
    messages={
        "id": "Tabel di {where} tampaknya berisi satu baris untuk satu orang ({hits} dari {of} baris), lengkap dengan "
        "keterangan yang dapat menunjukkan siapa orangnya. Data perseorangan tidak boleh menjadi data terbuka, juga "
        "bila NIK-nya sudah dihapus.",
        "en": "The table in {where} seems to have one row for each person ({hits} of {of} rows), with facts that tell "
        "who they are. Records of persons may not become open data, also when the NIK has been removed.",
    },
    next_steps=_STATISTICS,
    appeal="ppdp",
)
PHONE = Rule(
    code="phone",
    title={"id": "Nomor telepon", "en": "Telephone numbers"},
    citation=_PDP,
    since=_PDP_SINCE,
    messages={
        "id": "Ada nomor telepon di {where}: {hits} dari {of} isian. Nomor kantor boleh terbit; nomor pribadi adalah "
        "data pribadi.",
        "en": "There are telephone numbers in {where}: {hits} of {of} entries. An office's number may be published; a "
        "private one is personal data.",
    },
    next_steps=_CORRECTED,
    appeal="ppdp",
)
E_MAIL = Rule(
    code="e-mail",
    title={"id": "Alamat surel", "en": "E-mail addresses"},
    citation=_PDP,
    since=_PDP_SINCE,
    messages={
        "id": "Ada alamat surel di {where}: {hits} dari {of} isian. Alamat kantor boleh terbit; alamat pribadi adalah "
        "data pribadi.",
        "en": "There are e-mail addresses in {where}: {hits} of {of} entries. An office's address may be published; a "
        "private one is personal data.",
    },
    next_steps=_CORRECTED,
    appeal="ppdp",
)
NOT_FULLY_READ = Rule(
    code="not-fully-read",
    title={"id": "Berkas tidak terbaca seluruhnya", "en": "Not wholly read"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Ada yang tidak dapat diperiksa: {where}. Yang belum diperiksa tidak diterbitkan, karena di situ "
        "mungkin tertinggal data orang.",
        "en": "Something could not be inspected: {where}. What has not been inspected is not published, for people's "
        "data may be left in it.",
    },
    next_steps={
        "id": "Salin tabelnya ke buku kerja baru (nilai saja, tanpa lampiran, makro, atau gambar), ekspor petanya "
        "sebagai GeoJSON, atau cetak dokumennya ke PDF baru, lalu kirim itu.",
        "en": "Copy the table into a new workbook (values only; no attachments, macros or pictures), export the map "
        "as GeoJSON, or print the document to a new PDF, and send that.",
    },
    appeal="none",
    ways={
        "formula": {
            "id": "Ada rumus yang hasilnya tidak tersimpan dalam berkas, sehingga yang akan tampak belum dapat "
            "diperiksa. Buka di Excel atau LibreOffice, tempel ulang tabelnya sebagai nilai, simpan, lalu kirim lagi.",
            "en": "There are formulas whose results are not in the file, so that what they will show cannot be "
            "inspected. Open it in Excel or LibreOffice, paste the table as values, save it and send it again.",
        },
        "access": {
            "id": "Basis data Access dilihat, tetapi tidak dapat diperiksa seluruhnya. Buka di Access, ekspor tiap "
            "tabel yang perlu ke XLSX atau CSV (klik kanan tabel, Ekspor), lalu kirim hasilnya.",
            "en": "A database of Access is looked at, but cannot be inspected wholly. Open it in Access, export each "
            "table that is needed to XLSX or CSV (right click on it, Export), and send those.",
        },
        "old-word": {
            "id": "Dokumen Word 6 atau 95 dibaca teksnya, tetapi tidak gambar dan lampirannya. Buka di Word atau "
            "LibreOffice, simpan sebagai DOCX, lalu kirim itu.",
            "en": "Of a document of Word 6 or 95 the text is read, but not its pictures and attachments. Open it in "
            "Word or LibreOffice, save it as DOCX, and send that.",
        },
    },
)
UNREADABLE = Rule(
    code="unreadable",
    title={"id": "Berkas tidak dapat dibaca", "en": "Cannot be read"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Berkas ini tidak dapat dibaca: rusak, terlalu rumit, atau pemeriksaannya melewati batas waktu dan "
        "ingatan komputer.",
        "en": "This file cannot be read: it is broken, too intricate, or took more time or memory than allowed.",
    },
    next_steps={
        "id": "Buka di komputer Anda, simpan ulang tabelnya sebagai .xlsx atau .csv, petanya sebagai GeoJSON, atau "
        "dokumennya sebagai PDF, lalu kirim lagi.",
        "en": "Open it on your computer, save the table as .xlsx or .csv, the map as GeoJSON, or the document as PDF, "
        "and send that.",
    },
    appeal="none",
)
UNKNOWN_FORMAT = Rule(
    code="unknown-format",
    title={"id": "Jenis berkas belum dikenal", "en": "Unknown type of file"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Jenis berkas ini belum dapat diperiksa. Yang dapat: tabel (Excel, ODS, Numbers, CSV, JSON, "
        "Parquet, HTML), dokumen (Word, PowerPoint, ODT, ODP, Pages, Keynote, RTF, PDF, teks, surel), gambar (JPEG, "
        "PNG, TIFF, GIF, BMP, WebP, EMF, WMF), peta (GeoJSON, TopoJSON, KML, KMZ, GPX, Shapefile, GeoPackage), "
        "arsip (ZIP, 7z, RAR, TAR), dan basis data (SQLite, SQL).",
        "en": "This type of file cannot be inspected yet. These can: tables (Excel, ODS, Numbers, CSV, JSON, Parquet, "
        "HTML), documents (Word, PowerPoint, ODT, ODP, Pages, Keynote, RTF, PDF, text, e-mail), pictures (JPEG, PNG, "
        "TIFF, GIF, BMP, WebP, EMF, WMF), maps (GeoJSON, TopoJSON, KML, KMZ, GPX, Shapefile, GeoPackage), archives "
        "(ZIP, 7z, RAR, TAR) and databases (SQLite, SQL).",
    },
    next_steps={
        "id": "Simpan tabelnya sebagai .xlsx atau .csv, petanya sebagai GeoJSON, atau dokumennya sebagai PDF, lalu "
        "kirim lagi.",
        "en": "Save the table as .xlsx or .csv, the map as GeoJSON, or the document as PDF, and send that.",
    },
    appeal="none",
)
ENCRYPTED = Rule(
    code="encrypted",
    title={"id": "Berkas terkunci kata sandi", "en": "Locked by a password"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Berkas ini terkunci kata sandi, jadi isinya tidak dapat diperiksa.",
        "en": "This file is locked by a password, so its content cannot be inspected.",
    },
    next_steps={
        "id": "Buka dengan kata sandinya, simpan tanpa kata sandi, lalu kirim lagi. Jangan kirim kata sandinya.",
        "en": "Open it with the password, save it without one, and send that. Do not send the password.",
    },
    appeal="none",
)
EMPTY_FILE = Rule(
    code="empty-file",
    title={"id": "Berkas kosong", "en": "Empty file"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={"id": "Berkas ini kosong, tidak ada isinya.", "en": "This file is empty; there is nothing in it."},
    next_steps={
        "id": "Periksa berkas di komputer Anda; mungkin penyimpanannya terputus. Kirim lagi setelah ada isinya.",
        "en": "Look at the file on your computer; saving it may have been interrupted. Send it again once it is full.",
    },
    appeal="none",
)
TOO_LARGE = Rule(
    code="too-large",
    title={"id": "Berkas terlalu besar", "en": "Too large"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Berkas ini terlalu besar untuk diperiksa.",
        "en": "This file is too large to be inspected.",
    },
    next_steps={
        "id": "Bagi menjadi beberapa berkas, misalnya per tahun atau per kecamatan, lalu kirim satu per satu.",
        "en": "Split it, for example by year or district, and send the pieces one by one.",
    },
    appeal="none",
)
BOMB = Rule(
    code="bomb",
    title={"id": "Berkas yang memuai berlebihan", "en": "Swells when opened"},
    citation=_WALIDATA,
    since=_WALIDATA_SINCE,
    messages={
        "id": "Isi berkas ini memuai jauh melebihi ukurannya saat dibuka, seperti berkas yang sengaja dibuat merusak.",
        "en": "The content swells far beyond its size when opened, as in a file made to do harm.",
    },
    next_steps={
        "id": "Jika berkas ini Anda buat sendiri, salin tabelnya ke buku kerja baru lalu kirim lagi. Jika berkas ini "
        "kiriman orang lain, jangan dibuka; beri tahu Diskominfo.",
        "en": "If you made this file, copy its table into a new workbook and send that. If somebody sent it to you, "
        "do not open it; tell the IT office.",
    },
    appeal="none",
)

RULES = (
    *(NIK, NOMOR_KK, PERSON_TABLE, PHONE, E_MAIL),
    *NUMBER_RULES,
    *PEOPLE_RULES,
    *(NOT_FULLY_READ, UNREADABLE, UNKNOWN_FORMAT, ENCRYPTED, EMPTY_FILE, TOO_LARGE, BOMB),
)


def rule_for(code: str) -> Rule:
    """The rule with this code. Raise KeyError for a code that no rule has."""
    return {rule.code: rule for rule in RULES}[code]
