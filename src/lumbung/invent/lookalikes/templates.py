"""The ten aggregate templates that OpenDK takes from villages: all of them must pass the gate."""

from random import Random

from lumbung.invent.listed import listed
from lumbung.invent.sheet import Cell, Row, Sheet, sheet

ROWS = 30
COUNTED = {
    "AKI dan AKB": "desa_id jumlah_aki jumlah_akb",
    "Imunisasi": "desa_id cakupan_imunisasi",
    "Epidemi": "desa_id jumlah_penderita",
    "Sanitasi": "desa_id sanitasi toilet",
    "Pendidikan": "tidak_tamat_sekolah tamat_sd_sederajat tamat_smp_sederajat tamat_sma_sederajat "
    "tamat_diploma_sederajat",
    "Putus Sekolah": "siswa_paud_ra anak_usia_paud_ra siswa_sd_mi anak_usia_sd_mi siswa_smp_mts anak_usia_smp_mts "
    "siswa_sma_ma anak_usia_sma_ma",
    "PAUD": "jumlah_paud_ra jumlah_guru_paud_ra jumlah_siswa_paud_ra",
    "Anggaran Realisasi": "total_anggaran total_belanja belanja_pegawai belanja_barang_jasa belanja_modal "
    "belanja_tidak_langsung",
}
ACCOUNTS = ("Pendapatan Asli Desa", "Dana Desa", "Alokasi Dana Desa", "Belanja Pegawai", "Belanja Modal")


def opendk_counts(random: Random) -> Sheet:
    """One of the eight templates of bare counts."""
    name, columns = random.choice(tuple(COUNTED.items()))
    header = listed(columns)
    most = 9_000_000_000 if name.startswith("Anggaran") else 900
    return sheet(name, header, rows=[_row(header, number, most, random) for number in range(ROWS)])


def _row(header: tuple[str, ...], number: int, most: int, random: Random) -> Row:
    cells: list[Cell] = [
        f"99.01.{1 + number % 21:02d}.2001" if key == "desa_id" else random.randint(0, most) for key in header
    ]
    return tuple(cells)


def opendk_accounts(random: Random) -> Sheet:
    """APBDes: account number, name, amount."""
    rows = [
        (
            f"4.{number // 5 + 1}.{number % 5 + 1}.{number:02d}",
            random.choice(ACCOUNTS),
            random.randint(1, 900) * 1_000_000,
        )
        for number in range(ROWS)
    ]
    return sheet("APBDes", ("no_akun", "nama_akun", "jumlah"), rows=rows)


def opendk_facilities(random: Random) -> Sheet:
    """Sarana: a column `nama` that names buildings."""
    kinds = ("Puskesmas", "SD", "Masjid", "Pasar", "Jembatan")
    rows = [
        (
            f"99.01.{1 + number % 21:02d}.2001",
            f"{random.choice(kinds)} {number}",
            random.randint(1, 9),
            random.choice(("kesehatan", "pendidikan", "ibadah")),
            "",
        )
        for number in range(ROWS)
    ]
    return sheet("Sarana", ("desa_id", "nama", "jumlah", "kategori", "keterangan"), rows=rows)
