"""An office that serves, its keys, what it asks for each service, its days off, and the requests that it was sent.

Nothing of the applicant is in any field: what they wrote and photographed lies in a sealed file that only the office's
key opens, and that key has never been here.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.intake.models import Submission
from lumbung.portal.requests.states import RequestState


class Office(models.Model):
    """An organisation that takes requests. `begins` and `ends` bound its working day; `weekdays`: Monday is 0.

    `keep_days`: how long after its answer a request is kept before it is destroyed. `contact` is the office's own.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="request_office")
    address = models.CharField(_("alamat kantor"), max_length=300)
    contact = models.CharField(_("telepon atau surel kantor"), max_length=150, blank=True)
    begins = models.TimeField(_("jam buka"))
    ends = models.TimeField(_("jam tutup"))
    weekdays = models.JSONField(_("hari kerja"), default=list)
    keep_days = models.PositiveSmallIntegerField(_("disimpan sesudah dijawab (hari)"), default=30)
    takes = models.BooleanField(_("menerima permohonan"), default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="requests_day_has_hours", condition=Q(begins__lt=models.F("ends"))),
        )

    def __str__(self) -> str:
        return self.organisation.slug

    @property
    def subject(self) -> Subject:
        """As the record calls it."""
        slug = self.organisation.slug
        return Subject(kind="office", id=slug, label=self.organisation.name, organisation=slug)


class OfficeKey(models.Model):
    """The public half of an office's key of age. The private half is a file on the officers' machines.

    `number` is the beginning of the SHA-256 of `recipient`. New requests are sealed to the one key that is not
    retired; a retired one still opens what was sealed to it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="keys")
    number = models.CharField(max_length=16)
    recipient = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["office", "number"], name="requests_key_once"),
            models.UniqueConstraint(fields=["office"], condition=Q(retired_at=None), name="requests_one_key_in_use"),
        )

    def __str__(self) -> str:
        return self.number


class Offer(models.Model):
    """What one office changed in one service of the national list: whether it has it, its standard, what it asks for.

    `requirements` has one line for each thing to be brought; `hours` are working hours.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="offers")
    service = models.CharField(max_length=30)
    offered = models.BooleanField(_("dilayani daring"), default=True)
    hours = models.PositiveSmallIntegerField(_("standar waktu (jam kerja)"))
    requirements = models.TextField(_("persyaratan, satu per baris"), max_length=3000)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "service"], name="requests_offer_once"),)

    def __str__(self) -> str:
        return self.service


class DayOff(models.Model):
    """A day on which one office differs from the national calendar: closed, or open all the same (`works`)."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="days_off")
    day = models.DateField(_("tanggal"))
    name = models.CharField(_("keterangan"), max_length=100)
    works = models.BooleanField(_("tetap bekerja"), default=False)

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=["office", "day"], name="requests_day_once"),)

    def __str__(self) -> str:
        return str(self.day)


class Request(models.Model):
    """One request. `number` was made in the applicant's browser, `verifier` is the digest of the secret in their link.

    `received_at`: when the sending was acknowledged; `due_at`: by when the service standard asks for an answer;
    `key` the number of the office's key it is sealed to. `reasons`: codes of the list of refusals. After
    `destroyed_at` neither the bytes nor the key of their outer seal exist.
    """

    number = models.CharField(max_length=32, unique=True)
    ticket = models.CharField(max_length=20, unique=True)
    verifier = models.CharField(max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="requests")
    service = models.CharField(max_length=30)
    key = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ARRIVED)
    reasons = models.JSONField(default=list)
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    destroy_on = models.DateField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    wrapped_key = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("due_at", "pk")
        indexes = (models.Index(fields=["office", "state", "due_at"], name="requests_waiting"),)

    def __str__(self) -> str:
        return self.ticket

    def get_absolute_url(self) -> str:
        """Its page on the desk, by a number that says nothing."""
        return reverse("requests:request", args=[self.pk])

    @property
    def subject(self) -> Subject:
        """As the record calls it: by its ticket, never by a person."""
        slug = self.office.organisation.slug
        return Subject(kind="request", id=self.ticket, label=self.service, organisation=slug, sha256=self.sha256)


class Step(models.Model):
    """One move of a request, for the applicant's page. Holds codes, never words about anybody.

    `taken_back`: the officer undid it a moment later.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=RequestState)
    at = models.DateTimeField(default=timezone.now)
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class Asking(models.Model):
    """How often one sender asked for a status within one hour. The digest of the address goes after a day."""

    sender = models.CharField(max_length=64)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sender", "hour"], name="requests_counted_once_an_hour"),)

    def __str__(self) -> str:
        return str(self.hour)


class PrintedQuarter(models.Model):
    """The statistics of one quarter as they were printed, once: a later one never changes them.

    `lines` are those of `lumbung.aggregate.events.print_period`; nothing in them is about a person.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="printed")
    quarter = models.CharField(max_length=7)
    lines = models.JSONField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("quarter",)
        constraints = (models.UniqueConstraint(fields=["office", "quarter"], name="requests_printed_once"),)

    def __str__(self) -> str:
        return self.quarter
