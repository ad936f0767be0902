"""What runs in the confined child when a filled workbook comes back: the cells of its first sheet as text.

Imports the gate alone. `file` is a stranger's file that the gate did not hold.
"""

from typing import Any, BinaryIO

from lumbung import gate

MOST_ROWS = 200
MOST_COLUMNS = 16
LONGEST = 200


def read(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """`rows` of the first table, "" for an empty cell; a number is written the Indonesian way, with a comma.

    Raise gate.NotTheInspectedFile.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    if not document.tables:
        return {"rows": []}
    table = document.tables[0]
    texts = table.texts.head(MOST_ROWS)
    columns = [
        [_text(text, number) for text, number in zip(texts[letter], _numbers(table, letter), strict=False)]
        for letter in texts.columns[:MOST_COLUMNS]
    ]
    return {"rows": [list(row) for row in zip(*columns, strict=True)]}


def _numbers(table: Any, letter: str) -> list[float | None]:
    if letter in table.numbers.columns:
        return list(table.numbers[letter].head(MOST_ROWS))
    return [None] * min(table.texts.height, MOST_ROWS)


def _text(text: str | None, number: float | None) -> str:
    if number is not None:
        return str(int(number)) if number == int(number) else repr(number).replace(".", ",")
    return (text or "")[:LONGEST]
