"""A Document's tables, written anew as clean CSV, XLSX, JSON and Parquet: rebuild, do not filter."""

from lumbung.rebuild.tables import CleanTable, Written, clean_tables, write_tables

__all__ = ["CleanTable", "Written", "clean_tables", "write_tables"]
