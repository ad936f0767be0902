"""The agencies of Kabupaten Tirtaloka and the people in office there: one account for each role and then some."""

from dataclasses import dataclass

DOMAIN = "tirtaloka.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A perangkat daerah, by its long name and the short one that people use."""

    short: str
    name: str


AGENCIES = (
    Agency(short="Diskominfo", name="Dinas Komunikasi dan Informatika"),
    Agency(short="Bappeda", name="Badan Perencanaan Pembangunan Daerah"),
    Agency(short="Disdukcapil", name="Dinas Kependudukan dan Pencatatan Sipil"),
    Agency(short="Disdikbud", name="Dinas Pendidikan dan Kebudayaan"),
    Agency(short="Dinkes", name="Dinas Kesehatan"),
    Agency(short="Dispertan", name="Dinas Pertanian dan Pangan"),
    Agency(short="Diskopumkm", name="Dinas Perdagangan, Koperasi, dan UMKM"),
    Agency(short="BPKAD", name="Badan Pengelola Keuangan dan Aset Daerah"),
    Agency(short="DPUPR", name="Dinas Pekerjaan Umum dan Penataan Ruang"),
    Agency(short="DLH", name="Dinas Lingkungan Hidup"),
    Agency(short="BPBD", name="Badan Penanggulangan Bencana Daerah"),
    Agency(short="Dinsos", name="Dinas Sosial"),
    Agency(short="Dispermades", name="Dinas Pemberdayaan Masyarakat dan Desa"),
    Agency(short="Disparpora", name="Dinas Pariwisata, Kepemudaan, dan Olahraga"),
    Agency(short="BKPSDM", name="Badan Kepegawaian dan Pengembangan SDM"),
    Agency(short="Bakesbangpol", name="Badan Kesatuan Bangsa dan Politik"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointee:
    """Somebody in office. `role` is the portal's word; `office` an agency's short name, a kode wilayah, or "" for all.

    The password is for the demo alone and is printed when it starts; without one nobody can sign in as them.
    """

    name: str
    email: str
    role: str
    office: str
    password: str | None = None


def _leading(name: str, login: str, role: str, office: str) -> Appointee:
    return Appointee(name=name, email=f"{login}@{DOMAIN}", role=role, office=office, password=f"lumbung-{login}")


# The nine whom a visitor signs in as; then a producer for each other agency, who only hands in.
LEADING = (
    _leading("Wening Pertiwi", "walidata", "walidata", ""),
    _leading("Guntur Wicaksono", "walidata2", "walidata", ""),
    _leading("Ratna Maharani", "ppdp", "ppdp", ""),
    _leading("Bayu Permana", "piket", "petugas_piket", ""),
    _leading("Hasta Nugroho", "admin", "admin", ""),
    _leading("Lintang Purnama", "penelusur", "penelusur", ""),
    _leading("Karsinah Lestari", "operator.argaloka", "produsen", "99.01.01.2001"),
    _leading("Dimas Prasetyo", "disdikbud", "produsen", "Disdikbud"),
    _leading("Laras Anjani", "layanan", "petugas_layanan", "Disdukcapil"),
)
_PRODUCERS = (
    ("Bappeda", "Anik Kusumawati"), ("Disdukcapil", "Teguh Santoso"), ("Dinkes", "Laila Safitri"),
    ("Dispertan", "Sarjono Utomo"), ("Diskopumkm", "Yunita Anggraini"), ("BPKAD", "Rudi Hartono"),
    ("DPUPR", "Galih Saputra"), ("DLH", "Mega Puspitasari"), ("BPBD", "Surya Gunawan"), ("Dinsos", "Siti Khasanah"),
    ("Dispermades", "Wahyu Setiadi"), ("Disparpora", "Bunga Aprilia"), ("BKPSDM", "Imam Hidayat"),
    ("Bakesbangpol", "Tri Handoko"), ("Diskominfo", "Reza Kurniawan"),
)  # fmt: skip
APPOINTEES = (
    *LEADING,
    *(
        Appointee(name=name, email=f"{office.lower()}@{DOMAIN}", role="produsen", office=office)
        for office, name in _PRODUCERS
    ),
)
