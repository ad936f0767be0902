"""Numbers, sizes and moments as they are written in Indonesia: 1.234,5 and 3 Juni 2019 pukul 14.05 WIB."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

WIB = ZoneInfo("Asia/Jakarta")
NOTHING = "–"
STEPS = ("byte", "kB", "MB", "GB", "TB")


def number(value: int | float | Decimal | None, *, decimals: int | None = None) -> str:
    """`1234.5` as "1.234,5" (English: "1,234.5"); nothing as an en dash. A fraction is kept as it stands."""
    if value is None or value == "":
        return NOTHING
    return str(number_format(value, decimal_pos=decimals, force_grouping=True))


def size(value: int | None) -> str:
    """Bytes in the largest unit that leaves a figure of one or more, in steps of a thousand: "1,2 MB"."""
    if value is None:
        return NOTHING
    amount, step = float(value), 0
    while amount >= 1000 and step < len(STEPS) - 1:
        amount, step = amount / 1000, step + 1
    shown = round(amount, 1) if amount < 100 else round(amount)
    return f"{number(int(shown) if shown == int(shown) else shown)} {STEPS[step]}"


def moment(value: datetime | date | None) -> str:
    """A date in words; where it has a clock time, that time in WIB. Naive times are taken to be WIB already."""
    if not isinstance(value, datetime):
        return day(value)
    here = _here(value)
    clock = date_format(here, "H.i" if (get_language() or "id").startswith("id") else "H:i")
    return _("%(date)s pukul %(clock)s WIB") % {"date": day(here), "clock": clock}


def day(value: datetime | date | None) -> str:
    """A date in words, without the clock time; the day is that of WIB."""
    if value is None:
        return NOTHING
    return date_format(_here(value) if isinstance(value, datetime) else value, "j F Y")


def _here(value: datetime) -> datetime:
    return timezone.localtime(value, WIB) if timezone.is_aware(value) else value
