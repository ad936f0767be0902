"""The small interface by which every gateway is spoken with: what was said, an answer, and what can be taken away.

A gateway never fetches a photo or a file. What it gives is in memory alone, and nobody logs it.
"""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody wrote. `id` is the gateway's own; `files` are the ids of media, which are never fetched;
    `has_file` says that there is something besides text. Not for any store, log or record."""

    id: str = field(repr=False)
    sender: str = field(repr=False)
    text: str = field(repr=False)
    has_file: bool = False
    files: tuple[str, ...] = field(default=(), repr=False)


class NotSent(Exception):
    """The gateway did not take it. `code` is not-configured, address, refused or no-answer; no text of theirs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gateway(Protocol):
    """One road, as `answering` uses it."""

    def answer(self, message: Message, text: str) -> None:
        """Send the text to whoever wrote the message. Raise NotSent."""

    def remove(self, message: Message) -> None:
        """Take away what this road lets us take away of the message; nothing where it lets us take nothing. Raise
        NotSent."""

    def read(self, message: Message) -> None:
        """Tell the sender that it was read, where the road knows such a thing. Raise NotSent."""
