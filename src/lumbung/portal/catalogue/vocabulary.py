"""The words a dataset is described with: themes, licences, how often, how open, and why one was closed.

Roles and metadata follow Satu Data Indonesia (Perpres 39/2019); the classes follow UU 14/2008 (Keterbukaan Informasi
Publik), where art. 17 names what is excluded. Licences carry their SPDX names.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """What a dataset is about: the shelves of the front page."""

    POPULATION = "kependudukan", _("Kependudukan")
    EDUCATION = "pendidikan", _("Pendidikan")
    HEALTH = "kesehatan", _("Kesehatan")
    FARMING = "pertanian", _("Pertanian dan pangan")
    ECONOMY = "ekonomi", _("Ekonomi dan usaha")
    FINANCE = "keuangan", _("Keuangan dan anggaran")
    WORKS = "infrastruktur", _("Infrastruktur")
    ENVIRONMENT = "lingkungan", _("Lingkungan dan kebencanaan")
    SOCIAL = "sosial", _("Sosial")
    TOURISM = "pariwisata", _("Pariwisata dan budaya")
    GOVERNMENT = "pemerintahan", _("Pemerintahan")


class Licence(TextChoices):
    """Open licences only: each allows everyone to use, change and share again."""

    CC_BY = "CC-BY-4.0", _("CC BY 4.0: bebas dipakai, sebutkan sumber")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: sebutkan sumber, bagikan dengan lisensi yang sama")
    CC0 = "CC0-1.0", _("CC0 1.0: bebas dipakai tanpa syarat")
    ODBL = "ODbL-1.0", _("ODbL 1.0: basis data terbuka, sebutkan sumber")
    ODC_BY = "ODC-By-1.0", _("ODC-BY 1.0: basis data terbuka, sebutkan sumber")
    PDDL = "PDDL-1.0", _("PDDL 1.0: basis data milik umum")


LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
    Licence.ODC_BY: "https://opendatacommons.org/licenses/by/1-0/",
    Licence.PDDL: "https://opendatacommons.org/licenses/pddl/1-0/",
}


class Frequency(TextChoices):
    """How often a new release is due."""

    ONCE = "sekali", _("Sekali")
    MONTHLY = "bulanan", _("Bulanan")
    QUARTERLY = "triwulanan", _("Triwulanan")
    HALF_YEARLY = "semesteran", _("Semesteran")
    YEARLY = "tahunan", _("Tahunan")
    AS_NEEDED = "insidental", _("Bila ada perubahan")


class Classification(TextChoices):
    """How open the information is. Only the first may be published; a licence needs it."""

    OPEN = "terbuka", _("Terbuka")
    LIMITED = "terbatas", _("Terbatas")
    EXCLUDED = "dikecualikan", _("Dikecualikan")


class Ground(TextChoices):
    """Why a file is refused: not as exempt information, or as one of the kinds of UU 14/2008 art. 17."""

    QUALITY = "mutu", _("Bukan informasi yang dikecualikan: salah kirim, ganda, atau mutunya kurang")
    LAW_ENFORCEMENT = "17a", _("Menghambat proses penegakan hukum (pasal 17 huruf a)")
    RIGHTS = "17b", _("Mengganggu hak kekayaan intelektual atau persaingan usaha sehat (huruf b)")
    DEFENCE = "17c", _("Membahayakan pertahanan dan keamanan negara (huruf c)")
    RESOURCES = "17d", _("Mengungkapkan kekayaan alam Indonesia (huruf d)")
    ECONOMY = "17e", _("Merugikan ketahanan ekonomi nasional (huruf e)")
    FOREIGN = "17f", _("Merugikan kepentingan hubungan luar negeri (huruf f)")
    DEEDS = "17g", _("Mengungkapkan isi akta otentik yang bersifat pribadi atau wasiat (huruf g)")
    PRIVACY = "17h", _("Mengungkap rahasia pribadi (huruf h)")
    MEMORANDA = "17i", _("Memorandum atau surat antarbadan publik yang dirahasiakan (huruf i)")
    OTHER_LAW = "17j", _("Tidak boleh diungkapkan berdasarkan undang-undang lain (huruf j)")


class ClosingGround(TextChoices):
    """Why a dataset is closed, as the stone tells the public. The written reason stays in the log."""

    PERSONAL_DATA = "data-pribadi", _("Diduga memuat data pribadi")
    WRONG = "keliru", _("Isinya keliru dan sedang diperbaiki")
    OUTDATED = "usang", _("Sudah digantikan data lain")
    REQUESTED = "permintaan", _("Ditutup atas permintaan produsen data")
    LAW = "hukum", _("Ditutup menurut peraturan")
    PART = "bagian", _("Salah satu bagiannya ditutup")


CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}
