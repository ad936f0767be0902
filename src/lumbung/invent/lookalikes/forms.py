"""Forms that nobody has filled, and questionnaires without answers: person-like headers and no person."""

from random import Random

from lumbung.invent.layouts import opensid, siak, voters
from lumbung.invent.sheet import Sheet, sheet


def empty_register(random: Random) -> Sheet:
    """The header of a register with nothing under it, as a template is handed out."""
    header = random.choice((opensid.IMPORT, siak.HEADER, voters.HEADER))
    return sheet("Data Penduduk", header, rows=())


def election_form(random: Random) -> Sheet:
    """A blank C1: labels, boxes and no votes."""
    rows = [
        (None, label, None, None, None)
        for label in (
            "Jumlah pemilih dalam DPT",
            "Jumlah pemilih disabilitas",
            "Pengguna hak pilih dengan KTP-el",
            "Suara sah",
            "Suara tidak sah",
        )
    ]
    title = (f"SERTIFIKAT HASIL PENGHITUNGAN SUARA TPS {random.randint(1, 40):03d}",)
    return sheet("C1", title, ("FORMULIR MODEL C1",), (), ("No", "URAIAN", "L", "P", "JUMLAH"), rows=rows)


def questionnaire(random: Random) -> Sheet:
    """The template of the DDK analysis: questions and answer codes, no persons."""
    asked = (
        "Jumlah penghasilan perbulan",
        "Nama kepala keluarga",
        "Status kepemilikan rumah",
        "Sumber air minum",
        "Penyakit yang diderita keluarga",
        "Akseptor KB",
        "Nomor KK",
        "Tanggal lahir anggota",
    )
    rows = [
        (number, random.choice(asked), random.choice((1, 2, 3)), random.choice(("Y", "T")), random.randint(1, 9))
        for number in range(1, 92)
    ]
    return sheet("pertanyaan", ("no", "pertanyaan", "tipe", "aksi_analisis", "bobot"), rows=rows)


def letter_classes(random: Random) -> Sheet:
    """Klasifikasi surat: codes and subjects, among them matters of population."""
    subjects = ("Pendaftaran Penduduk", "Kartu Keluarga", "KTP", "Akta Kelahiran", "Pindah Datang", "Kematian")
    rows = [
        (f"47{number % 10}.{number}", random.choice(subjects), f"Urusan {random.choice(subjects).lower()}", 1)
        for number in range(1, 60)
    ]
    return sheet("klasifikasi", ("kode", "nama", "uraian", "enabled"), rows=rows)


def dataset_list(random: Random) -> Sheet:
    """A catalogue of datasets that describes columns such as NIK without holding any."""
    rows = [
        (
            f"Data {word} {year}",
            f"Kolom nik, no_kk, nama dan tanggal_lahir dihapus sebelum terbit ({random.randint(3, 9)})",
            year,
        )
        for word in ("Penduduk", "Sekolah", "Bansos", "Kelahiran")
        for year in range(2018, 2024)
    ]
    return sheet("Katalog", ("judul", "keterangan", "tahun"), rows=rows)
