"""An office's mailbox, by IMAP (RFC 9051) and SMTP: every office has one, and IMAP lets us delete what came.

A webhook of a mail company would bring each letter to a third party first, and could delete nothing. At most the first
64 KiB of a letter are read; attachments are neither decoded nor kept. Letters of machines (RFC 3834) get no answer.
"""

import imaplib
import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.message import Message as Letter
from email.utils import parseaddr

from lumbung.portal.chat.gateways import Message, NotSent
from lumbung.portal.chat.models import Channel
from lumbung.portal.chat.secret_file import of_channel, origins

PATIENCE = 10.0  # seconds
LONGEST = 64 * 1024  # bytes of a letter that are read
MOST_LETTERS = 20  # in one visit
ONE_ADDRESS = re.compile(r"""[^\s@<>()\[\],;:"\\]{1,64}@[^\s@<>()\[\],;:"\\]{1,250}""")  # a list of them is none
WITHOUT_ANSWER = ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")


class Mail:
    """One mailbox. Usable inside `opened` alone."""

    def __init__(self, channel: Channel, box: imaplib.IMAP4) -> None:
        self._channel, self._box = channel, box
        self._secrets = of_channel(channel)

    def said(self) -> Iterator[Message]:
        """Every letter that nobody has seen yet, those of machines passed over. It is marked as seen before it is
        looked at, so that one which nobody can read does not stand in the way of all others."""
        for number in self._unseen():
            content = self._content(number)
            self._box.uid("STORE", number, "+FLAGS", r"(\Seen)")
            if message := self._message(number, content):
                yield message

    def answer(self, message: Message, text: str) -> None:
        """A letter of our own, marked as a machine's. Holds nothing of theirs: no subject, no quotation."""
        letter = EmailMessage()
        try:
            letter["From"], letter["To"], letter["Subject"] = self._channel.shown, message.sender, "Jawaban otomatis"
            letter["Auto-Submitted"] = "auto-replied"
            letter.set_content(text)
            with _smtp(self._secrets) as server:
                server.send_message(letter)
        except (OSError, smtplib.SMTPException, ValueError):
            raise NotSent("no-answer") from None

    def read(self, message: Message) -> None:
        """It was marked when it was fetched; the sender hears nothing of that."""

    def remove(self, message: Message) -> None:
        """Deleted from the mailbox. The sender's own copy, and the server's backups, are out of our reach."""
        try:
            self._box.uid("STORE", message.id.rpartition("/")[2], "+FLAGS", r"(\Deleted)")
            self._box.expunge()
        except (OSError, imaplib.IMAP4.error):
            raise NotSent("no-answer") from None

    def _unseen(self) -> list[str]:
        self._box.select("INBOX")
        _state, found = self._box.uid("SEARCH", "UNSEEN")
        return [number.decode() for number in (found[0] or b"").split()[:MOST_LETTERS]]

    def _lasting(self, number: str) -> str:
        """The letter's number with the mailbox's own: only the two together are never given twice (RFC 9051)."""
        _state, found = self._box.response("UIDVALIDITY")
        return f"{(found[0] or b'').decode()}/{number}"

    def _content(self, number: str) -> bytes:
        """Its first bytes, and one more where it is longer; nothing where it is gone."""
        _state, found = self._box.uid("FETCH", number, f"(BODY.PEEK[]<0.{LONGEST + 1}>)")
        return next((bytes(part[1]) for part in found if isinstance(part, tuple)), b"")

    def _message(self, number: str, content: bytes) -> Message | None:
        """What a person wrote; None for a machine's letter, and for one that is made so that nobody can read it."""
        try:
            letter = message_from_bytes(content[:LONGEST], policy=policy.compat32)
            sender = parseaddr(_header(letter, "From"))[1]
            if not ONE_ADDRESS.fullmatch(sender) or _is_from_a_machine(letter, sender):
                return None
            text, has_file = _text_of(letter)
        except RecursionError:  # parts within parts, brackets within brackets
            return None
        has_file = has_file or len(content) > LONGEST
        return Message(id=self._lasting(number), sender=sender, text=text, has_file=has_file)


@contextmanager
def opened(channel: Channel) -> Iterator[Mail]:
    """The mailbox of a channel, closed again afterwards. Raise NotSent where it is not configured or does not open."""
    secrets = of_channel(channel)
    host, port = _host(secrets.get("imap", ""), 993)
    try:
        box = imaplib.IMAP4_SSL(host, port, timeout=PATIENCE) if port == 993 else _plain_box(host, port)
        with box:
            box.login(secrets.get("user", ""), secrets.get("password", ""))
            yield Mail(channel, box)
    except (OSError, imaplib.IMAP4.error):
        raise NotSent("no-answer") from None


def _plain_box(host: str, port: int) -> imaplib.IMAP4:
    if host not in ("127.0.0.1", "localhost"):  # without encryption only on this very machine
        raise NotSent("address")
    return imaplib.IMAP4(host, port, timeout=PATIENCE)


@contextmanager
def _smtp(secrets: object) -> Iterator[smtplib.SMTP]:
    assert isinstance(secrets, dict)
    host, port = _host(secrets.get("smtp", ""), 465)
    if port == 465:
        with smtplib.SMTP_SSL(host, port, timeout=PATIENCE) as safe:
            safe.login(secrets.get("user", ""), secrets.get("password", ""))
            yield safe
        return
    if host not in ("127.0.0.1", "localhost"):
        raise NotSent("address")
    with smtplib.SMTP(host, port, timeout=PATIENCE) as server:
        yield server


def _host(configured: str, usual: int) -> tuple[str, int]:
    """Host and port, of the listed ones alone: `mail://mail.contoh.go.id` in `origins`."""
    host, _colon, port = configured.partition(":")
    if not host or f"mail://{configured}" not in origins():
        raise NotSent("not-configured")
    return host, int(port) if port.isdigit() else usual


def _header(letter: Letter, name: str) -> str:
    """A header as people read it; as it stands where it cannot be read."""
    raw = str(letter.get(name, ""))
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        return raw


def _is_from_a_machine(letter: Letter, sender: str) -> bool:
    automatic = _header(letter, "Auto-Submitted").strip().lower() not in ("", "no")
    bulk = _header(letter, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply")
    daemon = sender.lower().startswith(("mailer-daemon@", "postmaster@", "noreply@", "no-reply@"))
    return automatic or bulk or daemon or any(letter.get(name) for name in WITHOUT_ANSWER)


def _text_of(letter: Letter) -> tuple[str, bool]:
    """Subject and text parts; and whether there is anything else."""
    texts, has_file = [_header(letter, "Subject")], False
    for part in letter.walk():
        if part.is_multipart():
            continue
        if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
            has_file = True
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            texts.append(payload.decode(errors="replace"))
    return "\n".join(texts), has_file
