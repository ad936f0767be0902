"""A filled workbook on its way into the form: inspected first, read in a confined child, never kept."""

from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from lumbung import confine, gate
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.intake.blanks.workbook import Filled, Lacking, understood


def filled_in(file: BinaryIO, *, name: str) -> Filled:
    """What the workbook says. Raise Unfit where the gate holds it, or where it is no blank of ours."""
    inspection = gate.inspect(file, name=name)
    if inspection.verdict is gate.Verdict.HOLD:
        raise Unfit(
            "filled-blank-held",
            _("Berkas ini ditahan pemeriksa, jadi isinya tidak dimasukkan ke formulir dan tidak kami simpan."),
            _("Pastikan tidak ada nama, NIK, atau nomor telepon orang di dalamnya, lalu coba lagi."),
        )
    try:
        found = understood(cells_of(file, inspection))
    except confine.Ended:
        raise _no_blank() from None
    except Lacking as lacking:
        raise _lacking(lacking.headings) from None
    if found is None:
        raise _no_blank()
    return found


def cells_of(file: BinaryIO, inspection: gate.Inspection) -> list[list[str]]:
    """The cells of the first sheet, as a confined child reads them. Raise confine.Ended."""
    said = confine.call(
        "lumbung.portal.intake.blanks.reading:read",
        file=file,
        arguments={"inspection": inspection.as_dict()},
        limits=gate.limits(),
    )
    return [[str(cell) for cell in row] for row in said["rows"]]


def _lacking(headings: Sequence[str]) -> Unfit:
    named = ", ".join(f"“{heading}”" for heading in headings)
    return Unfit(
        "blank-lacks-headings",
        _("Di blangko ini tidak ditemukan judul kolom %(headings)s, jadi isinya belum dapat dimasukkan.")
        % {"headings": named},
        _("Kembalikan judul kolom itu persis seperti di blangko aslinya; urutannya boleh berbeda."),
    )


def _no_blank() -> Unfit:
    return Unfit(
        "no-blank",
        _("Ini bukan blangko yang diunduh dari sini, jadi kami tidak tahu kotak mana yang diisi."),
        _("Unduh blangkonya dari halaman isian, isi kotak yang kuning, lalu unggah lagi."),
    )
