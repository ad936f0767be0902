"""The verbs of the desk: register a road, turn it on and off, keep the ready texts."""

from urllib.parse import quote

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.chat.models import Channel, ChannelKind, ReadyText
from lumbung.portal.chat.permissions import check_keeps_channels, check_writes
from lumbung.portal.chat.recognising import holds_identity
from lumbung.portal.chat.secret_file import of_channel

CODE = "{kode}"


def register(organisation: Organisation, *, kind: str, shown: str, account: str, person: Person, by: Actor) -> Channel:
    """A new road, off. Raise Refused, or Conflicting where the number or address is registered already."""
    check_keeps_channels(person, organisation)
    made_from = {"organisation": organisation, "kind": kind, "shown": shown, "account": account}
    try:
        with transaction.atomic():
            channel = Channel.objects.create(**made_from, made_by=person)
            record(Kind.CHANNEL_MADE, by=by, subject=subject_of(channel.organisation), channel=str(channel.pk))
    except IntegrityError:
        raise Conflicting("channel-known", _("Nomor atau alamat itu sudah terdaftar.")) from None
    return channel


@transaction.atomic
def turn(channel: Channel, *, on: bool, person: Person, by: Actor) -> None:
    """On or off. Raise Refused, Unfit where its secrets are not configured. Does nothing where it is so already."""
    check_keeps_channels(person, channel.organisation)
    if on and not of_channel(channel):
        raise Unfit(
            "no-secrets",
            _("Rahasia jalur ini belum ada di berkas obrolan.toml."),
            _("Pengelola server menuliskannya di samping berkas kunci, dengan nomor jalur ini."),
        )
    if Channel.objects.filter(pk=channel.pk, is_on=not on).update(is_on=on):
        kind = Kind.CHANNEL_ON if on else Kind.CHANNEL_OFF
        record(kind, by=by, subject=subject_of(channel.organisation), channel=str(channel.pk))


@transaction.atomic
def write(organisation: Organisation, *, title: str, words: str, person: Person, by: Actor) -> ReadyText:
    """A new ready text. Raise Refused, Unfit where it holds a number, a name, or another blank than the code."""
    check_writes(person, organisation)
    if "{" in words.replace(CODE, "") or "}" in words.replace(CODE, ""):
        raise Unfit("other-blank", _("Yang dapat diisi di dalam teks hanya {kode}."))
    if holds_identity(f"{title}\n{words}"):
        raise Unfit("text-holds-data", _("Teks siap kirim tidak memuat nomor atau data orang."))
    made = ReadyText.objects.create(organisation=organisation, title=title, words=words, made_by=person)
    record(Kind.READY_TEXT_WRITTEN, by=by, subject=subject_of(organisation), text=made.pk)
    return made


@transaction.atomic
def drop(text: ReadyText, *, person: Person, by: Actor) -> None:
    """No longer offered."""
    check_writes(person, text.organisation)
    record(Kind.READY_TEXT_DROPPED, by=by, subject=subject_of(text.organisation), text=text.pk)
    text.delete()


def filled(text: ReadyText, ticket: str) -> str:
    """The words with the ticket code in them."""
    return text.words.replace(CODE, ticket)


def link_to(channel: Channel, words: str) -> str:
    """What opens the telephone's own program with the words in it: nothing is sent until its owner does so."""
    if channel.kind == ChannelKind.WHATSAPP:
        return f"https://wa.me/{channel.shown}?text={quote(words)}"
    if channel.kind == ChannelKind.SMS:
        return f"sms:+{channel.shown}?body={quote(words)}"
    return f"mailto:{quote(channel.shown, safe='@')}?subject={quote(words)}"


def link_to_anybody(words: str) -> str:
    """The same for WhatsApp, where the officer chooses to whom: no number of an applicant passes the portal."""
    return f"https://wa.me/?text={quote(words)}"


def form_page() -> str:
    """Where a request is made safely."""
    return f"{settings.LUMBUNG_URL}/layanan/"


def subject_of(organisation: Organisation) -> Subject:
    """An office as the record names it."""
    slug = organisation.slug
    return Subject(kind="organisation", id=slug, label=organisation.name, organisation=slug)
