"""Counts of people under headers that speak of people: what villages and regencies publish, and may."""

from random import Random

from lumbung.invent import codes
from lumbung.invent.lookalikes.places import DISTRICTS, VILLAGES
from lumbung.invent.sheet import Cell, Sheet, sheet

TOPICS = {
    "Pekerjaan": tuple(codes.OCCUPATION.values())[:30],
    "Agama": tuple(codes.RELIGION.values()),
    "Pendidikan dalam KK": tuple(codes.EDUCATION.values()),
    "Status Perkawinan": tuple(codes.MARITAL.values()),
    "Hubungan dalam KK": tuple(codes.RELATION.values()),
    "Golongan Darah": tuple(codes.BLOOD.values()),
    "Rentang Umur": tuple(f"{start} s/d {start + 4} TAHUN" for start in range(5, 75, 5)),
}
ROWS = 30


def village_statistics(random: Random) -> Sheet:
    """A topic page of OpenSID: nama, jumlah, persen, laki, persen1, perempuan, persen2, and the three closing rows."""
    topic, labels = random.choice(tuple(TOPICS.items()))
    men = [random.randint(20, 400) for _ in labels]
    women = [random.randint(20, 400) for _ in labels]
    total = sum(men) + sum(women)
    rows: list[list[Cell]] = [
        [label, m + w, f"{(m + w) / total:.2%}", m, f"{m / total:.2%}", w, f"{w / total:.2%}"]
        for label, m, w in zip(labels, men, women, strict=True)
    ]
    rows += [
        ["JUMLAH", total, "100.00%", sum(men), "", sum(women), ""],
        ["BELUM MENGISI", 0, "0.00%", 0, "", 0, ""],
        ["TOTAL", total, "100.00%", sum(men), "", sum(women), ""],
    ]
    return sheet(topic[:28], ("nama", "jumlah", "persen", "laki", "persen1", "perempuan", "persen2"), rows=rows)


def _drawn(random: Random, count: int, lowest: int, highest: int) -> list[Cell]:
    return [random.randint(lowest, highest) for _ in range(count)]


def citizenship(random: Random) -> Sheet:
    """Population per kelurahan by sex and citizenship, under two lines of header."""
    rows = [[f"{random.choice(VILLAGES)} {number}", *_drawn(random, 2, 900, 4000), 0, 0] for number in range(1, ROWS)]
    top = ("Kelurahan", "WNI", None, "WNA", None)
    return sheet("Penduduk", top, (None, "Laki-laki", "Perempuan", "Laki-laki", "Perempuan"), rows=rows)


def three_line_header(random: Random) -> Sheet:
    """Merged headers in three lines under a title."""
    rows = [[number, random.choice(DISTRICTS), *_drawn(random, 6, 40, 900)] for number in range(1, ROWS)]
    return sheet(
        "Tabel 4.1.2",
        ("Jumlah Sekolah, Guru, dan Murid Menurut Kecamatan, 2023",),
        (),
        ("No", "Kecamatan", "Negeri", None, None, "Swasta", None, None),
        (None, None, "SD/MI", None, "SMP", "SD/MI", None, "SMP"),
        (None, None, "L", "P", "L+P", "L", "P", "L+P"),
        rows=rows,
    )


def village_index(random: Random) -> Sheet:
    """IDM: village codes that a spreadsheet turned into floats."""
    rows = []
    for number in range(ROWS):
        social, economic = (round(random.uniform(0.5, 0.95), 4) for _ in range(2))
        status = random.choice(("MAJU", "BERKEMBANG", "MANDIRI"))
        rows.append((f"{9901012001 + number}.0", f"{random.choice(VILLAGES)} {number}", social, economic, status))
    return sheet("IDM", ("KODE DESA", "NAMA DESA", "IKS", "IKE", "STATUS IDM"), rows=rows)


def voter_counts(random: Random) -> Sheet:
    """Counts of defects in a voter list: the header speaks of birth dates, NIK and NKK, the cells are counts."""
    header = (
        "kecamatan",
        "jumlah_pemilih",
        "jumlah_nik_ganda",
        "jumlah_nkk_nihil",
        "jumlah_tanggal_lahir_nihil",
        "jumlah_nama_nihil",
        "jumlah_alamat_nihil",
    )
    rows = [[district, random.randint(20_000, 60_000), *_drawn(random, 5, 0, 50)] for district in DISTRICTS * 4]
    return sheet("Rekap DPT", header, rows=rows)


def card_ownership(random: Random) -> Sheet:
    """Counts of identity cards, family cards and birth certificates."""
    header = ("Kecamatan", "Jumlah KK", "Wajib KTP", "Kepemilikan KTP-el", "Kepemilikan Akta Lahir", "Cetak KIA")
    rows = [[district, *_drawn(random, 5, 3000, 40_000)] for district in DISTRICTS * 4]
    return sheet("Adminduk", header, rows=rows)


def recapitulation(random: Random) -> Sheet:
    """Buku B.3: the month's balance of a village by hamlet, with a row of column numbers."""
    header = (
        "NOMOR URUT",
        "NAMA DUSUN",
        "WNA L",
        "WNA P",
        "WNI L",
        "WNI P",
        "JML KK",
        "JML ANGGOTA",
        "JML JIWA",
        "LAHIR",
        "DATANG",
        "MENINGGAL",
        "PINDAH",
        "KET",
    )
    rows = [
        [number, f"Dusun {random.choice(VILLAGES)}", 0, 0, *_drawn(random, 5, 90, 900), *_drawn(random, 4, 0, 9), ""]
        for number in range(1, 9)
    ]
    return sheet("B.3", ("B.3 BUKU REKAPITULASI JUMLAH PENDUDUK",), header, range(1, len(header) + 1), rows=rows)


def aid_recipients(random: Random) -> Sheet:
    """How many families received what, per village."""
    rows = [[number, f"{random.choice(VILLAGES)} {number}", *_drawn(random, 3, 40, 600)] for number in range(1, ROWS)]
    return sheet("Bansos", ("No", "Desa", "KPM PKH", "KPM BPNT", "KPM BLT Dana Desa"), rows=rows)
