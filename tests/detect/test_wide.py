"""Grids of thousands of columns and few rows: nothing is passed over, and no column is asked one by one for long."""

import pytest

from tests.detect.people import found, many, nik, table

WIDTH = 3_000
NUMBER = nik()


def of_digits(rows: int) -> list[list[str | None]]:
    """One digit in each cell."""
    return [[f"{(7 * row + 3 * column) % 10}" for column in range(WIDTH)] for row in range(rows)]


def kinds(rows: list[list[str | None]]) -> set[str]:
    return {one.kind for one in found(table(rows))}


def test_digits_alone_are_nothing() -> None:
    assert not kinds(of_digits(2))


def test_a_number_among_thousands_of_columns() -> None:
    rows = of_digits(2)
    rows[1][2_345] = NUMBER
    assert "nik" in kinds(rows)


def test_a_number_in_sixteen_cells_beside_its_label() -> None:
    rows = of_digits(2)
    rows[0][1_200:1_217] = [None] * 17
    rows[1][1_200:1_217] = ["NIK", *NUMBER]
    assert "nik" in kinds(rows)


def test_a_number_in_sixteen_cells_beside_a_label_far_to_the_left() -> None:
    rows: list[list[str | None]] = [[None] * WIDTH for _ in range(2)]
    rows[1][0] = "NIK :"
    rows[1][2_000:2_016] = list(NUMBER)
    assert "nik" in kinds(rows)


@pytest.mark.parametrize("rows", [1, 2])
def test_numbers_side_by_side_prove_one_another(rows: int) -> None:
    numbers = many(50)
    size = len(numbers) // rows
    best = max(found(table([numbers[at : at + size] for at in range(0, 50, size)])), key=lambda one: one.hits)
    assert (best.kind, best.hits, best.place.column) == ("nik", size, None)
    assert best.chance < 1e-6
