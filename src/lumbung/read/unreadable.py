"""The one refusal of every reader."""

from typing import Literal

Code = Literal["empty-file", "unknown-format", "encrypted", "broken", "too-large", "bomb"]


class Unreadable(Exception):
    """The file as a whole cannot be read. `code` says why; nothing from the file is in it.

    A part that cannot be read is not an exception: the reader names it in `Parts.unread`.
    """

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
