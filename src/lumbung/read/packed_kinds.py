"""Which packed files libarchive opens, by their first bytes, and libarchive itself, where the machine has it."""

import importlib
import logging
import os
import re
from functools import cache
from typing import Any

# By the first bytes: what people call it, libarchive's format and filter.
KINDS: tuple[tuple[re.Pattern[bytes], str, str, str], ...] = (
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "7z", "7zip", "none"),
    (re.compile(rb"Rar!\x1a\x07\0"), "rar", "rar", "none"),
    (re.compile(rb"Rar!\x1a\x07\x01\0"), "rar", "rar5", "none"),
    (re.compile(rb"MSCF\0\0\0\0"), "cab", "cab", "none"),
    (
        re.compile(rb"0707(?:01|02|07)[0-9a-fA-F]{60}|\xc7\x71.{16}\0|\x71\xc7.{16}\0", re.DOTALL),
        "cpio",
        "cpio",
        "none",
    ),
    (re.compile(rb"!<arch>\n"), "ar", "ar", "none"),
    (re.compile(rb"..-l[hz][0-9ds]-", re.DOTALL), "lha", "lha", "none"),
    (re.compile(rb".{32769}CD001", re.DOTALL), "iso", "iso9660", "none"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zst", "raw", "zstd"),
    (re.compile(rb"\x04\x22\x4d\x18"), "lz4", "raw", "lz4"),
    (re.compile(rb"\x1f\x9d[\x90-\x9f\x80-\x8f]", re.DOTALL), "z", "raw", "compress"),
    (re.compile(rb"LZIP[\0\x01]"), "lz", "raw", "lzip"),
)
MARK = re.compile(b"|".join(b"(?:" + mark.pattern + b")" for mark, *_ in KINDS), re.DOTALL)
LIBRARY = "libarchive.so.13"


def kind_of(head: bytes) -> tuple[str, str, str]:
    """Name, format and filter. Raise StopIteration for what does not match MARK."""
    return next((name, format, filter) for mark, name, format, filter in KINDS if mark.match(head))


@cache
def library() -> Any:
    """libarchive, or None where this machine has none. Named, because looking for it would start programs."""
    os.environ.setdefault("LIBARCHIVE", LIBRARY)
    logging.getLogger("libarchive").disabled = True  # its warnings name members
    try:
        for part in ("read", "exception", "ffi"):
            importlib.import_module(f"libarchive.{part}")
        loaded = importlib.import_module("libarchive")
        loaded.ffi.ffi("entry_is_encrypted", [loaded.ffi.c_archive_entry_p], loaded.ffi.c_int)
        return loaded
    except (ImportError, OSError, AttributeError):
        return None


def clean_name(name: str | bytes | None) -> str:
    """A member's name as a place bears it."""
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name or "(tanpa nama)"
    return text.encode("utf-8", "replace").decode()
