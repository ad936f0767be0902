"""Where named persons live, as coordinates.

Source: UU 27/2022 art. 4(3), data that combined identify a person; the register of the village information system has
`lat` and `lng` for every house. Coordinates of schools, bridges and posts have no person's name beside them.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "home-coordinates"
SHAPES = {
    "latitude": r"^'?-?(?:1[01]|[0-9])[.,][0-9]{3,}$",
    "longitude": r"^'?(?:9[4-9]|1[0-3][0-9]|14[01])[.,][0-9]{3,}$",
    "coordinates": r"-?(?:1[01]|[0-9])[.,][0-9]{3,}[°SLU ,;/]+(?:9[4-9]|1[0-3][0-9]|14[01])[.,][0-9]{3,}",
}
"""Of places in Indonesia: 11 degrees south to 6 north, 94 to 141 east, to a hundred metres or closer."""


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of latitudes or of pairs, in rows that name people. Shows no sample."""
    table = view.sheet.table
    for layout, people in view.crowds:
        for column, role in layout.roles.items():
            if people.names and role in ("latitude", "coordinates"):
                cells = layout.cut(pl.DataFrame({"cell": table.texts[column]}).with_row_index("row"))
                hits = cells.filter(pl.col("cell").str.contains(SHAPES[role]))
                if hits.height:
                    yield Finding(
                        kind=KIND,
                        place=rows.place(table, column, hits["row"], header=layout.texts.get(column)),
                        hits=hits.height,
                        of=int((cells["cell"].str.len_bytes() > 0).sum()),
                        evidence={
                            "header": 1.0,
                            "beside-names": max(people.names.values()),
                            **({"public-role": 1.0} if people.office else {}),
                        },
                    )
