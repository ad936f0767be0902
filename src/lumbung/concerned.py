"""How many people files concern, in one confined child: files go in, only counts and known headings come out.

For whoever has to tell the people after a leak (UU 27/2022 art. 46): how many, how many children among them, which
kinds of facts. What could not be read is said as unread, never guessed.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from lumbung import gate, register

__all__ = ["count"]

CHILD = 18  # years; UU 35/2014 art. 1
MOST_HEADINGS = 40


def count(*, file: BinaryIO, sizes: Sequence[int], at: str) -> dict[str, Any]:
    """Count the people of several files, each person once; in a confined child only.

    `file` holds files of these `sizes` (bytes), one after the other; `at` (ISO) is the day on which ages are counted.
    Gives `people`, `children` (under 18), `age_unknown`, `families`, `headings` (only those whose every word is known)
    and `unread`: how many files could not be read wholly, so that the counts are the least there can be.
    """
    import polars as pl

    frames, headings, unread = [], set(), 0
    for size in sizes:
        try:
            document = gate.countable(io.BytesIO(file.read(size)))
        except gate.NotTheInspectedFile:
            unread += 1
            continue
        mapping = register.recognise(document)
        frames.append(register.concerned(document, mapping=mapping, at=date.fromisoformat(at)))
        headings |= {register.shown(column.heading) for table in mapping.tables for column in table.columns}
        headings |= {register.shown(heading) for heading in mapping.unmapped}
    people = pl.concat(frames).unique("person", keep="first", maintain_order=True) if frames else pl.DataFrame()
    return {
        "people": people.height,
        "children": people.filter(pl.col("age") < CHILD).height if people.height else 0,
        "age_unknown": people["age"].null_count() if people.height else 0,
        "families": people["family"].drop_nulls().n_unique() if people.height else 0,
        "headings": sorted(gate.scrub(heading) for heading in headings if heading)[:MOST_HEADINGS],
        "unread": unread,
    }
