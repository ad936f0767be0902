"""The one refusal of the writers of PDF and pictures."""

from typing import Literal

Code = Literal["broken", "encrypted", "bomb", "not-supported"]


class Unwritable(Exception):
    """The file cannot be written anew. `code` says why; nothing from the file is in it."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
