"""BDT 2015 (Basis Data Terpadu): 101 columns of one household member each, then a row of column numbers."""

from collections.abc import Sequence

from lumbung.invent import codes
from lumbung.invent.layouts.layout import Layout
from lumbung.invent.listed import listed
from lumbung.invent.residents import Household, Resident
from lumbung.invent.sheet import Cell, Sheet, sheet

HEADER = listed(
    """ruta_6; ID rumah tangga; Provinsi; Kode Provinsi; Kab/Kota; Kode Kab/Kota; Kecamatan; Kode Kecamatan;
    Desa/Kelurahan; Kode Desa/Kelurahan; Nama SLS; Alamat; Nama KRT; Jumlah ART; Jumlah Keluarga; Status bangunan;
    Status lahan; Luas lantai; Lantai terluas; Dinding terluas; Kondisi Dinding; Atap Terluas; Kondisi Atap;
    Jumlah kamar tidur; Sumber air minum; Cara memperoleh air minum; Sumber penerangan utama; Daya terpasang;
    Bahan bakar memasak; Fasilitas BAB; Jenis kloset; Tempat buang tinja; Kepemilikan tabung gas 5,5kg;
    Kepemilikan lemari es; Kepemilikan ac; Kepemilikan pemanas air; Kepemilikan telepon rumah; Kepemilikan televisi;
    Kepemilikan emas dan tabungan; Kepemilikan laptop/komputer; Kepemilikan sepeda; Kepemilikan sepeda motor;
    Kepemilikan mobil; Kepemilikan perahu; Kepemilikan motor tempel; Kepemilikan perahu motor; Kepemilikan kapal;
    Nomor HP yang aktif; Jumlah ruangan rumah yang ditempati; Kepemilikan aset tidak bergerak;
    Luas aset tidak bergerak; Kepemilikan rumah di tempat lain; Jumlah sapi yang dimiliki; Jumlah kerbau yang dimiliki;
    Jumlah kuda yang dimiliki; Jumlah babi yang dimiliki; Jumlah kambing/domba yang dimiliki;
    Status ART yang memiliki usaha; Status KKS; Status KIP; Status KIS; Status BPJS mandiri; Status Jamsostek;
    Status asuransi kesehatan lainnya; Status PKH; Status Rastra; Status KUR; No Urut ART Wanita Usia Subur; Usia
    Suami;
    Usia Istri; Kepesertaan KB; Metode Kontrasepsi; Lama menggunakan kontrasepsi (tahun);
    Lama menggunakan kontrasepsi (bulan); Tempat pelayanan KB; Status ingin punya anak lagi; Alasan utama tidak ber KB;
    percentile; Nomor urut ART; Nama ART; NIK; HubKRT; Nomor urut keluarga; Hubungan dengan kepala keluarga;
    jenis kelamin; Umur anggota rumah tangga (tahun); Status perkawinan; Kepemilikan akta/buku nikah;
    Tercantum di dalam KK; Kepemilikan kartu identitas; Status kehamilan; Jenis cacat; Penyakit kronis;
    Partisipasi sekolah; Pendidikan tertinggi; Kelas tertinggi; Ijazah tertinggi; Bekerja seminggu yg lalu;
    Jumlah jam kerja; Lapangan usaha; Status dalam pekerjaan""",
    ";",
)
HOUSEHOLD_COLUMNS = HEADER.index("Nomor urut ART")


def register(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """One row per member; the household's answers repeat on each."""
    rows = (
        _household(number, home) + _member(order, one)
        for number, home in enumerate(households, start=1)
        for order, one in enumerate(home.members, start=1)
    )
    return (sheet("BDT", HEADER, range(1, len(HEADER) + 1), rows=rows),)


def _household(number: int, home: Household) -> list[Cell]:
    seed = int(home.kk)
    head: list[Cell] = [
        f"9901{number:06d}", f"99010120010{number:05d}", "NUSA LUMBUNG", 99, "TIRTALOKA", "01", "EMBUNWENGKU", "010",
        "ARGALOKA", "001", f"RT {home.rt:03d} RW {home.rw:03d}", home.street.upper(), home.members[0].name.upper(),
        len(home.members), 1, 1, 1, 36 + seed % 60,
    ]  # fmt: skip
    answers = (1 + (seed // (3 + step)) % 4 for step in range(HOUSEHOLD_COLUMNS - len(head)))
    row: list[Cell] = [*head, *answers]
    row[HEADER.index("Nomor HP yang aktif")] = home.members[0].phone
    return row


def _member(order: int, one: Resident) -> list[Cell]:
    work = codes.OCCUPATION[one.life.occupation].title()
    return [
        order, one.name.upper(), one.nik, min(order, 3), 1, one.relation, 1 + one.female, one.age, one.life.marital, 1,
        1, 1, 0, one.life.disability, 0, 0 if one.age > 18 else 1, one.life.education, 6, one.life.education,
        1 if one.life.occupation > 3 else 2, 40, work, 1,
    ]  # fmt: skip


LAYOUTS = (Layout(name="bdt-2015", build=register, sheet="BDT", nik="CC", people="CB"),)
