"""One cell of a blank: from what a person typed to a value, or to a sentence that says what is expected.

Numbers are written the Indonesian way (1.250.000,5), and understood the machine's way where that is not ambiguous.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.aggregate import typed
from lumbung.aggregate.typed import LONGEST_TEXT, Value
from lumbung.portal.design import wording
from lumbung.portal.intake.blanks.definition import Column, worded


class Wrong(Exception):
    """What was typed is no value of this column; `sentence` tells the person what is."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__("wrong")
        self.sentence = sentence


def value_of(text: str, column: Column) -> Value | None:
    """The value; None where nothing was typed ("-" counts as nothing). Raise Wrong."""
    given = " ".join(text.split())
    if given in ("", "-", "–"):
        return None
    if column.kind == "choice":
        return _choice(given, column)
    if column.kind == "text":
        return _text(given)
    number = _decimal(given) if column.kind == "number" else _whole(given, column)
    if number > column.most:
        raise Wrong(_("Angkanya terlalu besar; paling besar %(most)s.") % {"most": wording.number(column.most)})
    if column.people and 0 < number < column.people:
        raise Wrong(
            _("Angka 1 sampai %(most)s dapat menunjuk orang. Kosongkan saja; yang kosong tidak berarti nol.")
            % {"most": column.people - 1}
        )
    return number


def shown(value: Value | None) -> str:
    """The value as a form shows it."""
    return "" if value is None else value if isinstance(value, str) else wording.number(value)


def _whole(given: str, column: Column) -> int:
    number = typed.whole(given, money=column.kind == "money")
    if number is not None:
        return number
    if column.kind == "money":
        raise Wrong(_("Isi dengan rupiah bulat tanpa huruf, misalnya 1.250.000. Bila tidak ada, isi 0."))
    raise Wrong(_("Isi dengan bilangan bulat, misalnya 12. Bila tidak ada, isi 0."))


def _decimal(given: str) -> int | float:
    number = typed.decimal(given)
    if number is None:
        raise Wrong(_("Isi dengan angka, misalnya 12,5. Bila tidak ada, isi 0."))
    return number


def _choice(given: str, column: Column) -> str:
    for choice in column.choices:
        if choice.casefold() == given.casefold():
            return choice
    raise Wrong(
        _("Pilih salah satu dari daftarnya: %(choices)s.") % {"choices": ", ".join(map(worded, column.choices))}
    )


def _text(given: str) -> str:
    if len(given) > LONGEST_TEXT:
        raise Wrong(_("Tulis dengan singkat, paling panjang %(longest)s huruf.") % {"longest": LONGEST_TEXT})
    if typed.DIGITS.search(given):
        raise Wrong(_("Jangan menulis nomor di sini: nomor orang dan nomor telepon tidak boleh ikut terbit."))
    if typed.COUNTED.search(given):
        raise Wrong(_("Jangan menulis banyaknya orang di sini: jumlah orang hanya terbit dari statistik."))
    if not typed.TEXT.fullmatch(given):
        raise Wrong(_("Mulai dengan huruf, dan pakai huruf, angka, serta tanda baca biasa saja."))
    return given
