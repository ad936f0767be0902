"""Lumbung: an open-data portal for Indonesian local government that cannot leak its residents.

`from lumbung import inspect` gives the gate; it is loaded on first use, so that `import lumbung` costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lumbung.gate import Inspection, inspect

__all__ = ["Inspection", "inspect"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lumbung import gate

    return getattr(gate, name)
