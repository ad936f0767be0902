"""The statistics of an office's service: how many requests, how fast, by service and month; protected, printed once.

A whole quarter at a time, when it is over. What is printed stays as it is; the table that is handed in holds every
printed quarter and walks through inspection and review like any other file. `lumbung.aggregate.events` protects it:
small numbers are hidden, with whatever else would give them back, and that is proven before anything is printed.
"""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.aggregate import events
from lumbung.aggregate.eligible import Refused as NotPrinted
from lumbung.aggregate.quarters import is_over, months_of, quarter_of
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Licence, Theme
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import take_in
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.printed import dataset_of, under_way
from lumbung.portal.requests import working_hours
from lumbung.portal.requests.listing import national
from lumbung.portal.requests.models import Office, PrintedQuarter
from lumbung.portal.requests.permissions import check_serves

ALL_SERVICES = "semua"
HEADER = (
    "layanan",
    "nama_layanan",
    "periode",
    "jumlah_permohonan",
    "tanda",
    "median_jam_kerja",
    "persentil_90_jam_kerja",
)
MARK = "*"
HOUR = 3600  # seconds
LEGAL_BASIS = (
    "UU 25/2009 (pelayanan publik) dan UU 14/2008 pasal 9 (informasi berkala); UU 27/2022 pasal 4: tidak memuat data "
    "pribadi. Angka 1 sampai 4 dan angka yang dapat membukanya disembunyikan."
)
ABOUT = _(
    "Jumlah permohonan dokumen kependudukan daring dan waktu jawabnya (jam kerja, dari diterima sampai dijawab) per "
    "layanan dan bulan. Angka kecil, dan angka lain yang dapat membukanya, disembunyikan (tanda *). Setiap triwulan "
    "dihitung satu kali dan tidak diubah sesudahnya."
)


def ripe(office: Office) -> list[str]:
    """Quarters that are over, have requests, and were not printed; the oldest first."""
    today = timezone.localdate()
    moments = office.requests.dates("received_at", "month")
    found = {quarter_of(f"{day:%Y-%m}") for day in moments} - set(office.printed.values_list("quarter", flat=True))
    return sorted(one for one in found if is_over(one, today))


def hand_in(office: Office, *, person: Person, by: Actor) -> Submission:
    """Print every ripe quarter, and send all printed ones in as one table.

    Raise Refused (not its officer), Conflicting where the last table is still on its way, Unfit where there is
    nothing to print, or nothing can be printed safely.
    """
    check_serves(person, office)
    if waiting := under_way(office.printed.all()):
        raise Conflicting("on-its-way", _("Tabel sebelumnya masih ditinjau."), address=waiting.get_absolute_url())
    with transaction.atomic():
        Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
        for quarter in ripe(office):
            lines = _lines(office, quarter)
            PrintedQuarter.objects.create(office=office, quarter=quarter, lines=lines, made_by=person)
        printed = list(office.printed.all())
        if not any(line["count"] is not None for one in printed for line in one.lines):
            raise Unfit("nothing-to-print", _("Belum ada triwulan lengkap dengan permohonan yang cukup."))
        return _sent(office, printed, person, by)


def _sent(office: Office, printed: Sequence[PrintedQuarter], person: Person, by: Actor) -> Submission:
    sealed = vault.seal_bytes([_table(printed)], name=f"layanan-dokumen-{office.organisation.slug}.csv")
    try:
        result = take_in(
            sealed,
            person=person,
            organisation=office.organisation,
            by=by,
            description=_described(office, printed),
            dataset=dataset_of(office.printed.all()),
        )
    finally:
        sealed.discard()
    office.printed.update(submission=result)
    record(Kind.REQUESTS_COUNTED, by=by, subject=result.subject, office=str(office), quarters=len(printed))
    return result


def _lines(office: Office, quarter: str) -> list[dict[str, Any]]:
    try:
        lines = events.print_period(
            _events(office, quarter), districts=list(national()), months=months_of(quarter), policy=events.load()
        )
    except NotPrinted as refused:
        raise Unfit(refused.code, _("Triwulan ini tidak dapat dicetak dengan aman, jadi tidak dicetak.")) from None
    return [{name: getattr(line, name) for name in line.__slots__} for line in lines]


def _events(office: Office, quarter: str) -> Iterator[events.Event]:
    """What of each request is counted: its service, its month, the working hours until it was answered."""
    months = months_of(quarter)
    prefetch_related_objects([office], "days_off")  # asked for with every request's hours
    for one in office.requests.all().iterator():
        month = f"{timezone.localdate(one.received_at):%Y-%m}"
        if month not in months:
            continue
        hours = None
        if one.answered_at:
            passed = working_hours.between(office, since=one.received_at, until=one.answered_at)
            hours = math.ceil(passed.total_seconds() / HOUR)
        yield events.Event(district=one.service, month=month, square=events.NOWHERE, minutes=hours)


def _table(printed: Sequence[PrintedQuarter]) -> bytes:
    """One tidy table of all printed quarters, the oldest first."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    for one in printed:
        writer.writerows(_row(one.quarter, line) for line in one.lines)
    return written.getvalue().encode()


def _row(quarter: str, line: dict[str, Any]) -> list[str | int]:
    code = line["district"] or ALL_SERVICES
    name = national()[code].name if code in national() else "Semua layanan"
    count, median, ninetieth = ("" if line[key] is None else line[key] for key in ("count", "median", "ninetieth"))
    return [code, name, line["month"] or quarter, count, MARK if count == "" else "", median, ninetieth]


def _described(office: Office, printed: Sequence[PrintedQuarter]) -> dict[str, Any]:
    first, last = months_of(printed[0].quarter)[0], months_of(printed[-1].quarter)[-1]
    title = _("Permohonan dokumen daring: %(office)s") % {"office": office.organisation.name}
    return {
        "title": str(title)[:200],
        "description": str(ABOUT),
        "theme": Theme.POPULATION,
        "period": f"{first} s.d. {last}",
        "source": office.organisation.name,
        "unit": "permohonan; jam kerja",
        "licence": Licence.CC_BY,
        "frequency": Frequency.QUARTERLY,
        "classification": Classification.OPEN,
        "legal_basis": LEGAL_BASIS,
    }
