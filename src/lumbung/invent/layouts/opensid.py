"""The three person tables of the village information system OpenSID (v2410 and its sync to OpenDK).

Sources: `Ekspor_model::expor()` (45 columns), the workbook of "impor/ekspor penduduk" (43 columns, in codes or in
words), `penduduk_DD_MM_YYYY_opendk.zip` (42 columns).
"""

from collections.abc import Sequence

from lumbung.invent import codes
from lumbung.invent.layouts.layout import Layout
from lumbung.invent.layouts.record import Record, coded, lettered
from lumbung.invent.listed import listed
from lumbung.invent.residents import Household, people
from lumbung.invent.sheet import Sheet, sheet

EXPORT = listed(
    """alamat dusun rw rt nama no_kk nik sex tempatlahir tanggallahir agama_id pendidikan_kk_id pendidikan_sedang_id
    pekerjaan_id status_kawin kk_level warganegara_id nama_ayah nama_ibu golongan_darah_id akta_lahir dokumen_pasport
    tanggal_akhir_paspor dokumen_kitas ayah_nik ibu_nik akta_perkawinan tanggalperkawinan akta_perceraian
    tanggalperceraian cacat_id cara_kb_id hamil id foto ktp_el status_rekam alamat_sekarang status_dasar suku
    tag_id_card asuransi no_asuransi lat lng"""
)
IMPORT = listed(
    """alamat dusun rw rt nama no_kk nik sex tempatlahir tanggallahir agama_id pendidikan_kk_id pendidikan_sedang_id
    pekerjaan_id status_kawin kk_level warganegara_id ayah_nik nama_ayah ibu_nik nama_ibu golongan_darah_id akta_lahir
    dokumen_pasport tanggal_akhir_paspor dokumen_kitas akta_perkawinan tanggalperkawinan akta_perceraian
    tanggalperceraian cacat_id cara_kb_id hamil ktp_el status_rekam alamat_sekarang status_dasar suku tag_id_card
    id_asuransi no_asuransi lat lng"""
)
# What OpenDK calls a column, where it differs from OpenSID's own word.
SYNC = {
    "alamat": "alamat", "dusun": "dusun", "rw": "rw", "rt": "rt", "nama": "nama", "nomor_kk": "no_kk",
    "nomor_nik": "nik", "jenis_kelamin": "sex", "tempat_lahir": "tempatlahir", "tanggal_lahir": "tanggallahir",
    "agama": "agama_id", "pendidikan_dlm_kk": "pendidikan_kk_id", "pendidikan_sdg_ditempuh": "pendidikan_sedang_id",
    "pekerjaan": "pekerjaan_id", "kawin": "status_kawin", "hubungan_keluarga": "kk_level",
    "kewarganegaraan": "warganegara_id", "nama_ayah": "nama_ayah", "nama_ibu": "nama_ibu",
    "gol_darah": "golongan_darah_id", "akta_lahir": "akta_lahir", "nomor_dokumen_pasport": "dokumen_pasport",
    "tanggal_akhir_pasport": "tanggal_akhir_paspor", "nomor_dokumen_kitas": "dokumen_kitas", "nik_ayah": "ayah_nik",
    "nik_ibu": "ibu_nik", "nomor_akta_perkawinan": "akta_perkawinan", "tanggal_perkawinan": "tanggalperkawinan",
    "nomor_akta_perceraian": "akta_perceraian", "tanggal_perceraian": "tanggalperceraian", "cacat": "cacat_id",
    "cara_kb": "cara_kb_id", "hamil": "hamil", "ktp_el": "ktp_el", "status_rekam": "status_rekam",
    "alamat_sekarang": "alamat_sekarang", "id": "id", "foto": "foto", "status_dasar": "status_dasar",
    "created_at": "created_at", "updated_at": "updated_at", "desa_id": "desa_id",
}  # fmt: skip


def code_sheet() -> Sheet:
    """The second sheet of OpenSID's workbooks: what the codes mean."""
    lists = (("sex", codes.SEX), ("agama_id", codes.RELIGION), ("status_kawin", codes.MARITAL),
             ("kk_level", codes.RELATION), ("pendidikan_kk_id", codes.EDUCATION))  # fmt: skip
    rows = [(name, code, label) for name, values in lists for code, label in values.items()]
    return sheet("Kode Data", ("Kolom", "Kode", "Arti"), rows=rows)


def export(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """The export that an operator takes for 'the statistics'."""
    rows = [coded(home, one, number=number) for number, (home, one) in enumerate(people(households), start=1)]
    return (sheet("Data Penduduk", EXPORT, rows=([row.get(key) for key in EXPORT] for row in rows)),)


def in_codes(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """The import workbook, values in codes."""
    rows = [coded(home, one, number=number) for number, (home, one) in enumerate(people(households), start=1)]
    return sheet("Data Penduduk", IMPORT, rows=([row.get(key) for key in IMPORT] for row in rows)), code_sheet()


def in_words(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """The same workbook in its 'huruf' variant."""
    rows = [lettered(home, one, number=number) for number, (home, one) in enumerate(people(households), start=1)]
    return sheet("Data Penduduk", IMPORT, rows=([row.get(key) for key in IMPORT] for row in rows)), code_sheet()


def sync(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """What OpenSID pushes to the district's OpenDK."""
    stamps: Record = {
        "created_at": "2021-03-04 10:11:12",
        "updated_at": "2024-09-30 08:00:00",
        "desa_id": "99.01.01.2001",
    }
    rows = [coded(home, one, number=number) | stamps for number, (home, one) in enumerate(people(households), start=1)]
    return (sheet("Worksheet", SYNC, rows=([row.get(key) for key in SYNC.values()] for row in rows)),)


LAYOUTS = (
    Layout(name="opensid-ekspor", build=export, sheet="Data Penduduk", nik="G", kk="F", people="E"),
    Layout(name="opensid-impor-kode", build=in_codes, sheet="Data Penduduk", nik="G", kk="F", people="E"),
    Layout(name="opensid-impor-huruf", build=in_words, sheet="Data Penduduk", nik="G", kk="F", people="E"),
    Layout(name="opendk-sinkron", build=sync, sheet="Worksheet", nik="G", kk="F", people="E"),
)
