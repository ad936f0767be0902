"""One cell of a blank: from what a person typed to a value, or to a sentence that says what is expected.

Numbers are written the Indonesian way (1.250.000,5), and understood the machine's way where that is not ambiguous.
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.design import wording
from lumbung.portal.intake.blanks.definition import Column

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


class Wrong(Exception):
    """What was typed is no value of this column; `sentence` tells the person what is."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__("wrong")
        self.sentence = sentence


def value_of(text: str, column: Column) -> Value | None:
    """The value; None where nothing was typed ("-" counts as nothing). Raise Wrong."""
    typed = " ".join(text.split())
    if typed in ("", "-", "–"):
        return None
    if column.kind == "choice":
        return _choice(typed, column)
    if column.kind == "text":
        return _text(typed)
    number = _decimal(typed) if column.kind == "number" else _whole(typed, column)
    if number > column.most:
        raise Wrong(_("Angkanya terlalu besar; paling besar %(most)s.") % {"most": wording.number(column.most)})
    return number


def shown(value: Value | None) -> str:
    """The value as a form shows it."""
    return "" if value is None else value if isinstance(value, str) else wording.number(value)


def _whole(typed: str, column: Column) -> int:
    plain = NOUGHT_CENTS.sub("", CURRENCY.sub("", typed)) if column.kind == "money" else typed
    if GROUPED.fullmatch(plain) or PLAIN.fullmatch(plain):
        return int(plain.replace(".", ""))
    if column.kind == "money":
        raise Wrong(_("Isi dengan rupiah bulat tanpa huruf, misalnya 1.250.000. Bila tidak ada, isi 0."))
    raise Wrong(_("Isi dengan bilangan bulat, misalnya 12. Bila tidak ada, isi 0."))


def _decimal(typed: str) -> int | float:
    if match := DECIMAL.fullmatch(typed):
        whole = int(match[1].replace(".", ""))
        return float(f"{whole}.{match[2]}") if match[2] else whole
    if POINT.fullmatch(typed):
        return float(typed)
    raise Wrong(_("Isi dengan angka, misalnya 12,5. Bila tidak ada, isi 0."))


def _choice(typed: str, column: Column) -> str:
    for choice in column.choices:
        if choice.casefold() == typed.casefold():
            return choice
    raise Wrong(_("Pilih salah satu dari daftarnya: %(choices)s.") % {"choices": ", ".join(column.choices)})


def _text(typed: str) -> str:
    if len(typed) > LONGEST_TEXT:
        raise Wrong(_("Tulis dengan singkat, paling panjang %(longest)s huruf.") % {"longest": LONGEST_TEXT})
    if DIGITS.search(typed):
        raise Wrong(_("Jangan menulis nomor di sini: nomor orang dan nomor telepon tidak boleh ikut terbit."))
    if not TEXT.fullmatch(typed):
        raise Wrong(_("Mulai dengan huruf, dan pakai huruf, angka, serta tanda baca biasa saja."))
    return typed
