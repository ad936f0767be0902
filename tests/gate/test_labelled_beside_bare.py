"""A number that its own cell names is held, whatever other numbers stand in its column: more is never less."""

import io
from datetime import date

import pytest

from lumbung import gate
from lumbung.invent import nik

NUMBERS = [nik(region="330801", birth=date(1960 + n, 1, 3), female=False, serial=9001 + n) for n in range(9)]
NAMED = f"ktp {NUMBERS[0]}"


@pytest.mark.parametrize("heading", ["keterangan", NUMBERS[0], NUMBERS[1]], ids=["plain", "same", "another"])
@pytest.mark.parametrize("bare", [0, 1, 2, 4, 8])
def test_bare_numbers_beside_it_do_not_make_it_doubtful(heading: str, bare: int) -> None:
    rows = [f"Dusun {at},{cell}" for at, cell in enumerate([NAMED, *NUMBERS[1 : bare + 1]])]
    table = "\n".join([f"dusun,{heading}", *rows, ""])
    assert gate.inspect(io.BytesIO(table.encode()), name="a.csv").verdict is gate.Verdict.HOLD


def test_a_lone_bare_number_still_waits_for_a_person() -> None:
    table = f"dusun,keterangan\nMelati,{NUMBERS[0]}\n"
    assert gate.inspect(io.BytesIO(table.encode()), name="a.csv").verdict is gate.Verdict.REVIEW
