"""Who outside this house keeps a copy of a signed head: time-stamp authorities (RFC 3161) and people, by e-mail.

They are named in `saksi.toml` in the data folder; without it there are none, and the record says so:

    [[tsa]]
    name = "Otoritas penanda waktu"
    url = "https://tsa.contoh.go.id"

    [surel]
    server = "surat.contoh.go.id"
    port = 25
    from = "lumbung@contoh.go.id"
    to = ["inspektorat@contoh.go.id"]

A witness that does not answer holds nothing up: that it did not is kept as well, and the next head is sent again.
"""

import hashlib
import tomllib
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from rfc3161_client import HashAlgorithm, PKIStatus, TimestampRequestBuilder, decode_timestamp_response

from lumbung.portal.audit.heads import as_line
from lumbung.portal.audit.models import Head, Testimony

PATIENCE = 20  # seconds that one witness may take in all
LONGEST = 100_000  # bytes of a receipt


class NotReceived(Exception):
    """The witness answered, but not about this head."""


def call(head: Head) -> list[Testimony]:
    """Send the head to every witness and keep what each gave back, or that it gave nothing."""
    return [_keep(head, name, witness, send) for name, witness, send in _witnesses()]


def _witnesses() -> Iterator[tuple[str, dict[str, Any], Any]]:
    path = Path(settings.LUMBUNG_HOME) / "saksi.toml"
    named: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for authority in named.get("tsa", []):
        yield authority["name"], authority, _stamped
    if post := named.get("surel"):
        yield "surel", post, _posted


def _keep(head: Head, name: str, witness: dict[str, Any], send: Any) -> Testimony:
    receipt = _in_time(head, witness, send)
    return Testimony.objects.create(
        head=head, witness=name[:100], at=timezone.now(), received=receipt is not None, receipt=receipt or b""
    )


def _in_time(head: Head, witness: dict[str, Any], send: Any) -> bytes | None:
    """What the witness gives back; None for nothing, for nonsense, and for one that trickles past its time.

    The time of a socket is that between two bytes, hence the thread: it is left behind, and the house goes on.
    """
    answers: Queue[bytes | None] = Queue()

    def ask() -> None:
        try:
            answers.put(send(head, witness))
        except (OSError, ValueError, LookupError, HTTPException, NotReceived):  # smtplib's errors are OSErrors
            answers.put(None)

    Thread(target=ask, name="witness", daemon=True).start()
    try:
        return answers.get(timeout=PATIENCE)
    except Empty:
        return None


def _stamped(head: Head, authority: dict[str, Any]) -> bytes:
    """The authority's signed answer. Looks whether it speaks of this head; whom to trust, the verifier decides."""
    asked = TimestampRequestBuilder().data(head.statement.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    request = urllib.request.Request(  # noqa: S310  # the address comes from the keeper's own file
        authority["url"], data=asked.as_bytes(), headers={"Content-Type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
        receipt: bytes = response.read(LONGEST)
    answer = decode_timestamp_response(receipt)
    if answer.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise NotReceived
    told = answer.tst_info
    if told.nonce != asked.nonce or told.message_imprint.message != hashlib.sha256(head.statement.encode()).digest():
        raise NotReceived
    return receipt


def _posted(head: Head, post: dict[str, Any]) -> bytes:
    """A letter that its readers need only keep. Gives its Message-ID."""
    body = (
        f"Sampai {timezone.localtime(head.at):%d-%m-%Y %H:%M:%S} WIB portal ini mencatat {head.size} perbuatan.\n"
        "Simpanlah surat ini. Baris di bawah membuktikan kelak bahwa tidak ada catatan yang diubah:\n\n"
        f"{as_line(head)}\n"
    )
    way = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=post["server"], port=post.get("port", 25), timeout=PATIENCE,
        username=post.get("user", ""), password=post.get("password", ""), use_tls=post.get("tls", False),
    )  # fmt: skip
    letter = EmailMessage(f"Kepala catatan Lumbung: {head.size}", body, post["from"], post["to"], connection=way)
    letter.send()
    return str(letter.message()["Message-ID"]).encode()
