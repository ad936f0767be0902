"""The rules for people without numbers: lawful names, specific data, homes, sentences, small counts, records."""

from datetime import date

from lumbung.judge.rule import Rule

_SINCE = date(2022, 10, 17)
_SPECIFIC, _GENERAL = "UU 27/2022 Pasal 4 ayat (2)", "UU 27/2022 Pasal 4 ayat (3)"
_ADMINDUK = "UU 23/2006 jo. UU 24/2013 Pasal 58 ayat (2) dan Pasal 79"
_SECRETS, _WALIDATA = "UU 14/2008 Pasal 17 huruf h", "Perpres 39/2019 (pemeriksaan oleh Walidata)"
_RESPONDENTS, _RESPONDENTS_SINCE = "UU 16/1997 Pasal 21", date(1997, 5, 19)
_PDP_AFTER = {
    "id": "Bila ada dasar hukum untuk membuka data ini, ajukan ke PPDP.",
    "en": "If the law allows opening these data, ask the data protection officer.",
}

PUBLIC_ROLE = Rule(
    code="public-role",
    title={"id": "Nama orang karena jabatan atau perannya", "en": "People named for their public role"},
    citation=f"{_GENERAL}; {_SECRETS}; {_WALIDATA}",
    since=_SINCE,
    messages={
        "id": "Tabel di {where} menyebut nama orang di samping jabatan, partai, atau perannya ({hits} "
        "dari {of} baris). "
        "Nama pejabat, calon, anggota dewan, pemenang tender, atau penyumbang kadang wajib diumumkan, kadang tidak.",
        "en": "The table in {where} names people beside an office, party or role ({hits} of {of} rows). Officials, "
        "candidates, legislators, winners of tenders and donors must be named in some lists, and not in others.",
    },
    next_steps={
        "id": "Walidata menjawab: aturan mana yang mewajibkan nama-nama ini diumumkan, dan apakah hanya nama dan "
        "perannya yang ada, tanpa tanggal lahir, alamat rumah, atau nomor pribadi? Bila tidak ada aturannya, hapus "
        f"kolom namanya. {_PDP_AFTER['id']}",
        "en": "The walidata answers: which rule wants these names published, and is there nothing but name and role, "
        f"no birth date, home address or private number? Without a rule, delete the names. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
PARENT_NAME = Rule(
    code="parent-name",
    title={"id": "Nama ibu atau ayah", "en": "Names of mothers or fathers"},
    citation=f"{_ADMINDUK}; {_GENERAL}",
    since=_SINCE,
    messages={
        "id": "Di {where} ada nama ibu atau ayah: {hits} dari {of} isian. Nama ibu kandung dipakai bank dan layanan "
        "lain untuk memastikan orang, jadi berbahaya walaupun nama anaknya tidak ada.",
        "en": "In {where} mothers or fathers are named: {hits} of {of} entries. Banks and other services ask for a "
        "mother's name to make sure who somebody is, so it does harm even without the child's name.",
    },
    next_steps={
        "id": f"Hapus kolom nama orang tua, simpan, lalu kirim lagi. {_PDP_AFTER['id']}",
        "en": f"Delete the column of parents' names, save the file and send it again. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
ADDRESS = Rule(
    code="address",
    title={"id": "Alamat rumah", "en": "Addresses of homes"},
    citation=_GENERAL,
    since=_SINCE,
    messages={
        "id": "Di {where} ada alamat sampai RT: {hits} dari {of} isian. Di desa, alamat seperti itu menunjuk satu "
        "keluarga.",
        "en": "In {where} addresses lead to an RT: {hits} of {of} entries. In a village such an address points to one "
        "family.",
    },
    next_steps={
        "id": "Walidata melihat: apakah ini alamat kantor, sekolah, atau usaha? Bila alamat rumah, sebut dusun atau "
        f"desanya saja, simpan, lalu kirim lagi. {_PDP_AFTER['id']}",
        "en": "The walidata looks: are these offices, schools or shops? If they are homes, keep hamlet or village "
        f"only, save the file and send it again. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
CARD = Rule(
    code="card",
    title={"id": "Foto atau salinan KTP atau KK", "en": "Photo or copy of an identity card"},
    citation=f"{_ADMINDUK}; {_GENERAL}",
    since=_SINCE,
    messages={
        "id": "Di {where} ada foto atau salinan kartu penduduk: {hits} tulisannya dikenali. Foto kartu disalahgunakan "
        "untuk meminjam uang dan membuka rekening atas nama orang lain.",
        "en": "In {where} there is a photo or a copy of an identity card: {hits} of its labels were recognised. Such "
        "photos are misused to borrow money and to open accounts in somebody else's name.",
    },
    next_steps={
        "id": "Hapus gambar atau halaman itu dari berkas asal, simpan, lalu kirim lagi. Tidak ada izin yang dapat "
        "meloloskan salinan kartu penduduk.",
        "en": "Remove the picture or page from the original file, save it and send it again. No permission can let a "
        "copy of an identity card pass.",
    },
    appeal="none",
)
SPECIFIC_DATA = Rule(
    code="specific-data",
    title={
        "id": "Kesehatan, agama, atau kemiskinan orang bernama",
        "en": "Health, religion or poverty of named people",
    },
    citation=f"{_SPECIFIC}; {_GENERAL}; {_SECRETS}",
    since=_SINCE,
    messages={
        "id": "Di {where} ada keterangan kesehatan, disabilitas, agama, atau keadaan ekonomi di samping nama orang: "
        "{hits} dari {of} baris. Keterangan seperti ini dapat melukai orangnya.",
        "en": "In {where} health, disability, religion or means stand beside people's names: {hits} of {of} rows. "
        "Such facts can hurt the person.",
    },
    next_steps={
        "id": f"Kirim jumlahnya saja, per kecamatan atau per tahun, tanpa nama. {_PDP_AFTER['id']}",
        "en": f"Send counts only, by district or year, without names. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
HOME_COORDINATES = Rule(
    code="home-coordinates",
    title={"id": "Koordinat rumah orang", "en": "Coordinates of people's homes"},
    citation=_GENERAL,
    since=_SINCE,
    messages={
        "id": "Di {where} ada koordinat atau titik peta di samping nama orang: {hits} dari {of} isian. Siapa pun "
        "dapat menemukan rumahnya.",
        "en": "In {where} coordinates or points of a map stand beside people's names: {hits} of {of} entries. Anybody "
        "can find their home.",
    },
    next_steps={
        "id": f"Hapus koordinat atau titiknya, atau hapus kolom namanya, simpan, lalu kirim lagi. {_PDP_AFTER['id']}",
        "en": f"Delete the coordinates or points, or the names, save the file and send it again. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
NAMED_IN_TEXT = Rule(
    code="named-in-text",
    title={"id": "Nama orang di dalam kalimat", "en": "People named in sentences"},
    citation=f"{_GENERAL}; {_SECRETS}",
    since=_SINCE,
    messages={
        "id": "Kalimat di {where} menyebut nama orang bersama umur, kelahiran, atau perannya sebagai warga, seperti "
        "korban atau pelapor: {hits} dari {of} isian. Mereka berhak atas kerahasiaan, juga bila pernah dimuat berita.",
        "en": "Sentences in {where} name people with their age or birth, or as victims, applicants or owners: {hits} "
        "of {of} entries. They have a right to privacy, also where the press has named them.",
    },
    next_steps={
        "id": "Ganti nama dengan jumlah atau sebutan umum (“2 meninggal”, “seorang warga”), lalu kirim lagi. "
        f"{_PDP_AFTER['id']}",
        "en": "Replace the names by numbers or general words (“2 dead”, “a resident”) and send it again. "
        f"{_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
RE_IDENTIFIABLE = Rule(
    code="re-identifiable",
    title={"id": "Data per orang yang dapat dikenali kembali", "en": "Records of people who can be recognised"},
    citation=f"{_GENERAL}; {_RESPONDENTS}",
    since=_SINCE,
    messages={
        "id": "Tabel di {where} berisi satu baris untuk satu orang tanpa nama, tetapi {hits} dari {of} baris hanya "
        "cocok dengan satu orang. Tetangga atau siapa pun yang tahu sedikit dapat mengenalinya.",
        "en": "The table in {where} has one row for each person; no names, but {hits} of {of} rows fit one person "
        "only. A neighbour, or anybody who knows a little, can tell who it is.",
    },
    next_steps={
        "id": "Kirim tabel jumlahnya, bukan baris per orang; atau gabungkan nilainya (umur jadi "
        "kelompok sepuluh tahun, "
        f"dusun jadi kecamatan) sampai tiap gabungan berisi sedikitnya lima orang. {_PDP_AFTER['id']}",
        "en": "Send a table of counts, not rows of people; or merge values (ages into bands of ten "
        "years, hamlets into "
        f"districts) until every combination holds at least five people. {_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)
SMALL_CELLS = Rule(
    code="small-cells",
    title={"id": "Jumlah 1 atau 2 orang pada kategori peka", "en": "Counts of one or two in sensitive categories"},
    citation=f"{_SPECIFIC}; {_GENERAL}; {_RESPONDENTS}",
    since=_RESPONDENTS_SINCE,
    messages={
        "id": "Di {where} ada {hits} dari {of} angka yang hanya 1 atau 2 orang, pada kategori peka (agama, penyakit, "
        "disabilitas, kemiskinan, kehamilan, bantuan) di tingkat desa atau lebih kecil. Di desa, satu orang mudah "
        "dikenali.",
        "en": "In {where} {hits} of {of} counts are one or two people in a sensitive category (religion, illness, "
        "disability, poverty, pregnancy, aid) at village level or below. In a village one person "
        "is easily recognised.",
    },
    next_steps={
        "id": "Gabungkan kategori yang kecil (misalnya jadi “lainnya”), gabungkan wilayahnya ke tingkat kecamatan, "
        "atau tulis “kurang dari 3” beserta satu angka lain di baris yang sama agar tidak dapat dihitung balik. "
        f"{_PDP_AFTER['id']}",
        "en": "Merge small categories (for example into “other”), merge areas to district level, or write “fewer than "
        "3” together with one more figure of the same row, so that it cannot be worked out from the total. "
        f"{_PDP_AFTER['en']}",
    },
    appeal="ppdp",
)

PEOPLE_RULES = (
    *(PUBLIC_ROLE, PARENT_NAME, ADDRESS, CARD, SPECIFIC_DATA, HOME_COORDINATES, NAMED_IN_TEXT, SMALL_CELLS),
    RE_IDENTIFIABLE,
)
