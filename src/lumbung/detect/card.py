"""A photographed or typed identity card, known by its labels even where no number on it can be spelled.

Source: Perpres 26/2009 as changed by Perpres 112/2013, annex on the form of the KTP-el; Permendagri 109/2019 for the
family card. An empty form has the labels too: a card has a date, or the words for a card without an end, beside them.
"""

import re
from collections.abc import Iterator, Sequence

from lumbung.detect.finding import Finding
from lumbung.detect.view import View
from lumbung.document import Passage

KIND = "card"
TALLEST, WIDEST = 200, 12
"""A larger grid is no card."""
LEAST = 5
_LABELS = tuple(
    re.compile(label, re.IGNORECASE)
    for label in (
        *(r"\bnik\b", r"\bnama\b", r"\btempat\W*(?:/|tgl|tanggal)\W*(?:tgl)?\W*lahir", r"\bjenis\W*kelamin\b"),
        *(r"\bgol\w*\W*darah\b", r"\bal[ao]mat\b", r"\brt\W*/?\W*rw\b", r"\bkel\w*\W*/?\W*desa\b", r"\bkecamatan\b"),
        *(r"\bagama\b", r"\bstatus\W*perkawinan\b", r"\bpekerjaan\b", r"\bkewarganegaraan\b"),
    )
)
_MARKS = re.compile(r"berlaku\W*hingga|kartu\W*keluarga|kepala\W*keluarga", re.IGNORECASE)
# The head of a KTP whose lower edge is cut off or under a thumb; letters are what a camera makes of digits.
_HEAD = re.compile(
    r"\bprovinsi\b.{0,80}?\b(?:kabupaten|kota)\b.{0,80}?\bnik\b\W{0,12}[\dOIlSB]{14,17}\b", re.IGNORECASE | re.DOTALL
)
_FILLED = re.compile(r"seumur\W*hidup|(?<!\d\.)\b\d{2}\W{1,2}\d{2}\W{1,2}(?:19|20)\d{2}\b", re.IGNORECASE)


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for a small grid that is such a card. Shows no sample."""
    texts = view.sheet.table.texts
    if texts.height <= TALLEST and texts.width <= WIDEST:
        labels = _labels(" \n ".join(cell for row in texts.iter_rows() for cell in row if cell))
        if labels:
            yield Finding(kind=KIND, place=view.sheet.table.place, hits=labels, of=labels)


def search(passages: Sequence[Passage]) -> Iterator[Finding]:
    """One finding for each passage that is not raw and reads like a card; `hits` counts labels."""
    for passage in passages:
        labels = 0 if passage.swept else _labels(passage.text)
        if labels:
            yield Finding(kind=KIND, place=passage.place, hits=labels, of=labels)


def _labels(text: str) -> int:
    """How many labels of a filled card the text holds; 0 where it is none."""
    if not ((_MARKS.search(text) or _HEAD.search(text)) and _FILLED.search(text)):
        return 0
    found = sum(bool(label.search(text)) for label in _LABELS)
    return found if found >= LEAST else 0
