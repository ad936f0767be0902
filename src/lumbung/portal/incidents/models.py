"""What the public told of a dataset, what became of it, and the incidents that began with it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.incidents.states import OPEN, MatterState

CLOCK = timedelta(hours=72)  # UU 27/2022 art. 46: 3 x 24 hours


class Seen(models.TextChoices):
    """What somebody saw, by kind: the thing itself is never asked for."""

    NUMBER = "nik", _("NIK atau nomor KK")
    NAME = "nama", _("Nama orang beserta alamat atau tanggal lahirnya")
    CONTACT = "kontak", _("Nomor telepon atau surel orang")
    SENSITIVE = "khusus", _("Kesehatan, keuangan, atau bantuan yang diterima seseorang")
    CHILD = "anak", _("Data anak")
    PICTURE = "gambar", _("Foto, tanda tangan, atau pindaian surat")
    OTHER = "lain", _("Yang lain")


class Matter(models.Model):
    """All reports about one dataset until they are answered together: one line on the desk, however many they are.

    `reports` counts all of them, also those beyond the limit that were not kept one by one. `looked_at` is when the
    gate had looked at the dataset's files again. `answer` is what the officer says to those who reported.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="matters")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MatterState, default=MatterState.RECEIVED)
    reports = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("opened_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["dataset"], condition=Q(state__in=OPEN), name="incidents_one_open_matter"),
        )

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN


class Report(models.Model):
    """What one visitor told: which kind of thing, and where; never the thing itself.

    `digest` is the SHA-256 of the code by which they follow it. `sender` is a keyed digest of their address, kept for
    a day to count by. Words and contact are emptied on `until`; `contact` is sealed with the master key.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="told")
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, blank=True, db_index=True)
    seen = models.CharField(max_length=10, choices=Seen)
    table = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    contact = models.BinaryField(blank=True)
    until = models.DateField()

    class Meta:
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.matter_id} {self.received_at}"


class Incident(models.Model):
    """A dataset that was closed because of personal data, with the clock that the law sets running.

    `aware_at` is the first moment at which anybody here could know, `aware` the number of the line that says so,
    `closing` that of the line that closed the dataset. `sealed` is the size of the record when a head was signed for
    this incident.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="incidents")
    opened_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    aware = models.BigIntegerField()
    closing = models.BigIntegerField(unique=True)
    sealed = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.closing}"

    @property
    def deadline(self) -> datetime:
        """When the 3 x 24 hours end."""
        return self.aware_at + CLOCK

    @property
    def is_late(self) -> bool:
        """Whether they have ended while the incident goes on."""
        return self.ended_at is None and timezone.now() > self.deadline
