"""Tables of a district or a regency, added up from what its villages have published: a submission like any other.

Registers are gone by then, so nothing is protected anew: only numbers that stand on the shelf are added, and whoever
adds up the villages' own tables gets the same. Specific data and sums that need registers are made where the registers
are: `lumbung statistics` for several villages at once.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.aggregate import sums
from lumbung.aggregate.outlets import COLUMNS
from lumbung.aggregate.policy import load
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.place_queries import villages_below
from lumbung.portal.catalogue.queries import statistics_of, visible
from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Licence, Theme
from lumbung.portal.design import wording
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import take_in
from lumbung.portal.intake.counting_words import LEGAL_BASIS
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.parts import all_open
from lumbung.portal.intake.states import ON_ITS_WAY

LEVELS = {OrganisationKind.DISTRICT: "kecamatan", OrganisationKind.REGENCY: "kabupaten"}
ABOUT = _(
    "Dijumlahkan dari angka yang sudah terbit di %(of)s dari %(all)s desa: %(villages)s. Angka yang disembunyikan di "
    "salah satu desa tetap disembunyikan di sini (tanda *); tidak ada yang ditaksir."
)
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place, how many of its villages have open statistics, when the newest came, when they were last summed, and
    whether a village whose numbers are in those sums is closed since. `waiting` is on its way to the shelf."""

    place: Organisation
    waiting: Submission | None
    villages: int
    published: int
    newest: datetime | None
    summed: datetime | None
    closed: bool

    @property
    def enough(self) -> bool:
        """Whether there are enough villages for a sum in which none is recognised."""
        return self.published >= load().limits.smallest_rollup

    @property
    def stale(self) -> bool:
        """Whether a village has published or was closed since."""
        return self.closed or bool(self.summed and self.newest and self.newest > self.summed)


def standing_of(place: Organisation) -> Standing:
    """How far the sums of a place are. A handful of queries."""
    codes = list(villages_below(place).exclude(kode="").values_list("kode", flat=True))
    released = dict(visible().filter(village__in=codes).order_by("released_at").values_list("village", "released_at"))
    last = sums_of(place).first()
    return Standing(
        place=place,
        waiting=under_way(place),
        villages=villages_below(place).count(),
        published=len(released),
        newest=max(released.values(), default=None),
        summed=last.received_at if last else None,
        closed=last is not None and not all_open(last.made_from.all()),
    )


def check_sums(person: Person, place: Organisation) -> None:
    """Raise Refused unless the person is walidata there, and it is a district or a regency with a kode wilayah."""
    if not holds(person, Role.WALIDATA, place):
        raise Refused("not-walidata-here", _("Menjumlahkan statistik wilayah ini bukan wewenang Anda."))
    if place.kind not in LEVELS or not place.kode:
        raise Refused("no-kode", _("Jumlah dibuat untuk kecamatan atau kabupaten yang kode wilayahnya sudah terisi."))


def sums_of(place: Organisation) -> QuerySet[Submission]:
    """Everything that was ever added up for a place, the newest first."""
    return Submission.objects.filter(organisation=place, village=place.kode).exclude(village="")


def under_way(place: Organisation) -> Submission | None:
    """The sums that are not on the shelf yet and not refused."""
    return sums_of(place).filter(state__in=ON_ITS_WAY).first()


def add_up(place: Organisation, *, person: Person, by: Actor) -> Submission:
    """Add up the newest open statistics of the villages that are of one and the same day, and send the tables in.

    Raise Refused (not walidata there), Conflicting where too few villages have published for one day, or where the
    very same sums are here already.
    """
    check_sums(person, place)
    return send(place, person=person, by=by)


