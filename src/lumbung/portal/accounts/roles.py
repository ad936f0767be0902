"""The seven roles, each with what it lets a person do, in the words the person reads."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role counts in the organisation it was given in, and in every organisation below it."""

    PRODUSEN = "produsen", _("Produsen data")
    WALIDATA = "walidata", _("Walidata")
    PPDP = "ppdp", _("Pejabat Pelindung Data Pribadi (PPDP)")
    PETUGAS_PIKET = "petugas_piket", _("Petugas piket")
    ADMIN = "admin", _("Admin")
    PENELUSUR = "penelusur", _("Penelusur")
    PETUGAS_LAYANAN = "petugas_layanan", _("Petugas layanan")

    @property
    def description(self) -> Promise:
        """What the role may do and what it may not."""
        return DESCRIPTIONS[self]


DESCRIPTIONS = {
    Role.PRODUSEN: _("Mengunggah berkas dan mengisi keterangannya. Tidak dapat menerbitkan."),
    Role.WALIDATA: _("Meninjau, menerbitkan, dan menarik data. Tidak dapat menyetujui unggahannya sendiri."),
    Role.PPDP: _("Memutuskan permintaan pelepasan berkas yang ditahan, dan melihat catatan setiap perbuatan."),
    Role.PETUGAS_PIKET: _("Menutup satu data seketika bila ada laporan, kapan pun, dan melihat catatannya."),
    Role.ADMIN: _("Menambah orang dan organisasi serta memberi peran. Tidak dapat membuka berkas."),
    Role.PENELUSUR: _("Bertanya apakah data yang beredar berasal dari sini. Tidak dapat mengunggah atau menerbitkan."),
    Role.PETUGAS_LAYANAN: _("Menjawab permohonan dokumen warga di kantornya sendiri, dengan kunci kantor itu."),
}

LOG_READERS = (Role.WALIDATA, Role.PPDP, Role.PETUGAS_PIKET, Role.ADMIN)
OPENS_FILES = (  # an admin holds none of them
    Role.PRODUSEN, Role.WALIDATA, Role.PPDP, Role.PENELUSUR, Role.PETUGAS_LAYANAN,
)  # fmt: skip
# A second step at sign-in, and two admins who give the role.
GUARDED = (Role.WALIDATA, Role.PPDP, Role.ADMIN, Role.PENELUSUR, Role.PETUGAS_LAYANAN)
