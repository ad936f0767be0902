"""The export of SIAK, the population office's own system: 37 columns, one row per person."""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.layouts.record import lettered
from lumbung.invent.listed import listed
from lumbung.invent.residents import Household, Resident, people
from lumbung.invent.sheet import Cell, Sheet, sheet

HEADER = listed(
    """Nomor KK, NIK, Nama Penduduk, Status, Tempat Lahir, Tanggal Lahir, Kelamin, NIK Ayah, Ayah, NIK Ibu, Ibu, Status
    Kawin, SHDK, Agama, Kecamatan, Desa/Kel, Alamat, RW, RT, Pendidikan, Pekerjaan, Deskripsi Pekerjaan, Gol.
    Darah, Cacat, Cetak KTP, Ganti KTP, KTP Berakhir, Nomor Paspor, Nomor Akta Lahir, Nomor Akta Kawin, Tanggal
    Kwn, Nomor Akta Cerai, Tgl Cerai, Petugas Registrasi, Tgl Ubah, Petugas Entri, Tgl Entri""",
    ",",
)


def _row(household: Household, resident: Resident) -> list[Cell]:
    row = lettered(household, resident, number=0)
    card = "SEUMUR HIDUP" if resident.age >= 17 else ""
    return [
        household.kk, resident.nik, row["nama"], "HIDUP", row["tempatlahir"], row["tanggallahir"], row["sex"],
        resident.father_nik, row["nama_ayah"], resident.mother_nik, row["nama_ibu"], row["status_kawin"],
        row["kk_level"], row["agama_id"], "EMBUNWENGKU", "ARGALOKA", household.address, row["rw"], row["rt"],
        row["pendidikan_kk_id"], row["pekerjaan_id"], "", row["golongan_darah_id"], row["cacat_id"],
        int(resident.age >= 17), 0, card, "", resident.certificate, row["akta_perkawinan"], "", "", "",
        "PETUGAS 01", f"{household.recorded:%d-%m-%Y}", "PETUGAS 02", f"{household.recorded:%d-%m-%Y}",
    ]  # fmt: skip


def export(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """As the office's own export writes it."""
    return (sheet("Sheet1", HEADER, rows=(_row(home, one) for home, one in people(households))),)


LAYOUTS = (Layout(name="siak", build=export, sheet="Sheet1", nik="B", kk="A", people="C"),)
