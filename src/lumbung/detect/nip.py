"""NIP and NI PPPK, the number of a civil servant: it spells out birth date, sex and the month of appointment.

Source: Perka BKN 22/2007: YYYYMMDD of birth, YYYYMM of appointment (21 and on for PPPK, by contract), 1 or 2 for the
sex, three digits serial. Staff are named by law in many lists; the birth date in the number is still theirs.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.masking import samples
from lumbung.detect.view import View

KIND = "nip"
SHAPE = (
    r"(?:^|[^0-9.,])(?:19[3-9][0-9]|20[01][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?"
    r"(?:19[6-9][0-9]|20[0-4][0-9])(?:0[1-9]|1[0-2]|2[1-9]) ?[12] ?[0-9]{3}(?:[^0-9]|$)"
)
SHORTEST, LONGEST = 18, 120
"""In bytes; beside the number the cell may hold the name."""
LEAST = 2
"""Without a header one such number may be chance."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) of such numbers; two of them need no header."""
    headed = {column for header in view.sheet.headers for column, role in header.roles.items() if role == KIND}
    for column in sorted(headed | {column for column, counts in view.counts.items() if counts["residue"]}):
        cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row")
        hits = cells.filter(cells["cell"].str.len_bytes().is_between(SHORTEST, LONGEST)).filter(
            pl.col("cell").str.contains(SHAPE)
        )
        for section in view.sheet.sections(column):
            own, is_headed = section.cut(hits), section.role == KIND
            if own.height >= (1 if is_headed else LEAST):
                yield Finding(
                    kind=KIND,
                    place=rows.place(view.sheet.table, column, own["row"], header=section.text),
                    hits=own.height,
                    of=int((section.cut(cells)["cell"].str.len_bytes() > 0).sum()),
                    evidence={"header": 1.0} if is_headed else {"structure": 1.0},
                    masked=samples([str(cell) for cell in own["cell"].head(3 if evidence else 0)]),
                )
