"""JSON and lines of JSON: names, depths and spellings that a viewer would pass over."""

import json
from collections.abc import Callable

from tests.hiding import HidingPlace


def place(where: str, text: Callable[[str], str]) -> HidingPlace:
    """A row whose file is this text."""
    return HidingPlace(format="json", where=where, plant=lambda nik: text(nik).encode())


def escaped(nik: str) -> str:
    """The digits as escapes."""
    return "".join(f"\\u{ord(digit):04x}" for digit in nik)


PLACES = (
    place("a string", lambda nik: json.dumps({"desa": [{"nama": "Krajan", "kode": nik}]})),
    place("a number", lambda nik: f'{{"a": {nik}}}'),
    place("a number with a fraction", lambda nik: f'[{{"a": {nik}.0}}]'),
    place("a number with an exponent", lambda nik: f'[{{"a": {nik[0]}.{nik[1:]}e15}}]'),
    place("the name of a member", lambda nik: f'{{"a": {{"{nik}": 1}}}}'),
    place("digits as escapes", lambda nik: f'{{"a": "{escaped(nik)}"}}'),
    place("a member under another of the same name", lambda nik: f'[{{"a": {nik}, "a": 1}}]'),
    place("a list fifty lists deep", lambda nik: "[" * 50 + f'"{nik}"' + "]" * 50),
    place(
        "one row among a thousand, under a name of its own", lambda nik: json.dumps([{"a": 1}] * 999 + [{"x": nik}])
    ),
    place("behind the end of the value", lambda nik: f'{{"a": 1}}\n"{nik}"\n'),
    place("a remark, which JSON has not", lambda nik: f'{{"a": 1 /* {nik} */}}'),
    place("a line of its own among lines of JSON", lambda nik: f'{{"a": 1}}\n{{"a": 2}}\n{{"b": "{nik}"}}\n'),
    place("text inside text inside text", lambda nik: json.dumps({"a": json.dumps({"b": json.dumps({"c": nik})})})),
    place("behind a NUL escape", lambda nik: f'{{"a": "x\\u0000{nik}"}}'),
)
