"""What people type into blanks, sealed: a draft is inspected only when it is sent, so until then nobody else reads it.

Sealed in one piece under the master key, and bound to its village, blank and year: moved to another row, it does not
open. What was sent lies sealed as a file as well, and goes with it.
"""

import json
from collections.abc import Mapping
from typing import Any

from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.seal import unwrap, wrap


class Celled:
    """What Entry and Delivery have in common: `values`, typed cells by line and column, stored as `sealed`."""

    organisation_id: int
    blank: str
    year: int
    sealed: bytes | memoryview

    @property
    def values(self) -> dict[str, Any]:
        """The cells. Raise Tampered where they are not what was stored."""
        return unsealed_cells(self)

    @values.setter
    def values(self, cells: Mapping[str, Mapping[str, Any]]) -> None:
        self.sealed = sealed_cells(self, cells)


def sealed_cells(row: Celled, cells: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The cells as they are stored. The row must know its village, blank and year."""
    plain = json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()
    return wrap(plain, key=master_key(), bound_to=_place(row))


def unsealed_cells(row: Celled) -> dict[str, Any]:
    """The cells; nothing where none were stored. Raise Tampered where they are not those of this row."""
    if not row.sealed:
        return {}
    cells: dict[str, Any] = json.loads(unwrap(bytes(row.sealed), key=master_key(), bound_to=_place(row)))
    return cells


def _place(row: Celled) -> bytes:
    return f"isian {row.organisation_id} {row.blank} {row.year}".encode()
