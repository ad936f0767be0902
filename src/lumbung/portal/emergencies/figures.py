"""The only road out: counts and response times of a whole quarter, protected, printed once, handed in like any file.

What is printed stays in the ledger as it was printed. The table that is handed in holds every printed quarter of the
feed, so the shelf has one dataset that grows; no number of it is ever counted a second time.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.aggregate import events
from lumbung.aggregate.eligible import Refused as NotPrinted
from lumbung.aggregate.quarters import is_over, months_of, quarter_of
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Licence, Theme
from lumbung.portal.emergencies import store
from lumbung.portal.emergencies.models import Call, Feed, Printed
from lumbung.portal.emergencies.permissions import check_opens
from lumbung.portal.emergencies.taking import districts_of
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import take_in
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.printed import dataset_of, under_way

HEADER = (
    "kode_wilayah", "nama_wilayah", "tingkat", "periode", "lintang", "bujur", "jumlah_panggilan", "tanda",
    "median_menit_tanggap", "persentil_90_menit_tanggap",
)  # fmt: skip
MARK = "*"
LEGAL_BASIS = (
    "UU 14/2008 pasal 9 dan 11 (informasi berkala dan setiap saat); UU 27/2022 pasal 4: tidak memuat data pribadi. "
    "Angka 1 sampai 4 dan angka yang dapat membukanya disembunyikan."
)
ABOUT = _(
    "Jumlah panggilan darurat dan waktu tanggap (dari lapor sampai tiba) per kecamatan dan bulan, dan jumlah per "
    "petak peta kasar tiap triwulan. Angka kecil, dan angka lain yang dapat membukanya, disembunyikan (tanda *). "
    "Setiap triwulan dihitung satu kali dan tidak diubah sesudahnya."
)


def ripe(feed: Feed) -> list[str]:
    """The quarters that are over, have calls, none of them destroyed, and were not printed yet; the oldest first."""
    printed = set(feed.printed.values_list("quarter", flat=True))
    gone = {quarter_of(one.month) for one in feed.months.exclude(destroyed_at=None)}
    found = {quarter_of(one.month) for one in feed.months.filter(destroyed_at=None)} - gone - printed
    return sorted(quarter for quarter in found if is_over(quarter, timezone.localdate()))


def print_quarter(feed: Feed, quarter: str, *, person: Person, by: Actor) -> Printed:
    """Count, protect, prove and write down one quarter. Raise Refused (no officer), Conflicting (printed, not over)
    or Unfit (nothing can be printed safely). Cannot be undone."""
    check_opens(person, feed)
    with transaction.atomic():
        Feed.objects.select_for_update().get(pk=feed.pk)
        if quarter not in ripe(feed):
            raise Conflicting("not-ripe", _("Triwulan ini belum berakhir, sudah dicetak, atau datanya sudah musnah."))
        lines = _lines(feed, quarter)
        made = Printed.objects.create(feed=feed, quarter=quarter, lines=lines, made_by=person)
        hidden = sum(line["count"] is None for line in lines)
        told: dict[str, Any] = {"quarter": quarter, "lines": len(lines), "hidden": hidden}
        record(Kind.CALLS_PRINTED, by=by, subject=store.subject_of(feed), **told)
    return made


def hand_in(feed: Feed, *, person: Person, by: Actor) -> Submission:
    """Send every printed quarter in as one table, inspected and reviewed like any other.

    Raise Refused (no officer), Conflicting where the last one is still on its way, Unfit where nothing is printed.
    """
    check_opens(person, feed)
    printed = list(feed.printed.select_related("submission"))
    if not printed:
        raise Unfit("nothing-printed", _("Belum ada triwulan yang dicetak."))
    if waiting := under_way(feed.printed.all()):
        raise Conflicting(
            "on-its-way", _("Tabel sebelumnya masih dalam perjalanan."), address=waiting.get_absolute_url()
        )
    sealed = vault.seal_bytes([_table(feed, printed)], name=f"panggilan-darurat-{feed.pk}.csv")
    try:
        with transaction.atomic():
            result = take_in(
                sealed,
                person=person,
                organisation=feed.organisation,
                by=by,
                description=_described(feed, printed),
                dataset=dataset_of(feed.printed.all()),
            )
            feed.printed.update(submission=result)
            record(Kind.CALLS_HANDED_IN, by=by, subject=result.subject, feed=feed.pk, quarters=len(printed))
    finally:
        sealed.discard()
    return result


def _lines(feed: Feed, quarter: str) -> list[dict[str, Any]]:
    policy = events.load()
    found, began = list(_events(feed, quarter, policy)), feed.months.last()
    # Months before the first call are left out: nought would be untrue there.
    months = [month for month in months_of(quarter) if began and month >= began.month]
    try:
        lines = events.print_period(found, districts=list(districts_of(feed)), months=months, policy=policy)
    except NotPrinted as refused:
        raise Unfit(refused.code, _("Triwulan ini tidak dapat dicetak dengan aman, jadi tidak dicetak.")) from None
    return [{name: getattr(line, name) for name in line.__slots__} for line in lines]


def _events(feed: Feed, quarter: str, policy: events.EventPolicy) -> Iterator[events.Event]:
    """What of each call is counted: district, month, square, minutes. Nothing else leaves the seal here."""
    known = districts_of(feed)
    calls = Call.objects.filter(feed=feed, key__month__in=months_of(quarter)).select_related("key__feed")
    for call in calls.iterator():
        content = store.unsealed_call(call)
        place = content["tempat"]
        if place["kecamatan"] not in known:
            continue
        at = (place["lintang"], place["bujur"]) if "lintang" in place else None
        yield events.Event(
            district=place["kecamatan"],
            month=call.key.month,
            square=events.square_of(*at, policy) if at else events.NOWHERE,
            minutes=_minutes(content["waktu"]),
        )


def _minutes(times: dict[str, str]) -> int | None:
    """From the report until somebody was there, in whole minutes begun."""
    if "tiba" not in times:
        return None
    seconds = (datetime.fromisoformat(times["tiba"]) - datetime.fromisoformat(times["lapor"])).total_seconds()
    return -int(-seconds // 60)


def _table(feed: Feed, printed: list[Printed]) -> bytes:
    """One tidy table of all printed quarters, the oldest first."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    for one in printed:
        writer.writerows(_row(feed, one.quarter, line) for line in one.lines)
    return written.getvalue().encode()


