"""Why a disk refused, in words that help whoever has to mend it: the cause that the system itself names (errno.h)."""

import errno
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Refused

FULL = (errno.ENOSPC, errno.EDQUOT)
CAUSES: Mapping[int, tuple[str, Promise, Promise]] = {
    errno.EACCES: (
        "no-permission", _("Lumbung tidak diizinkan menulis atau membaca di folder data."),
        _("Periksa pemilik dan izin folder data, lalu coba lagi."),
    ),
    errno.EPERM: (
        "no-permission", _("Lumbung tidak diizinkan menulis atau membaca di folder data."),
        _("Periksa pemilik dan izin folder data, lalu coba lagi."),
    ),
    errno.EROFS: (
        "read-only-disk", _("Disk folder data hanya dapat dibaca."),
        _("Disk biasanya menjadi begitu setelah rusak atau salah dipasang. Hubungi pengelola server."),
    ),
    errno.EIO: (
        "disk-failed", _("Disk melaporkan kesalahan ketika dibaca atau ditulis."),
        _("Mungkin disknya rusak. Hubungi pengelola server sekarang, dan jangan mematikannya."),
    ),
    errno.EFBIG: (
        "too-large-for-disk", _("Bundelnya lebih besar daripada berkas terbesar yang diterima disk ini."),
        _("Pindahkan folder data ke disk lain, atau minta bundel tiap data."),
    ),
    errno.EMFILE: (
        "too-many-files", _("Terlalu banyak berkas sedang dibuka di server ini."), _("Coba lagi sebentar lagi."),
    ),
    errno.ENFILE: (
        "too-many-files", _("Terlalu banyak berkas sedang dibuka di server ini."), _("Coba lagi sebentar lagi."),
    ),
    errno.ENOENT: (
        "not-there", _("Folder data atau berkas yang harus disertakan tidak ada lagi di tempatnya."),
        _("Periksa apakah disknya terpasang. Hubungi pengelola server."),
    ),
}  # fmt: skip


class DiskRefused(Refused):
    """The bundle could not be made; nothing is left half-written (503; 507 where there is no room)."""

    status = 503


class DiskFull(DiskRefused):
    """There is no room for it."""

    status = 507


def refusal(problem: OSError) -> DiskRefused:
    """What to tell of it. No path and no text of the system: the one may hold a name, the other is in English."""
    if problem.errno in FULL:
        return DiskFull(
            "disk-full",
            _("Bundel bukti tidak dapat ditulis: tempat di disk tidak cukup."),
            _("Tidak ada yang tertinggal. Kosongkan tempat, lalu coba lagi."),
        )
    code, sentence, next_step = CAUSES.get(
        problem.errno or 0,
        ("disk-refused", _("Disk menolak, dan sebabnya tidak dikenal."), _("Hubungi pengelola server.")),
    )
    return DiskRefused(code, sentence, next_step)
