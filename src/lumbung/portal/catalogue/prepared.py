"""Questions that are asked with every answer: Django writes each of them once in a process, then they are only asked.

Writing a question takes Django several times as long as the database needs to answer it. What is asked is the
queryset's own SQL, so that `queries.visible` goes on deciding alone what is public. No answer is kept.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Given = str | int
Writing = Callable[..., QuerySet[Any, Any]]


def rows_of(write: Writing, *given: Given) -> list[tuple[Any, ...]]:
    """The rows of the queryset that `write` makes of these values; only texts and whole numbers can be asked for.

    `write` is called once in a process, with marks in the place of the values: it must do nothing with them but
    compare columns with them, and nothing in it may change with time.
    """
    sql, parameters = sql_of(write, *given)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def sql_of(write: Writing, *given: Given) -> tuple[str, list[Any]]:
    """The same question and its parameters, to be asked as a part of a longer one."""
    marks = tuple(_mark(number, one) for number, one in enumerate(given))
    sql, parameters = _written(connection.vendor, write, marks)
    values = dict(zip(marks, given, strict=True))
    return sql, [values.get(one, one) for one in parameters]


def _mark(number: int, value: Given) -> Given:
    """What stands nowhere else in a question: a sign of Unicode's private area, or a number large enough."""
    return f"\ue000{number}" if isinstance(value, str) else 2_014_033_011 + number


@cache
def _written(vendor: str, write: Writing, marks: tuple[Given, ...]) -> tuple[str, tuple[Any, ...]]:
    """`vendor` is part of what is remembered: another database is asked in other words."""
    sql, parameters = write(*marks).query.sql_with_params()
    return sql, tuple(parameters)
