"""Who reads what was reported and answers it, who sees a contact, and how many reports are taken."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.incidents.models import Incident, Report

HOUR = timedelta(hours=1)
MOST_FROM_ONE = 10  # an hour; a whole village may share one address
MOST_ABOUT_ONE = 50  # an hour; more are counted, for the gate looks at the first as well as at the last
MAY_CALL = (Role.PETUGAS_PIKET, Role.PPDP)
MAY_END = (Role.WALIDATA, Role.PPDP)


class TooMany(Refused):
    """More than is taken in an hour (429)."""

    status = 429


class NotYet(Refused):
    """It comes by itself, later (409)."""

    status = 409


def check_sender(sender: str) -> None:
    """Raise TooMany where so many reports came from there within the hour."""
    if Report.objects.filter(sender=sender, received_at__gt=timezone.now() - HOUR).count() >= MOST_FROM_ONE:
        raise TooMany(
            "many-reports-from-here",
            _("Dari jaringan ini sudah banyak laporan dalam satu jam terakhir. Semuanya kami terima dan kami lihat."),
            _("Bila masih ada yang lain, silakan kirim lagi satu jam nanti."),
        )


def check_calls(person: Person, dataset: Dataset) -> None:
    """See a contact. Raise Refused unless the person is duty officer or PPDP for the organisation."""
    if not organisations_where(person, *MAY_CALL).filter(pk=dataset.organisation_id).exists():
        raise Refused(
            "may-not-call",
            _("Kontak pelapor hanya dibuka oleh petugas piket dan PPDP."),
            _("Mintalah mereka menghubungi pelapor."),
        )


def is_on_duty(person: Person, incident: Incident, *roles: Role) -> bool:
    """Whether the person has one of the roles where the incident is: for the whole portal, over a whole regency."""
    where = organisations_where(person, *roles)
    mine = where.filter(pk=incident.place.pk) if incident.place else where.filter(depth=1)
    return bool(mine.exists())


def check_acts(person: Person, incident: Incident) -> None:
    """Gather, write, tick off. Raise Refused unless the person may close what the incident is about."""
    if not is_on_duty(person, incident, *MAY_CLOSE):
        raise Refused(
            "may-not-act",
            _("Insiden ini ditangani oleh petugas piket, walidata, PPDP, dan admin organisasinya."),
            _("Sampaikan kepada mereka yang Anda ketahui."),
        )


def check_ends(person: Person, incident: Incident) -> None:
    """End it, sign its letters, hand out its evidence. Raise Refused unless the person is walidata or PPDP there."""
    if not is_on_duty(person, incident, *MAY_END):
        raise Refused(
            "may-not-end",
            _("Insiden dinyatakan selesai oleh walidata atau PPDP."),
            _("Sampaikan kepada mereka bila semuanya sudah beres."),
        )


def about_one_is_full(dataset: Dataset) -> bool:
    """Whether so many reports about it were kept within the hour that the next is only counted."""
    kept = Report.objects.filter(matter__dataset=dataset, received_at__gt=timezone.now() - HOUR)
    return kept.count() >= MOST_ABOUT_ONE
