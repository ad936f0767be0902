"""The rules for numbers of persons and of their things: one sentence each, and the same way on."""

from datetime import date

from lumbung.judge.rule import Rule

_SINCE = date(2022, 10, 17)
_PDP, _CHILDREN = "UU 27/2022 Pasal 4 ayat (3)", "UU 27/2022 Pasal 4 ayat (2)"
_SECRETS = "UU 14/2008 Pasal 17 huruf h"
_ADMINDUK = "UU 23/2006 jo. UU 24/2013 Pasal 58 ayat (2) dan Pasal 79"
_NEXT = {
    "id": "Hapus kolom nomor itu dari berkas asal, simpan, lalu kirim lagi. Bila ada dasar hukum untuk membuka nomor "
    "ini, ajukan ke PPDP.",
    "en": "Delete the column of numbers from the original file, save it and send it again. If the law allows opening "
    "these numbers, ask the data protection officer.",
}


def _rule(code: str, *, title: tuple[str, str], why: tuple[str, str], citation: str) -> Rule:
    """A rule whose message is: there is <title> in <place>, and <why> that matters; `title` as inside a sentence."""
    return Rule(
        code=code,
        title={"id": title[0][:1].upper() + title[0][1:], "en": title[1]},
        citation=citation,
        since=_SINCE,
        messages={
            "id": f"Ada {title[0]} di {{where}}: {{hits}} dari {{of}} isian. {why[0]}",
            "en": f"{title[1]} found in {{where}}: {{hits}} of {{of}} entries. {why[1]}",
        },
        next_steps=_NEXT,
        appeal="ppdp",
    )


NUMBER_RULES = (
    _rule(
        "npwp",
        title=("NPWP orang", "Taxpayers' numbers of persons"),
        why=(
            "NPWP badan usaha boleh terbit; di samping nama orang, NPWP menunjuk satu orang.",
            "A firm's may be published; beside a person's name it points to one person.",
        ),
        citation=_PDP,
    ),
    _rule(
        "nip",
        title=("NIP atau NI PPPK", "Civil servants' numbers"),
        why=(
            "Tanggal lahir dan jenis kelamin pegawai terbaca dari angkanya. Nama dan jabatan boleh terbit bila memang "
            "diwajibkan; nomornya jarang perlu.",
            "They spell out birth date and sex. Name and office may be published where the law asks for it; the "
            "number is rarely needed.",
        ),
        citation=_PDP,
    ),
    _rule(
        "nisn",
        title=("NISN", "Pupils' numbers"),
        why=(
            "Data anak adalah data pribadi yang bersifat spesifik.",
            "Data about children are specific personal data.",
        ),
        citation=_CHILDREN,
    ),
    _rule(
        "nuptk",
        title=("NUPTK", "Teachers' numbers"),
        why=("Di samping nama, nomor ini menunjuk satu orang.", "Beside a name it points to one person."),
        citation=_PDP,
    ),
    _rule(
        "bpjs",
        title=("nomor BPJS atau JKN", "Insurance numbers"),
        why=(
            "Nomor kepesertaan menunjuk satu orang dan membuka layanan kesehatannya.",
            "A membership number points to one person and opens the person's health services.",
        ),
        citation=_PDP,
    ),
    _rule(
        "bank-account",
        title=("nomor rekening orang", "Bank accounts of persons"),
        why=(
            "Rekening seseorang adalah rahasia pribadi.",
            "A person's account is a personal secret.",
        ),
        citation=f"{_CHILDREN}; {_SECRETS}",
    ),
    _rule(
        "passport",
        title=("nomor paspor", "Passport numbers"),
        why=("Nomor ini menunjuk satu orang.", "They point to one person each."),
        citation=_PDP,
    ),
    _rule(
        "driving-licence",
        title=("nomor SIM", "Driving licence numbers"),
        why=("Nomor ini menunjuk satu orang.", "They point to one person each."),
        citation=_PDP,
    ),
    _rule(
        "vehicle-plate",
        title=("pelat nomor kendaraan beserta pemiliknya", "Number plates with their owners"),
        why=(
            "Di samping nama pemilik, pelat nomor menunjukkan harta dan gerak satu orang.",
            "Beside the owner's name a plate shows one person's property and movements.",
        ),
        citation=f"{_PDP}; {_SECRETS}",
    ),
    _rule(
        "civil-certificate",
        title=("nomor akta catatan sipil", "Numbers of civil certificates"),
        why=(
            "Nomor akta kelahiran, perkawinan, perceraian, dan kematian adalah data perseorangan.",
            "The law lists them among personal population data.",
        ),
        citation=_ADMINDUK,
    ),
    _rule(
        "tax-parcel",
        title=("NOP beserta pemiliknya", "Parcels of land with their owners"),
        why=(
            "Di samping nama pemilik, NOP menunjukkan harta satu orang.",
            "Beside the owner's name it shows one person's property.",
        ),
        citation=_SECRETS,
    ),
    _rule(
        "ktp-chip",
        title=("nomor cip KTP-el", "Chip numbers of identity cards"),
        why=("Nomor ini menunjuk satu kartu milik satu orang.", "Each points to one person's card."),
        citation=_ADMINDUK,
    ),
)
