"""JSON text into Python values that forget nothing: digits as written, members in order, also those named twice.

RFC 8259; JSON text sequences (RFC 7464) and JSON Lines are read as one array of their values.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lumbung.read.unreadable import Unreadable

LONG_NUMBER = re.compile(r"[0-9]{10}")
BETWEEN = re.compile(r"[\s\ufeff\x1e]*")


class Number(str):
    """A number, with the very characters it was written with."""

    __slots__ = ()


class Members(list[tuple[str, Any]]):
    """A JSON object: its members as pairs, in order; unlike a dict it keeps the first of two members of one name."""

    __slots__ = ()


Value: TypeAlias = Any  # None, bool, str, Number, list of values, Members


def values_of(text: str) -> list[Value]:
    """Every value of the text, usually one. Raise ValueError where it is not JSON, Unreadable("bomb") if too deep."""
    try:
        return list(_values(text))
    except RecursionError as error:
        raise Unreadable("bomb") from error


def _values(text: str) -> Iterator[Value]:
    decoder = json.JSONDecoder(
        object_pairs_hook=Members, parse_float=Number, parse_int=Number, parse_constant=Number, strict=False
    )
    position = _next(text, 0)
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        yield value
        position = _next(text, position)


def _next(text: str, position: int) -> int:
    found = BETWEEN.match(text, position)
    return found.end() if found else position


def is_scalar(value: Value) -> bool:
    """Whether the value is no array and no object."""
    return not isinstance(value, list)


def is_flat_array(value: Value) -> bool:
    """Whether the value is an array that holds no array and no object."""
    return isinstance(value, list) and not isinstance(value, Members) and all(map(is_scalar, value))


def written(value: Value) -> str | None:
    """The value as cell text: strings bare, numbers as they were, arrays and objects as JSON; null is None.

    Where a long number is among them a blank stands behind each comma: 3,3308 in an array is no number with a decimal
    comma, nor may it look like one. Where none is, there is no blank: short ones must not look like one in groups.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _compact(value)


def _joined(parts: list[str]) -> str:
    return (", " if any(LONG_NUMBER.search(part) for part in parts) else ",").join(parts)


def _compact(value: Value) -> str:
    if isinstance(value, Members):
        return "{" + _joined([f"{_quoted(name)}:{_compact(member)}" for name, member in value]) + "}"
    if isinstance(value, list):
        return "[" + _joined([_compact(one) for one in value]) + "]"
    if isinstance(value, str) and not isinstance(value, Number):
        return _quoted(value)
    return written(value) or "null"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
