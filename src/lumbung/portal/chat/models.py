"""Where an office can be written to, its ready texts, and numbers per day. No message and no sender is ever a row.

`Heard` holds keyed digests alone: of a message's id, so that it is answered once, and for an hour of its sender, so
that nobody is answered without end.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person


class ChannelKind(models.TextChoices):
    """By what road messages come."""

    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("Surel")


class Outcome(models.TextChoices):
    """What a message was, and so how it was answered."""

    IDENTITY = "identity", _("memuat nomor atau data pribadi")
    PHOTO = "photo", _("memuat foto atau berkas")
    TICKET = "ticket", _("menyebut kode tiket")
    MENU = "menu", _("lainnya")
    DROPPED = "dropped", _("tidak dijawab karena terlalu banyak")
    UNSENT = "unsent", _("jawabannya tidak terkirim")


class Channel(models.Model):
    """One road to one office. `shown` is its number or address for the public; `account` is how the gateway calls it
    (WhatsApp: the phone number id). Off until an admin turns it on; its secrets stand outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    shown = models.CharField(max_length=100)
    account = models.CharField(max_length=100, blank=True)
    is_on = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("organisation__name", "kind", "made_at")
        constraints = (models.UniqueConstraint(fields=["kind", "shown"], name="chat_shown_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReadyText(models.Model):
    """A text of an office that its officers send; `{kode}` stands for a ticket code, and nothing else may vary."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=500)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Heard(models.Model):
    """That a message was answered. Both digests are keyed; `sender` is emptied after an hour, the row after days."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="heard")
    message = models.CharField(max_length=64)
    sender = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["channel", "message"], name="chat_answered_once"),)
        indexes = (models.Index(fields=["channel", "sender"], name="chat_of_sender", condition=~Q(sender="")),)

    def __str__(self) -> str:
        return str(self.pk)


class Tally(models.Model):
    """How many messages of one outcome came by a channel on one day: all that is ever told about them."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day", "outcome")
        constraints = (models.UniqueConstraint(fields=["channel", "day", "outcome"], name="chat_one_tally"),)

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"
