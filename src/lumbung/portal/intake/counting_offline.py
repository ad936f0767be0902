"""A package that was made on a village's own computer becomes a submission, and this portal remembers it.

So counting at the desk and counting here know of each other: what was printed there is protected against here, and the
memory of this portal can be taken along for the next time there. The register itself never comes here.
"""

import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung import confine
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.accounts.permissions import Unfit as UnfitHere
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.queries import statistics_of
from lumbung.portal.intake import packaging, vault
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.counting_words import described
from lumbung.portal.intake.models import Counting, Submission, VillageMemory
from lumbung.portal.intake.outlets import TABLE
from lumbung.portal.intake.permissions import KODE, check_produces_for
from lumbung.portal.intake.states import UNDER_WAY

LARGEST = 16 << 20  # bytes of an archive; a package of a large village has less than one

# Why a package is not taken, and what helps. The codes are those of `offline.take`.
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
    "crash": (_("Paket ini tidak dapat dibuka."), _("Buat berkas ZIP-nya sekali lagi.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """The package as it was written anew: its folder, its day, the files that go along."""

    folder: Path
    period: date
    attached: tuple[str, ...]


def take(content: bytes, *, person: Person, organisation: Organisation, by: Actor) -> Submission:
    """Check a package of a village, write it anew, and take it in like statistics that were made here.

    Raise Refused (not a producer there), Unfit (no sound package, with what helps) or Conflicting (here already, or
    statistics of the village are being made at this moment); then nothing is kept, and nothing is remembered.
    """
    check_may_bring(person, organisation)
    memory = packaging.memory_of(organisation.kode)
    with packaging.folder_for_work() as folder:
        return _store(_checked(content, folder / "paket", organisation, memory), person, organisation, by, memory)


def check_may_bring(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless it is a village with a kode wilayah, and the person produces data for it."""
    check_produces_for(person, organisation)
    if organisation.kind != OrganisationKind.VILLAGE or not KODE.fullmatch(organisation.kode):
        raise Refused("not-a-village", _("Paket statistik hanya untuk desa yang kode wilayahnya sudah terisi."))


def _checked(content: bytes, package: Path, organisation: Organisation, memory: list[Any]) -> _Taken:
    arguments = {"folder": str(package.resolve()), "village": organisation.kode, "memory": memory}
    target = "lumbung.portal.intake.offline:take"
    try:
        said = confine.call(
            target, file=io.BytesIO(content), arguments=arguments, limits=packaging.LIMITS, folder=package.parent
        )
        if said["code"]:
            raise _not_taken(str(said["code"]))
        period = date.fromisoformat(str(said["period"]))
        packaging.check_names(package)
        earlier = _earlier(package, memory)
        packaging.checked(package, village=organisation.kode, period=period, memory=earlier)
        attached, _left_out = packaging.looked_at(package)
    except confine.Ended:
        raise _not_taken("crash") from None
    except packaging.Stopped as stopped:
        raise _not_taken(stopped.code) from None
    return _Taken(folder=package, period=period, attached=attached)


def _earlier(package: Path, memory: list[Any]) -> list[Any]:
    """All releases of the package but its own; they begin with those of this portal, whatever the child said."""
    releases: list[Any] = json.loads((package / "ingatan.json").read_text(encoding="utf-8"))
    if releases[: len(memory)] != memory:
        raise _not_taken("memory-behind")
    return releases[:-1]


def _store(taken: _Taken, person: Person, village: Organisation, by: Actor, memory: list[Any]) -> Submission:
    """The new submission with its companions, and the memory: all of it or nothing."""
    sealed = [packaging.sealed_file(taken.folder / name) for name in (TABLE, *taken.attached)]
    kept: list[str] = []
    try:
        with transaction.atomic():
            _check_still(village, memory)
            result = receive(
                sealed[0],
                person=person,
                organisation=village,
                by=by,
                description=described(village, taken.period),
                dataset=statistics_of(village.kode).first(),
                village=village.kode,
            )
            for one, name in zip(sealed[1:], taken.attached, strict=True):
                kept.append(vault.keep(one))
                packaging.attach(result, one, name, storage_key=kept[-1])
            packaging.remember(village.kode, taken.folder)
            record(Kind.STATISTICS_BROUGHT, by=by, subject=result.subject, village=village.kode)
    except BaseException:
        for storage_key in kept:
            vault.destroy(storage_key)
        raise
    finally:
        for one in sealed:
            one.discard()
    return result


def _check_still(village: Organisation, memory: list[Any]) -> None:
    """Nothing else of the village has been handed out, and nothing is under way, since the package was checked."""
    known = VillageMemory.objects.select_for_update().filter(village=village.kode).first()
    under_way = Counting.objects.filter(village=village.kode, state__in=UNDER_WAY).exists()
    if under_way or (list(known.releases) if known else []) != memory:
        raise Conflicting(
            "counting-under-way",
            _("Statistik desa ini sedang dibuat di portal."),
            _("Tunggu sampai selesai, lalu kirim paketnya lagi."),
        )


def _not_taken(code: str) -> UnfitHere:
    sentence, next_step = NOT_TAKEN.get(code, NOT_TAKEN["crash"])
    return UnfitHere(code, sentence, next_step, address="/meja/paket")
