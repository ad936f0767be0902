"""Saving and sending what was filled in: the only writers of entries and deliveries."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.vocabulary import Classification, Licence
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.blanks import queries
from lumbung.portal.intake.blanks.definition import Blank, Column, worded
from lumbung.portal.intake.blanks.table import Values, as_csv
from lumbung.portal.intake.models import Delivery, Entry, Submission
from lumbung.portal.intake.permissions import KODE, check_produces_for


def save(
    organisation: Organisation, blank: Blank, year: int, *, values: Values, version: int, person: Person, by: Actor
) -> Entry:
    """Keep the draft. Raise Conflicting where somebody else has saved it since `version`, Refused for strangers."""
    check_fills_in(person, organisation)
    try:
        with transaction.atomic():
            entry = _current(organisation, blank, year)
            if (entry.version if entry else 0) != version:
                raise _overtaken(organisation, blank, year)
            entry = entry or Entry(organisation=organisation, blank=blank.code, year=year)
            entry.values, entry.version = dict(values), version + 1
            entry.changed_by, entry.changed_at = person, timezone.now()
            entry.save(force_insert=entry.pk is None)
            record(Kind.ENTRY_SAVED, by=by, subject=_subject(organisation, blank, year), lines=len(values))
    except IntegrityError:  # both made the very first draft in the same moment
        raise _overtaken(organisation, blank, year) from None
    return entry


def send(entry: Entry, blank: Blank, *, person: Person, by: Actor) -> Submission:
    """Send what was saved, with the years that stand on the shelf already, as one table. Inspected like anything else.

    Raise Conflicting while an earlier one is still on its way, where exactly this was sent already, or where a number
    of persons differs from a published one by a few.
    """
    organisation = entry.organisation
    check_fills_in(person, organisation)
    _check_none_under_way(organisation, blank)
    _check_no_small_changes(entry, blank)
    text = as_csv(blank, _parts(entry, blank), texts=True)
    sealed = vault.seal_bytes([text.encode()], name=f"{blank.code}-{organisation.slug}.csv")
    try:
        with transaction.atomic():
            submission = receive(
                sealed,
                person=person,
                organisation=organisation,
                by=by,
                description=described(blank, organisation, [entry.year, *_years(entry, blank)]),
                dataset=queries.dataset_of(organisation, blank),
                blank=blank.code,
            )
            key: dict[str, Any] = {"organisation": organisation, "blank": blank.code, "year": entry.year}
            sent = Delivery(submission=submission, sent_at=timezone.now(), **key)
            sent.values = entry.values
            sent.save(force_insert=True)
    finally:
        sealed.discard()
    return submission


def described(blank: Blank, organisation: Organisation, years: list[int]) -> dict[str, str]:
    """What is said of the dataset: all of it known, so that nobody types it."""
    first, last = min(years), max(years)
    return {
        "title": f"{blank.title}, {organisation.name}",
        "description": blank.about,
        "theme": blank.theme,
        "period": str(last) if first == last else f"{first}-{last}",
        "source": blank.source,
        "unit": blank.unit,
        "licence": Licence.CC_BY.value,
        "frequency": blank.frequency,
        "classification": Classification.OPEN.value,
        "legal_basis": blank.legal_basis,
    }


def check_fills_in(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person produces data for this village and it has its kode wilayah."""
    check_produces_for(person, organisation)
    if not KODE.fullmatch(organisation.kode):
        raise Refused(
            "no-kode",
            _("Kode wilayah desa ini belum lengkap di portal, jadi isiannya belum dapat disusun."),
            _("Mintalah admin mengisinya, misalnya 33.08.20.2002."),
        )


def years_to_fill_in(today: date) -> range:
    """From ten years back to next year, whose plan is made this year."""
    return range(today.year - 10, today.year + 2)


def _current(organisation: Organisation, blank: Blank, year: int) -> Entry | None:
    entries = Entry.objects.select_for_update()
    return entries.filter(organisation=organisation, blank=blank.code, year=year).first()


def _subject(organisation: Organisation, blank: Blank, year: int) -> Subject:
    return Subject(kind="entry", id=f"{blank.code}-{year}", label=blank.title, organisation=organisation.slug)


def _overtaken(organisation: Organisation, blank: Blank, year: int) -> Conflicting:
    return Conflicting(
        "saved-meanwhile",
        _("Isian ini baru saja disimpan orang lain, jadi simpanan Anda belum kami tulis supaya tidak menimpanya."),
        _("Buka lagi isiannya, lihat yang baru, lalu tambahkan milik Anda."),
        address=queries.address(organisation, blank, year),
    )


def _check_none_under_way(organisation: Organisation, blank: Blank) -> None:
    under_way = queries.under_way(organisation, blank)
    if under_way:
        raise Conflicting(
            "delivery-under-way",
            _("Isian sebelumnya masih diperiksa atau ditinjau, jadi yang baru belum dapat dikirim."),
            _("Tunggu jawabannya, atau musnahkan kiriman itu dahulu."),
            address=under_way.get_absolute_url(),
        )


def _check_no_small_changes(entry: Entry, blank: Blank) -> None:
    """Two published numbers of persons that differ by a few say that a few came or went."""
    counted = [column for column in blank.columns if column.people]
    for earlier in queries.published(blank, entry.organisation) if counted else ():
        for line, row in entry.values.items():
            before = earlier.values.get(line, {})
            for column in counted:
                if _few(row.get(column.name), before.get(column.name), column.people):
                    raise _changed_little(entry, blank, column, earlier.year)


def _changed_little(entry: Entry, blank: Blank, column: Column, year: int) -> Conflicting:
    about = {"label": worded(column.label), "year": year}
    return Conflicting(
        "changed-little",
        _("%(label)s: angkanya hampir sama dengan yang terbit untuk tahun %(year)s. Selisihnya dapat menunjuk orang.")
        % about,
        _("Kosongkan bidang itu, atau pakai angka yang sudah terbit."),
        address=queries.address(entry.organisation, blank, entry.year),
    )


def _few(now: object, then: object, k: int) -> bool:
    return isinstance(now, int) and isinstance(then, int) and 0 < abs(now - then) < k


def _years(entry: Entry, blank: Blank) -> list[int]:
    return [one.year for one in _others(entry, blank)]


def _others(entry: Entry, blank: Blank) -> list[Delivery]:
    """The newest published answers of every other year."""
    return [one for one in queries.newest(blank, entry.organisation) if one.year != entry.year]


def _parts(entry: Entry, blank: Blank) -> Iterator[tuple[str, str, int, Values]]:
    kode, name = entry.organisation.kode, entry.organisation.name
    years: dict[int, Values] = {one.year: one.values for one in _others(entry, blank)} | {entry.year: entry.values}
    yield from ((kode, name, year, years[year]) for year in sorted(years))
