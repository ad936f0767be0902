"""What is handed out: a request that two people make, one copy for each recipient, and permissions to read."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.copies.masks import Mask
from lumbung.portal.copies.states import ENDED, CopyState, HandoutState, ViewingState
from lumbung.portal.intake.models import Submission


class HandoutKind(models.TextChoices):
    """What is handed out. A voter list is a legal register: nobody invented may ever stand in one."""

    VOTERS = "voters", _("Daftar pemilih, untuk peserta pemilu")
    EXTRACT = "extract", _("Petikan register, untuk satu lembaga atau lebih")


class Format(models.TextChoices):
    """As what the copies are written."""

    PDF = "pdf", _("PDF bertanda tangan elektronik, tidak dapat diubah tanpa ketahuan")
    XLSX = "xlsx", _("Lembar kerja (XLSX)")
    CSV = "csv", _("Teks berpemisah (CSV)")


class Handout(models.Model):
    """One request for copies of one held register, for one recipient or several, decided by a second person.

    `columns` are words of tracing.copies.HEADINGS, `shown` the places of each number that the copies show. `fifth`:
    one digit of the birth date in the NIK may be hidden as well, for which `fifth_basis` names the rule; `canaries`
    are invented residents in each copy, for which `canary_basis` does. `sealed_secret` is the file `rahasia.json` of
    `lumbung trace accuse`, sealed; `commitment` is its SHA-256, `line` the line of the record that holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="handouts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=HandoutKind)
    legal_basis = models.CharField(max_length=300)
    purpose = models.CharField(max_length=500)
    columns = models.JSONField(default=list)
    mask = models.CharField(max_length=10, choices=Mask)
    shown = models.JSONField(default=dict)
    fifth = models.BooleanField(default=False)
    fifth_basis = models.CharField(max_length=300, blank=True)
    canaries = models.PositiveSmallIntegerField(default=0)
    canary_basis = models.CharField(max_length=300, blank=True)
    format = models.CharField(max_length=4, choices=Format)
    return_by = models.DateField()
    state = models.CharField(max_length=10, choices=HandoutState, default=HandoutState.ASKED)
    state_since = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=1000, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=40, blank=True)
    rows = models.PositiveIntegerField(default=0)
    marked = models.PositiveIntegerField(default=0)
    commitment = models.CharField(max_length=64, blank=True)
    line = models.PositiveBigIntegerField(null=True, blank=True)
    sealed_secret = models.BinaryField(default=b"")
    secret_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                name="copies_decided_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="copies_made_only_when_decided",
                condition=~Q(state__in=(HandoutState.MAKING, HandoutState.READY)) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="copies_no_canary_in_a_legal_register",
                condition=Q(canaries=0) | (~Q(kind=HandoutKind.VOTERS) & ~Q(canary_basis="")),
            ),
            models.CheckConstraint(
                name="copies_fifth_digit_has_a_basis", condition=Q(fifth=False) | ~Q(fifth_basis="")
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("copies:handout", args=[self.pk])

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        return Subject(kind="handout", id=str(self.pk), label=self.get_kind_display(),
                       organisation=self.organisation.slug)  # fmt: skip


class Copy(models.Model):
    """The copy of one recipient. Its bytes lie sealed under its own key until it is fetched, revoked or its day comes.

    `age_key` is the recipient's public key; without one the file goes out as a ZIP under the code that opens the
    link. Of link and code only digests are kept. `sha256` is of the plain file, `mark` the code that stands in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    institution = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    age_key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.MADE)
    state_since = models.DateTimeField(default=timezone.now)
    mark = models.CharField(max_length=16, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    storage_key = models.CharField(max_length=100, blank=True)
    wrapped_key = models.BinaryField(default=b"")
    index_until = models.DateField(null=True, blank=True)
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    fetches_left = models.PositiveSmallIntegerField(default=0)
    received_by = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    ended_words = models.CharField(max_length=500, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("handout", "number")
        constraints = (
            models.UniqueConstraint(fields=["handout", "number"], name="copies_numbered_once"),
            models.UniqueConstraint(fields=["handout", "institution"], name="copies_one_for_each"),
            models.UniqueConstraint(fields=["link_digest"], condition=~Q(link_digest=""), name="copies_link_once"),
        )

    def __str__(self) -> str:
        return f"{self.handout_id} {self.number}"

    @property
    def subject(self) -> Subject:
        """As the record names it: by the institution, which is no person."""
        organisation = self.handout.organisation.slug
        return Subject(kind="copy", id=str(self.pk), label=self.institution, organisation=organisation,
                       sha256=self.sha256)  # fmt: skip

    @property
    def is_late(self) -> bool:
        """Whether it should be back or destroyed by now, and nobody said so."""
        waits = self.state in (CopyState.RECEIVED, CopyState.REVOKED) and self.received_at is not None
        return waits and timezone.localdate() > self.handout.return_by

    @property
    def is_out(self) -> bool:
        """Whether the recipient has it, as far as we know."""
        return self.received_at is not None and self.state not in ENDED


class Viewing(models.Model):
    """One named person may read one held register on the screen, whole numbers included, until a day.

    `rows_left` is how many rows they may still be shown; `columns` as in a handout.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="viewings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    viewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="viewings")
    legal_basis = models.CharField(max_length=300)
    purpose = models.CharField(max_length=500)
    columns = models.JSONField(default=list)
    closes_on = models.DateField()
    rows_left = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ViewingState, default=ViewingState.ASKED)
    state_since = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                name="copies_viewing_decided_by_another",
                condition=Q(decided_by=None) | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("viewer"))),
            ),
            models.CheckConstraint(
                name="copies_viewing_open_only_when_decided",
                condition=~Q(state=ViewingState.OPEN) | Q(decided_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        return Subject(kind="viewing", id=str(self.pk), label=self.viewer.name, organisation=self.organisation.slug)


class Alarm(models.Model):
    """An invented resident of a copy came in with an upload: that copy is on its way to the public.

    Opened by the line of the record in which intake says so; answered by somebody with what was done.
    """

    line = models.PositiveBigIntegerField()
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="alarms")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "pk")
        constraints = (models.UniqueConstraint(fields=["line", "copy"], name="copies_alarm_once"),)

    def __str__(self) -> str:
        return f"{self.copy_id} {self.line}"
