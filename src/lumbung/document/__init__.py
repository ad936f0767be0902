"""What an opened file looks like, and the shape of a resident. Nouns only: no behaviour, no reading, no judging.

`read` makes a Document, `detect` looks at it, `rebuild` writes its tables anew; `register` finds residents in it, and
`aggregate` counts them.
"""

from lumbung.document.document import Coverage, Document, Passage, Table, Unread
from lumbung.document.geometry import Geometry, Layer
from lumbung.document.place import Place
from lumbung.document.resident import RESIDENT, RESIDENT_RANGES

__all__ = [
    "RESIDENT",
    "RESIDENT_RANGES",
    "Coverage",
    "Document",
    "Geometry",
    "Layer",
    "Passage",
    "Place",
    "Table",
    "Unread",
]
