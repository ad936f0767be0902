"""What is answered, and that it is answered once. Nothing of a message is kept but that there was one, by the day.

A ticket code is never looked up: whoever sends a code that belongs to nobody gets the same words, so nobody can ask
which codes exist. How a request stands is told only where its secret is, on the status page.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from lumbung.portal.audit.keys import master_key
from lumbung.portal.chat.gateways import Gateway, Message, NotSent
from lumbung.portal.chat.models import Channel, Heard, Outcome, Tally
from lumbung.portal.chat.recognising import holds_identity, ticket_in

log = logging.getLogger(__name__)

MOST_OF_SENDER, WHILE = 10, timedelta(minutes=10)  # answers to one sender
MOST_OF_CHANNEL = 300  # answers of one channel in a minute
LONGEST = 20.0  # seconds for what was delivered at once
FORGET_SENDER, FORGET = timedelta(hours=1), timedelta(days=8)  # Meta repeats a notification for seven days
WORDS = {
    Outcome.IDENTITY: (
        "Jangan kirim NIK, nomor KK, atau data pribadi lewat pesan ini. Pesan Anda tidak kami simpan. "
        "Hapuslah pesan itu dari percakapan Anda, lalu isi formulir yang aman di {form}"
    ),
    Outcome.PHOTO: (
        "Jangan kirim foto atau berkas ke sini. Kiriman Anda tidak kami buka dan tidak kami simpan. "
        "Hapuslah dari percakapan Anda, lalu lampirkan di formulir yang aman: {form}"
    ),
    Outcome.TICKET: (
        "Terima kasih. Keadaan permohonan dapat dilihat di {status} dengan tautan rahasia yang Anda simpan saat "
        "mengirim. Petugas tidak dapat membukanya dari percakapan ini."
    ),
    Outcome.MENU: (
        "Layanan dokumen: {form}. Sudah punya kode tiket? Kirim kodenya saja, misalnya {example}. "
        "Jangan kirim NIK, nomor KK, nama, atau foto ke sini."
    ),
}
EXAMPLE = "NS2KR-2EHZ7-N"


def answer_all(channel: Channel, gateway: Gateway, messages: Iterable[Message]) -> None:
    """Answer each message once; the same one again is passed over, too many are counted and left.

    A gateway that hangs holds the caller for at most LONGEST and one call more: the rest is counted and left too.
    """
    until = time.monotonic() + LONGEST
    for message in messages:
        if _first_time(channel, message):
            if time.monotonic() > until:
                _count(channel, Outcome.DROPPED)
            else:
                _answer(channel, gateway, message)


def outcome_of(message: Message) -> Outcome:
    """What a message is. Its text is asked before its code: a code excuses no number beside it."""
    if message.has_file:
        return Outcome.PHOTO
    if holds_identity(message.text):
        return Outcome.IDENTITY
    return Outcome.TICKET if ticket_in(message.text) else Outcome.MENU


def words_for(outcome: Outcome, *, ticket: str | None = None) -> str:
    """The answer to an outcome, without anything out of the message but a ticket code whose check letter fits."""
    base = settings.LUMBUNG_URL
    links = {"form": f"{base}/layanan/", "status": f"{base}/layanan/status/{ticket}", "example": EXAMPLE}
    return WORDS[outcome].format(**links)


def forget() -> int:
    """Empty the senders of an hour ago, drop the rows of last week; how many rows those were."""
    now = timezone.now()
    Heard.objects.filter(at__lt=now - FORGET_SENDER).exclude(sender="").update(sender="")
    gone, _by_model = Heard.objects.filter(at__lt=now - FORGET).delete()
    return gone


def _answer(channel: Channel, gateway: Gateway, message: Message) -> None:
    if _too_many(channel, message):
        return _count(channel, Outcome.DROPPED)
    outcome = outcome_of(message)
    _count(channel, outcome)
    try:
        if outcome in (Outcome.IDENTITY, Outcome.PHOTO):
            _removed(gateway, message)
        gateway.answer(message, words_for(outcome, ticket=ticket_in(message.text)))
        gateway.read(message)
    except NotSent as failed:
        log.warning("an answer by %s was not sent: %s", channel.kind, failed.code)
        _count(channel, Outcome.UNSENT)
    return None


def _removed(gateway: Gateway, message: Message) -> None:
    """That it cannot be taken away keeps nobody from being told."""
    try:
        gateway.remove(message)
    except NotSent as failed:
        log.warning("a message was not taken away: %s", failed.code)


def _first_time(channel: Channel, message: Message) -> bool:
    """Noted before it is answered: two deliveries of one message at once give one answer."""
    digests = {"message": _digest("message", channel, message.id), "sender": _of_sender(channel, message)}
    try:
        with transaction.atomic():
            Heard.objects.create(channel=channel, **digests)
    except IntegrityError:
        return False
    return True


def _too_many(channel: Channel, message: Message) -> bool:
    now = timezone.now()
    of_sender = channel.heard.filter(sender=_of_sender(channel, message), at__gt=now - WHILE).count()
    of_channel = channel.heard.filter(at__gt=now - timedelta(minutes=1)).count()
    return of_sender > MOST_OF_SENDER or of_channel > MOST_OF_CHANNEL


def _count(channel: Channel, outcome: Outcome) -> None:
    with transaction.atomic():
        tally, _new = Tally.objects.get_or_create(channel=channel, day=timezone.localdate(), outcome=outcome)
        Tally.objects.filter(pk=tally.pk).update(count=F("count") + 1)


def _of_sender(channel: Channel, message: Message) -> str:
    """Changes every day, so that nobody is followed."""
    return _digest(f"sender {timezone.localdate()}", channel, message.sender)


def _digest(what: str, channel: Channel, text: str) -> str:
    key = hmac.digest(master_key(), b"chat", hashlib.sha256)
    return hmac.new(key, f"{what}|{channel.pk}|{text}".encode(errors="replace"), hashlib.sha256).hexdigest()
