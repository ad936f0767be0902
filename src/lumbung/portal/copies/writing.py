"""What runs in the confined child that reads the register: every copy written, marked and sealed before it leaves.

Imports the engine and the seal alone. What lies in the folder afterwards is ciphertext and keyed numbers.
"""

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from lumbung import gate
from lumbung.portal.intake.seal import Sealer
from lumbung.trace import fingerprint, marks
from lumbung.tracing import canaries, copies, written
from lumbung.tracing.copies import Prepared
from lumbung.tracing.printed import Stamp

AT_ONCE = 200  # rows that a page of the viewing room may ask for


def write(*, file: BinaryIO, folder: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Write `N.sealed` for each copy, under its own key, and beside them keyed numbers alone.

    `wish`: secret, trace_key and the keys (hexadecimal), ids (uuids that seals are bound to), recipients, sentence,
    columns, shown, fifth, canaries, form, at (ISO). Beside the copies lie `keys` and `units` (the rows handed out),
    `prints` (name with birth date, under trace_key) and, for each copy with invented residents, `N.canaries`.
    Gives `code`, `rows` and `marked`.
    """
    try:
        document = gate.countable(file)
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    place, secret, at = Path(folder), bytes.fromhex(wish["secret"]), date.fromisoformat(wish["at"])
    made = copies.prepared(document, secret=secret, at=at)
    del document
    if not made.marked:
        return {"code": "nothing-to-mark"}
    known, units = copies.roll(made)
    (place / "keys").write_bytes(known.tobytes())
    (place / "units").write_bytes(units.tobytes())
    (place / "prints").write_bytes(_prints(made, wish).tobytes())
    for number in range(len(wish["recipients"])):
        guests = canaries.invented(made, secret=secret, copy=number, count=wish["canaries"], at=at)
        if wish["canaries"]:
            (place / f"{number}.canaries").write_bytes(_prints(guests, wish).tobytes())
        _seal(place / f"{number}.sealed", _one(copies.joined(made, guests), wish, number), wish, number)
    return {"code": "", "rows": made.texts.height, "marked": made.marked}


def page(*, file: BinaryIO, columns: list[str], at: str, start: int, count: int) -> dict[str, Any]:
    """So many rows of a register from `start` (from 0), whole: for the viewing room alone, which keeps none of it.

    Gives `code`, `rows` in all, `headings`, and `cells`: a list of texts for each row.
    """
    from lumbung.tracing import rows

    try:
        texts, people = rows.as_written(gate.countable(file), at=date.fromisoformat(at))
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    whole = [people[name].fill_null(texts[name]) for name in copies.NUMBERS]
    shown = texts.with_columns(whole).with_columns(texts["birth"].dt.strftime("%d-%m-%Y"))
    chosen = [name for name in copies.HEADINGS if name in columns]
    some = shown.select(chosen).slice(start, min(count, AT_ONCE))
    headings = [copies.HEADINGS[name] for name in chosen]
    return {"code": "", "rows": texts.height, "headings": headings, "cells": [list(row) for row in some.rows()]}


def _one(made: Prepared, wish: dict[str, Any], number: int) -> bytes:
    """The plain bytes of one copy."""
    secret = bytes.fromhex(wish["secret"])
    told = marks.carriers(made.keys, secret=secret, copy=number)
    table = copies.copied(made, told, columns=wish["columns"], shown=wish["shown"], fifth=wish["fifth"])
    code = marks.codes(secret, number + 1)[number]
    stamp = Stamp(recipient=wish["recipients"][number], code=code, sentence=wish["sentence"])
    return written.as_file(table, form=wish["form"], stamp=stamp)


def _seal(path: Path, plain: bytes, wish: dict[str, Any], number: int) -> None:
    sealer = Sealer(bytes.fromhex(wish["keys"][number]), bound_to=bytes.fromhex(wish["ids"][number]))
    path.write_bytes(sealer.update(plain) + sealer.finish())


def _prints(made: Prepared, wish: dict[str, Any]) -> np.ndarray:
    """Name with birth date: of all that a copy shows, the one thing by which its people are known again."""
    return fingerprint.prints(made.people, key=bytes.fromhex(wish["trace_key"]))["name-birth"].numbers
