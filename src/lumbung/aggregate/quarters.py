"""Quarters of a year, the periods in which events are printed: `2026-T3` is July to September."""

from datetime import date


def quarter_of(month: str) -> str:
    """The quarter of a month.

    >>> quarter_of("2026-07")
    '2026-T3'
    """
    year, number = month.split("-")
    return f"{year}-T{(int(number) + 2) // 3}"


def months_of(quarter: str) -> list[str]:
    """Its three months.

    >>> months_of("2026-T3")
    ['2026-07', '2026-08', '2026-09']
    """
    year, number = quarter.split("-T")
    return [f"{year}-{3 * int(number) - 2 + step:02d}" for step in range(3)]


def is_over(quarter: str, today: date) -> bool:
    """Whether its last day is past."""
    return f"{today:%Y-%m}" > months_of(quarter)[-1]
