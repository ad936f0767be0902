"""A Document's tables, written anew as clean CSV, XLSX, JSON and Parquet: rebuild, do not filter."""

from lumbung.rebuild.tables import Written, write_tables

__all__ = ["Written", "write_tables"]