def _row(feed: Feed, quarter: str, line: dict[str, Any]) -> list[str | int]:
    root = Organisation.objects.get_root(feed.organisation)
    code, name, level = root.kode, root.name, "kabupaten"
    if line["district"]:
        code, name, level = line["district"], districts_of(feed).get(line["district"], ""), "kecamatan"
    latitude, longitude = line["square"].split(",") if line["square"] else ("", "")
    level = "petak" if line["square"] else level
    shown = ["" if line[key] is None else line[key] for key in ("count", "median", "ninetieth")]
    mark = MARK if line["count"] is None else ""
    return [code, name, level, line["month"] or quarter, latitude, longitude, shown[0], mark, *shown[1:]]


def _described(feed: Feed, printed: list[Printed]) -> dict[str, Any]:
    first, last = months_of(printed[0].quarter)[0], months_of(printed[-1].quarter)[-1]
    title = _("Panggilan darurat dan waktu tanggap: %(feed)s") % {"feed": feed.name}
    return {
        "title": str(title)[:200],
        "description": str(ABOUT),
        "theme": Theme.ENVIRONMENT,
        "period": first if first == last else f"{first} s.d. {last}",
        "source": feed.organisation.name,
        "unit": "panggilan; menit",
        "licence": Licence.CC_BY,
        "frequency": Frequency.QUARTERLY,
        "classification": Classification.OPEN,
        "legal_basis": LEGAL_BASIS,
    }


def due_soon(feed: Feed, today: date) -> list[str]:
    """Quarters with calls that will be destroyed within thirty days and are not printed."""
    near = feed.months.filter(destroyed_at=None)
    found = {quarter_of(one.month) for one in near if (one.destroy_on - today).days <= 30}
    return sorted(found - set(feed.printed.values_list("quarter", flat=True)))
