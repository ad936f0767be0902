"""What was inspected, written anew: a Document's tables as CSV, XLSX, JSON and Parquet, maps as GeoJSON; PDF and
pictures bare.

Rebuild, do not filter. The writers of PDF and pictures are loaded on first use: they stand on large libraries.
"""

from typing import TYPE_CHECKING, Any

from lumbung.rebuild.tables import CleanTable, Written, clean_tables, write_tables
from lumbung.rebuild.unwritable import Unwritable

if TYPE_CHECKING:
    from lumbung.rebuild.images import write_image
    from lumbung.rebuild.pages import write_pdf

__all__ = ["CleanTable", "Unwritable", "Written", "clean_tables", "write_image", "write_pdf", "write_tables"]


def __getattr__(name: str) -> Any:
    if name == "write_image":
        from lumbung.rebuild.images import write_image

        return write_image
    if name == "write_pdf":
        from lumbung.rebuild.pages import write_pdf

        return write_pdf
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
