"""Numbers that look issued and never were: NIK, nomor KK and the temporary numbers of village systems.

Layout after PP 37/2007 art. 36-37: six digits of the region of first registration, DDMMYY of birth with 40 added to
a woman's day, four digits of serial. The office counts serials from 0001 for each kecamatan, date and sex, so that
9000-9999 stay unused; everything here keeps to them.
"""

from datetime import date

FIRST_SERIAL = 9000
LAST_SERIAL = 9999


def nik(*, region: str, birth: date, female: bool, serial: int) -> str:
    """Sixteen digits. Raise ValueError for a region that is not six digits or a serial that might be somebody's.

    >>> nik(region="330813", birth=date(1990, 4, 5), female=True, serial=9001)
    '3308134504909001'
    """
    return _joined(region=region, day=birth.day + 40 * female, on=birth, serial=serial)


def nomor_kk(*, region: str, recorded: date, serial: int) -> str:
    """Sixteen digits with the date on which the family was recorded; the day never carries 40.

    >>> nomor_kk(region="330813", recorded=date(2011, 12, 30), serial=9123)
    '3308133012119123'
    """
    return _joined(region=region, day=recorded.day, on=recorded, serial=serial)


def temporary(*, village: str, serial: int) -> str:
    """What OpenSID writes while the number is not known: 0, the ten digits of the village, five of serial.

    >>> temporary(village="99.01.03.2001", serial=9001)
    '0990103200109001'
    """
    return f"0{village.replace('.', '')}{_safe(serial):05d}"


def _joined(*, region: str, day: int, on: date, serial: int) -> str:
    if len(region) != 6 or not region.isdigit():
        raise ValueError("a region is six digits")
    return f"{region}{day:02d}{on:%m%y}{_safe(serial):04d}"


def _safe(serial: int) -> int:
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        raise ValueError("an invented serial lies between 9000 and 9999")
    return serial
