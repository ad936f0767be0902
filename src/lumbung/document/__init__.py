"""What an opened file looks like. Nouns only: no behaviour, no reading, no judging.

`read` makes a Document, `detect` looks at it, `rebuild` writes its tables anew.
"""

from lumbung.document.document import Document, Passage, Table, Unread
from lumbung.document.geometry import Geometry, Layer
from lumbung.document.place import Place

__all__ = ["Document", "Geometry", "Layer", "Passage", "Place", "Table", "Unread"]
