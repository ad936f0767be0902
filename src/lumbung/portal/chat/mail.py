"""An office's mailbox, by IMAP (RFC 9051) and SMTP: every office has one, and IMAP lets us delete what came.

A webhook of a mail company would bring each letter to a third party first, and could delete nothing. At most the first
64 KiB of a letter are read; attachments are neither decoded nor kept. Letters of machines (RFC 3834) get no answer.
"""

import imaplib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from lumbung.portal.chat.gateways import Message, NotSent
from lumbung.portal.chat.models import Channel
from lumbung.portal.chat.secret_file import of_channel, origins

PATIENCE = 10.0  # seconds
LONGEST = 64 * 1024  # bytes of a letter that are read
MOST_LETTERS = 50  # in one visit
WITHOUT_ANSWER = ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")


class Mail:
    """One mailbox. Usable inside `opened` alone."""

    def __init__(self, channel: Channel, box: imaplib.IMAP4) -> None:
        self._channel, self._box = channel, box
        self._secrets = of_channel(channel)

    def said(self) -> Iterator[Message]:
        """Every letter that nobody has seen yet; those of machines are marked as seen and passed over."""
        for number in self._unseen():
            letter = self._letter(number)
            sender = parseaddr(str(letter.get("From", "")))[1] if letter else ""
            if letter is None or not sender or _is_from_a_machine(letter, sender):
                self._box.uid("STORE", number, "+FLAGS", r"(\Seen)")
                continue
            text, has_file = _text_of(letter)
            yield Message(id=number, sender=sender, text=text, has_file=has_file or letter["X-Whole"] == "no")

    def answer(self, message: Message, text: str) -> None:
        """A letter of our own, marked as a machine's. Holds nothing of theirs: no subject, no quotation."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._channel.shown, message.sender, "Jawaban otomatis"
        letter["Auto-Submitted"] = "auto-replied"
        letter.set_content(text)
        try:
            with _smtp(self._secrets) as server:
                server.send_message(letter)
        except (OSError, smtplib.SMTPException, ValueError):
            raise NotSent("no-answer") from None

    def read(self, message: Message) -> None:
        """Seen, so that the next visit passes it over."""
        self._store(message, r"(\Seen)")

    def remove(self, message: Message) -> None:
        """Deleted from the mailbox. The sender's own copy, and the server's backups, are out of our reach."""
        self._store(message, r"(\Deleted)")
        self._box.expunge()

    def _store(self, message: Message, flags: str) -> None:
        try:
            self._box.uid("STORE", message.id, "+FLAGS", flags)
        except (OSError, imaplib.IMAP4.error):
            raise NotSent("no-answer") from None

    def _unseen(self) -> list[str]:
        self._box.select("INBOX")
        _state, found = self._box.uid("SEARCH", "UNSEEN")
        return [number.decode() for number in (found[0] or b"").split()[:MOST_LETTERS]]

    def _letter(self, number: str) -> EmailMessage | None:
        """Its first bytes, without marking it as seen; `X-Whole` says whether those were all."""
        _state, found = self._box.uid("FETCH", number, f"(BODY.PEEK[]<0.{LONGEST + 1}>)")
        bodies = [part[1] for part in found if isinstance(part, tuple)]
        if not bodies:
            return None
        letter = message_from_bytes(bodies[0][:LONGEST], policy=policy.default)
        del letter["X-Whole"]
        letter["X-Whole"] = "no" if len(bodies[0]) > LONGEST else "yes"
        return letter


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


def _is_from_a_machine(letter: EmailMessage, sender: str) -> bool:
    automatic = str(letter.get("Auto-Submitted", "no")).strip().lower() != "no"
    bulk = str(letter.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list", "auto_reply")
    daemon = sender.lower().startswith(("mailer-daemon@", "postmaster@", "noreply@", "no-reply@"))
    return automatic or bulk or daemon or any(letter.get(name) for name in WITHOUT_ANSWER)


def _text_of(letter: EmailMessage) -> tuple[str, bool]:
    """Subject and text parts; and whether there is anything else."""
    texts, has_file = [str(letter.get("Subject", ""))], False
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
