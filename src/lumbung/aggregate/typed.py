"""What a person types into a blank, as values: numbers written the Indonesian way (1.250.000,5), and short names.

The machine's way of writing is understood where it is not ambiguous. No value can hold a person but a name of a place
or a thing, which is short, has no long number in it and counts nobody.
"""

import re

Value = int | float | str
LONGEST_TEXT = 60
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
PLAIN = re.compile(r"\d{1,15}")
DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,4}))?")
POINT = re.compile(r"\d{1,12}\.(\d{1,2}|\d{4})")
CURRENCY = re.compile(r"(?i)^rp\.?\s*")
NOUGHT_CENTS = re.compile(r",0{1,2}$|,-$")
TEXT = re.compile(r"[^\W\d_][\w .,'()/&-]*")
DIGITS = re.compile(r"\d(?:[ .\-/]?\d){4,}")  # a text has no use for five digits or more
COUNTED = re.compile(r"(?i)\b\d+\W{0,3}(orang|org|jiwa|kk|warga|penduduk|keluarga|laki|perempuan|pria|wanita)")


def whole(typed: str, *, money: bool = False) -> int | None:
    """A whole number, with `money` also as an amount of rupiah; None where it is none.

    >>> whole("1.250"), whole("Rp 1.250.000,-", money=True), whole("12,5")
    (1250, 1250000, None)
    """
    plain = NOUGHT_CENTS.sub("", CURRENCY.sub("", typed)) if money else typed
    fits = typed.isascii() and (GROUPED.fullmatch(plain) or PLAIN.fullmatch(plain))
    return int(plain.replace(".", "")) if fits else None


def decimal(typed: str) -> int | float | None:
    """A number with or without decimals; None where it is none.

    >>> decimal("1.250,5"), decimal("12.5"), decimal("dua belas")
    (1250.5, 12.5, None)
    """
    if not typed.isascii():
        return None
    if match := DECIMAL.fullmatch(typed):
        number = int(match[1].replace(".", ""))
        return float(f"{number}.{match[2]}") if match[2] else number
    return float(typed) if POINT.fullmatch(typed) else None


def written(value: float) -> str:
    """A number the Indonesian way, with four decimals at most.

    >>> written(1250.5), written(2000000), written(7.0)
    ('1.250,5', '2.000.000', '7')
    """
    number, _, decimals = f"{value:,.4f}".partition(".")
    rest = decimals.rstrip("0")
    return number.replace(",", ".") + (f",{rest}" if rest else "")
