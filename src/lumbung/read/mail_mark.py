"""Whether a text is a mail message, by the header fields that it begins with.

Source: RFC 5322, 3.6; RFC 4155 for the line before them in a mailbox.
"""

import re

FIELD = re.compile(rb"([!-9;-~]{1,76}):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*")
POSTMARK = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?:From [^\n]*\n)?")
MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
TELLING = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature"})
USUAL = frozenset({b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"sender", b"content-type"})
ENOUGH = 3
NEAR = 2048


def is_mail(head: bytes) -> bool:
    """One field that only mail has, or three of the usual ones; or word of MIME near the beginning, as web archives
    have it behind a line of their own."""
    start = POSTMARK.match(head)
    position = start.end() if start else 0
    names: set[bytes] = set()
    while field := FIELD.match(head, position):
        names.add(field[1].lower())
        position = field.end()
    return bool(names & TELLING) or len(names & USUAL) >= ENOUGH or MIME.search(head[:NEAR]) is not None
