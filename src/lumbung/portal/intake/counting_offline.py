"""A package that was made on a village's own computer becomes a submission, and this portal remembers it.

So counting at the desk and counting here know of each other: what was printed there is protected against here, and the
memory of this portal can be taken along for the next time there. The register itself never comes here. It is a job.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung import confine
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.queries import statistics_of
from lumbung.portal.intake import packaging, parcels, vault
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.blanks import monograph
from lumbung.portal.intake.counting_words import described
from lumbung.portal.intake.models import Counting, Parcel, ParcelStage, Submission, VillageMemory
from lumbung.portal.intake.outlets import TABLE
from lumbung.portal.intake.parcels import check_may_bring
from lumbung.portal.intake.states import UNDER_WAY, CountingState
from lumbung.portal.intake.vault import Sealed

LARGEST = 16 << 20  # bytes of an archive; a package of a large village has less than one

# Why a package is not taken, and what helps. The codes are those of `offline.take`, and of what was asked once more.
NOT_TAKEN: dict[str, tuple[str | Promise, str | Promise]] = {
    "not-a-package": (
        _("Ini bukan paket statistik, atau isinya tidak lengkap."),
        _("Kirim folder hasil lumbung statistics sebagai satu berkas ZIP, tanpa diubah."),
    ),
    "other-village": (_("Paket ini dari desa lain."), _("Pilih desa yang benar.")),
    "other-policy": (
        _("Paket ini dibuat dengan aturan perlindungan lain daripada yang dipakai portal ini."),
        _("Perbarui Lumbung di komputer desa, lalu buat paketnya lagi."),
    ),
    "small-number": (
        _("Di paket ini ada angka yang menurut aturan seharusnya disembunyikan."),
        _("Buat paketnya lagi dengan lumbung statistics, dan jangan mengubah isinya."),
    ),
    "memory-behind": (
        _("Paket ini dibuat tanpa memperhitungkan semua yang pernah dibuat di portal ini."),
        _("Unduh catatan rilis desa di halaman ini, pakai dengan pilihan --memory, lalu buat paketnya lagi."),
    ),
    "too-soon": (_("Rilis terakhir desa ini belum berumur enam bulan."), _("Tunggu rilis berikutnya.")),
    "same-as-last": (_("Angka di paket ini sama dengan rilis sebelumnya."), _("Pakai register terbaru.")),
    "audit-failed": (
        _("Bukti paket ini tidak berlaku, jadi tidak kami terima."),
        _("Periksa di komputer desa dengan lumbung proof verify, lalu buat paketnya lagi."),
    ),
    "counting-under-way": (
        _("Statistik desa ini sedang dibuat di portal."),
        _("Tunggu sampai selesai, lalu kirim paketnya lagi."),
    ),
    "already-here": (_("Paket yang sama sudah pernah dikirim."), _("Lihat daftar kiriman desa Anda.")),
    "forbidden-bytes": (
        _("Paket yang sama pernah dihapus dari portal ini, jadi tidak diterima lagi."),
        _("Buat rilis berikutnya dari register terbaru."),
    ),
    "not-producer-here": (_("Anda bukan lagi produsen data desa ini."), _("Mintalah admin memeriksa peran Anda.")),
    "interrupted": (_("Pemeriksaan paket ini terputus tiga kali."), _("Kirim paketnya sekali lagi.")),
    "crash": (_("Paket ini tidak dapat dibuka."), _("Buat berkas ZIP-nya sekali lagi.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """The package as it was written anew: its folder, its day, the files that go along."""

    folder: Path
    period: date
    attached: tuple[str, ...]


def work(parcel: Parcel) -> None:
    """Check a package, write it anew, and take it in like statistics that were made here; or say why not.

    Where it is not taken, nothing of it is kept, and nothing is remembered. Raise Tampered or KeyFileMissing where it
    cannot be unsealed.
    """
    memory = packaging.memory_of(parcel.organisation.kode)
    with vault.open_plain(parcel) as plain, packaging.folder_for_work() as folder:
        try:
            check_may_bring(parcel.brought_by, parcel.organisation)
            _store(parcel, _checked(parcel, plain, folder / "paket", memory), memory)
        except packaging.Stopped as stopped:
            parcels.refuse(parcel, code=stopped.code)
        except Refused as refused:  # lost a role meanwhile, here already, or one is being made at this moment
            parcels.refuse(parcel, code=refused.code)


def _checked(parcel: Parcel, content: BinaryIO, package: Path, memory: list[Any]) -> _Taken:
    """Raise Stopped for what is no sound package."""
    village = parcel.organisation
    written = {str(year): said for year, said in monograph.by_year(village).items()}
    about = {"village": village.kode, "memory": memory, "written": written}
    arguments = {"folder": str(package.resolve()), **about}
    target = "lumbung.portal.intake.offline:take"
    try:
        said = confine.call(target, file=content, arguments=arguments, limits=packaging.LIMITS, folder=package.parent)
    except confine.Ended:
        raise packaging.Stopped("crash") from None
    if said["code"]:
        raise packaging.Stopped(str(said["code"]))
    period = date.fromisoformat(str(said["period"]))
    parcels.reach(parcel, ParcelStage.CHECKING)
    packaging.check_names(package)
    packaging.checked(package, village=village.kode, period=period, memory=_earlier(package, memory))
    attached, _left_out = packaging.looked_at(package)
    parcels.reach(parcel, ParcelStage.STORING)
    return _Taken(folder=package, period=period, attached=attached)


def _earlier(package: Path, memory: list[Any]) -> list[Any]:
    """All releases of the package but its own; they begin with those of this portal, whatever the child said."""
    releases: list[Any] = json.loads((package / "ingatan.json").read_text(encoding="utf-8"))
    if releases[: len(memory)] != memory:
        raise packaging.Stopped("memory-behind")
    return releases[:-1]


def _store(parcel: Parcel, taken: _Taken, memory: list[Any]) -> None:
    """The new submission with its companions, the memory, and the end of the parcel: all of it or nothing."""
    sealed = [packaging.sealed_file(taken.folder / name) for name in (TABLE, *taken.attached)]
    kept: list[str] = []
    try:
        with transaction.atomic():
            current = parcels.locked(str(parcel.pk))
            if current.state != CountingState.WORKING or current.attempts != parcel.attempts:
                return
            _check_still(current.organisation, memory)
            result = _received(current, taken, sealed[0])
            for one, name in zip(sealed[1:], taken.attached, strict=True):
                kept.append(vault.keep(one))
                packaging.attach(result, one, name, storage_key=kept[-1])
            packaging.remember(current.organisation.kode, taken.folder)
            parcels.end(current, result=result)
    except BaseException:
        for storage_key in kept:
            vault.destroy(storage_key)
        raise
    finally:
        for one in sealed:
            one.discard()


def _received(parcel: Parcel, taken: _Taken, table: Sealed) -> Submission:
    person, village = parcel.brought_by, parcel.organisation
    by = Actor(id=f"person:{person.pk}", name=person.name, organisation=person.organisation_names())
    result = receive(
        table,
        person=person,
        organisation=village,
        by=by,
        description=described(village, taken.period),
        dataset=statistics_of(village.kode).first(),
        village=village.kode,
    )
    record(Kind.STATISTICS_BROUGHT, by=by, subject=result.subject, village=village.kode)
    return result


def _check_still(village: Organisation, memory: list[Any]) -> None:
    """Nothing else of the village has been handed out, and nothing is under way, since the package was checked."""
    known = VillageMemory.objects.select_for_update().filter(village=village.kode).first()
    under_way = Counting.objects.filter(village=village.kode, state__in=UNDER_WAY).exists()
    if under_way or (list(known.releases) if known else []) != memory:
        raise packaging.Stopped("counting-under-way")


def why(parcel: Parcel) -> tuple[str | Promise, str | Promise]:
    """Why it was not taken, and what helps."""
    return NOT_TAKEN.get(parcel.code, NOT_TAKEN["crash"])
