"""An inspected file, opened once more: the very bytes that the verdict speaks of, or nothing."""

from typing import BinaryIO

from lumbung.document import Document
from lumbung.judge.inspection import Inspection
from lumbung.judge.policy import policy
from lumbung.judge.version import version
from lumbung.read import Unreadable, read

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff")  # photos beside a register


class NotTheInspectedFile(Exception):
    """These bytes, under these rules, are not what the inspection speaks of, or it had not read them wholly."""


def contents(file: BinaryIO, inspection: Inspection) -> Document:
    """The inspected file, opened again to rebuild it; call it inside a confined child.

    Raise NotTheInspectedFile where bytes or rules are others, or parts were left unread. Does not ask the verdict.
    """
    if inspection.unread or inspection.rules_version != version():
        raise NotTheInspectedFile
    document = _opened(file)
    if document.unread or document.sha256 != inspection.sha256:
        raise NotTheInspectedFile
    return document


def countable(file: BinaryIO) -> Document:
    """A register, to be counted and for nothing else, whatever its verdict; call it inside a confined child.

    Raise NotTheInspectedFile where a part that may hold people was left unread; their photos are not looked at.
    """
    document = _opened(file)
    if any(not (part.place.part or "").lower().endswith(_PICTURES) for part in document.unread):
        raise NotTheInspectedFile
    return document


def _opened(file: BinaryIO) -> Document:
    try:
        return read(file, name="", limits=policy().reading)
    except Unreadable as unreadable:
        raise NotTheInspectedFile from unreadable
