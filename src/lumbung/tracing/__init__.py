"""From a stranger's file to fingerprints and figures, in one confined child: people go in, only numbers come out.

The walk through three rooms: the gate opens the file, `rows` finds the persons in it, `trace` makes fingerprints of
them and counts. What goes back to the caller are counts, dates and keyed fingerprints, never a value.
"""

import base64
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import gate

__all__ = ["collected", "figures", "fingerprints", "leaked", "mark"]

MOST_TOLD = 2_000_000  # fingerprints that come back in one answer: sixteen megabytes, twenty-two as text


def fingerprints(*, file: BinaryIO, key: str, at: str, folder: str, guess: bool) -> dict[str, Any]:
    """Write the fingerprints of everybody in a file into `folder`; in a confined child only.

    For each kind KIND.rows (uint32) and KIND.numbers (uint64), little-endian. `key` is hexadecimal, `at` the day that
    two-digit years are read by (ISO). `guess` is for asking: everybody is taken once, and what is asked of numbers
    that lost their last digit is added. Gives `code` ("" or why nothing came of it), `rows` read, `people` taken, and
    `vintage` as trace.vintage gives it.
    """
    from lumbung.trace import fingerprint, vintage
    from lumbung.tracing import rows

    try:
        document = gate.countable(file)
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    people = rows.people(document, at=date.fromisoformat(at))
    del document
    if people.is_empty():
        return {"code": "nobody"}
    read = people.height
    if guess:
        people = rows.once(people)
    made = fingerprint.prints(people, key=bytes.fromhex(key), guess=guess)
    for kind, prints in made.items():
        (Path(folder) / f"{kind}.rows").write_bytes(prints.rows.astype("<u4").tobytes())
        (Path(folder) / f"{kind}.numbers").write_bytes(prints.numbers.tobytes())
    when = vintage.extracted(people, latest=date.fromisoformat(at))
    return {"code": "", "rows": read, "people": people.height, "vintage": when.as_dict() if when else {}}


def collected(*, file: BinaryIO, key: str, at: str) -> dict[str, Any]:
    """Give the fingerprints of everybody in a file, to be kept; in a confined child only, which needs no folder.

    `key` and `at` as in `fingerprints`. Gives `code` ("" or why there are none: "not-wholly-read", "nobody", or
    "too-many" beyond MOST_TOLD, for which `fingerprints` has to be asked), `rows` read, and `numbers`: for each kind
    its different fingerprints, ascending, as base64 of uint64 in little-endian.
    """
    import numpy as np

    from lumbung.trace import fingerprint
    from lumbung.tracing import rows

    try:
        people = rows.people(gate.countable(file), at=date.fromisoformat(at))
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    if people.is_empty():
        return {"code": "nobody"}
    if people.height * len(fingerprint.KINDS) > MOST_TOLD:
        return {"code": "too-many"}
    made = fingerprint.prints(people, key=bytes.fromhex(key))
    told = {kind: base64.b64encode(np.unique(one.numbers).tobytes()).decode() for kind, one in made.items()}
    return {"code": "", "rows": people.height, "numbers": told}


def figures(*, file: BinaryIO, sizes: Sequence[int], at: str) -> dict[str, Any]:
    """Count one sample, or two of the same whole; in a confined child only.

    `file` holds files of these `sizes` (bytes), one after the other; `at` is the day that two-digit years are read by
    (ISO). Gives `code`, `samples` as trace.figures counts them, and for two of them `both`: people who are in each.
    """
    from lumbung.detect import regions
    from lumbung.trace import figures as counting
    from lumbung.tracing import rows

    samples = []
    for size in sizes:
        try:
            people = rows.people(gate.countable(io.BytesIO(file.read(size))), at=date.fromisoformat(at))
        except gate.NotTheInspectedFile:
            return {"code": "not-wholly-read"}
        if people.is_empty():
            return {"code": "nobody"}
        samples.append(people)
    counted = [
        counting.count(people, levels=regions.levels(), latest=date.fromisoformat(at)).as_dict() for people in samples
    ]
    return {"code": "", "samples": counted, "both": counting.in_both(*samples) if len(samples) == 2 else 0}


def among(*, file: BinaryIO, key: str, at: str, watched: Sequence[int]) -> list[int]:
    """Which of the `watched` fingerprints (name with birth date) are of somebody in the file, by their places.

    In a confined child only. Nobody is found in a file that is not wholly read: the gate holds it for that.
    """
    from lumbung.trace import fingerprint
    from lumbung.tracing import rows

    try:
        people = rows.people(gate.countable(file), at=date.fromisoformat(at))
    except gate.NotTheInspectedFile:
        return []
    here = set(fingerprint.prints(people, key=bytes.fromhex(key))["name-birth"].numbers.tolist())
    return [place for place, number in enumerate(watched) if number in here]


def mark(*, file: BinaryIO, secret: str, copies: int, at: str, folder: str) -> dict[str, Any]:
    """Write `copies` marked copies of a list into `folder` as 0.csv, 1.csv, ...; in a confined child only.

    Beside them `keys` (uint64, ascending) and `units` (int64): the rows that were handed out, and their hamlets.
    `secret` is hexadecimal. Gives `code`, `rows`, and how many of them are `marked`.
    """
    from lumbung.rebuild import formats
    from lumbung.trace import marks
    from lumbung.tracing import copies as making

    try:
        document = gate.countable(file)
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    made = making.prepared(document, secret=bytes.fromhex(secret), at=date.fromisoformat(at))
    if not made.marked:
        return {"code": "nothing-to-mark"}
    for copy in range(copies):
        told = marks.carriers(made.keys, secret=bytes.fromhex(secret), copy=copy)
        formats.write_csv(making.copied(made, told).drop("line"), Path(folder) / f"{copy}.csv")
    known, units = making.roll(made)
    (Path(folder) / "keys").write_bytes(known.tobytes())
    (Path(folder) / "units").write_bytes(units.tobytes())
    return {"code": "", "rows": made.texts.height, "marked": made.marked}


def leaked(*, file: BinaryIO, secret: str, copies: int, at: str, folder: str) -> dict[str, Any]:
    """Write by what the rows of a leaked file are known again: `keys` (uint64), `places` and `lines` (int8, -1: none).

    In a confined child only. Gives `code`, `rows`, `people` (different ones), and `codes`: the numbers of the copies
    whose code stands in the file, out of so many `copies`.
    """
    from lumbung.trace import marks
    from lumbung.tracing import leaks

    try:
        document = gate.countable(file)
    except gate.NotTheInspectedFile:
        return {"code": "not-wholly-read"}
    known = bytes.fromhex(secret)
    file.seek(0)
    content = file.read()
    leak = leaks.leak(document, content, secret=known, at=date.fromisoformat(at))
    if leak is None:
        return {"code": "nobody"}
    for name, numbers in (("keys", leak.keys), ("places", leak.places), ("lines", leak.lines)):
        (Path(folder) / name).write_bytes(numbers.tobytes())
    found = leaks.codes_in(document, content, marks.codes(known, copies))
    people = len(set(leak.keys.tolist()) - {0})
    return {"code": "", "rows": len(leak.keys), "people": people, "codes": found}
