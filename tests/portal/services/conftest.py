"""The desk, for every test of the room."""

from tests.portal.shelves import desk

__all__ = ["desk"]