def send(place: Organisation, *, person: Person | None, by: Actor) -> Submission:
    """The same without asking for a role; without `person`, whoever sent the newest part answers for it."""
    day, villages, parts = of_one_day(place)
    if len(villages) < load().limits.smallest_rollup:
        raise Conflicting(
            "too-few-villages",
            _("Belum cukup desa yang terbit untuk tanggal yang sama; sekurangnya tiga."),
            _("Tunggu desa berikutnya, lalu jumlahkan lagi."),
        )
    sealed = vault.seal_bytes([_table(place, day, villages)], name=f"jumlah-{place.kode}.csv")
    newest = max(parts, key=lambda part: part.received_at)
    try:
        with transaction.atomic():
            result = take_in(
                sealed,
                person=person or newest.submitted_by,
                organisation=place,
                by=by,
                description=_described(place, day, sorted(villages)),
                dataset=statistics_of(place.kode).first(),
                village=place.kode,
                made_from=parts,
            )
            record(Kind.STATISTICS_SUMMED, by=by, subject=result.subject, villages=len(villages), day=day.isoformat())
    finally:
        sealed.discard()
    return result


def shown(place: Organisation) -> list[Release]:
    """The newest open release of each village, of the period for which most have published, the newer of two."""
    codes = villages_below(place).exclude(kode="").values_list("kode", flat=True)
    newest = {one.village: one for one in visible().filter(village__in=list(codes)).order_by("released_at")}
    periods = Counter(one.period for one in newest.values())
    last = {one.period: one.released_at for one in newest.values()}
    period = max(periods, key=lambda one: (periods[one], last[one]), default="")
    releases = Release.objects.filter(dataset__in=[one.pk for one in newest.values() if one.period == period])
    latest = {release.dataset_id: release for release in releases.select_related("dataset").order_by("number")}
    return list(latest.values())


def of_one_day(place: Organisation) -> tuple[date, dict[str, sums.Numbers], list[Submission]]:
    """The day of those releases, what each village prints, and where from. What does not stand is not there."""
    found: dict[str, Rows] = {}
    origins: dict[str, str] = {}
    for release in shown(place):
        kode = release.dataset.village
        if rows := _printed(release, kode):
            found[kode], origins[kode] = rows, release.submission
    days = Counter(rows[0]["periode"] for rows in found.values())
    if not days:
        return date.min, {}, []
    day = max(days, key=lambda one: (days[one], one))
    same = {code: rows for code, rows in found.items() if rows[0]["periode"] == day}
    known = Submission.objects.select_related("submitted_by")
    parts = list(known.filter(pk__in=[origins[code] for code in same]))
    return date.fromisoformat(day), {code: _numbers(rows) for code, rows in same.items()}, parts


def _printed(release: Release, kode: str) -> Rows:
    """The rows of the village itself in its newest open release; none where the file does not stand."""
    table = Distribution.objects.filter(release=release, format="csv", part="").first()
    if table is None or not shelf.stands(table):
        return []
    with shelf.path_of(table).open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["tingkat"] == "desa" and row["kode_wilayah"] == kode]


def _numbers(rows: Rows) -> sums.Numbers:
    names = ("tabel", "jenis_kelamin", "kategori")
    return {"/".join(row[name] for name in names): int(row["nilai"]) if row["nilai"] else None for row in rows}


def _table(place: Organisation, day: date, villages: Mapping[str, sums.Numbers]) -> bytes:
    """One tidy table, like that of a village."""
    level = LEVELS[OrganisationKind(place.kind)]
    tables = sums.tables(list(villages.values()), code=place.kode, level=level, period=day, policy=load())
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["tabel", *COLUMNS])
    for name, rows in tables.items():
        writer.writerows([name, *row] for row in rows[1:])
    return written.getvalue().encode()


def _described(place: Organisation, day: date, codes: list[str]) -> dict[str, Any]:
    named = villages_below(place).filter(kode__in=codes).values_list("name", flat=True)
    told = {"of": len(codes), "all": villages_below(place).count(), "villages": ", ".join(named)}
    when = wording.day(day)
    return {
        "title": str(_("Jumlah statistik penduduk %(place)s per %(day)s") % {"place": place.name, "day": when})[:200],
        "description": str(ABOUT % told),
        "theme": Theme.POPULATION,
        "period": when,
        "source": str(_("Statistik desa yang terbit di portal ini")),
        "unit": "jiwa; keluarga",
        "licence": Licence.CC_BY,
        "frequency": Frequency.HALF_YEARLY,
        "classification": Classification.OPEN,
        "legal_basis": LEGAL_BASIS,
    }
