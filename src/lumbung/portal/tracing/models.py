"""What is fingerprinted, what was asked, and the checks that stand open to residents. Never a value of anybody."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.incidents.models import Incident
from lumbung.portal.tracing.states import UNDER_WAY, QuestionState


def regency() -> str:
    """The slug of the organisation above all others: what is traced concerns it, and its people read the lines."""
    return Organisation.objects.filter(depth=1).order_by("path").values_list("slug", flat=True).first() or ""


class Origin(models.TextChoices):
    """What a holding is of."""

    SUBMISSION = "submission", _("Kiriman")
    RELEASE = "release", _("Rilis")
    BROUGHT = "brought", _("Dibawa dari jaringan tertutup")


class Holding(models.Model):
    """The fingerprints of one thing in one version, or why there are none (`code`: "nobody", "not-wholly-read", ...).

    `origin_id` names it for ever, though it may be gone; `source` and `version` are what an answer calls it. The
    fingerprints lie in `file` beside the database and are destroyed after `until`. `key` is the id of the key they
    were made with, `content` a keyed digest of all of them: equal ones are the same people.
    """

    origin = models.CharField(max_length=12, choices=Origin)
    origin_id = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    version = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    key = models.CharField(max_length=16)
    people = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    content = models.CharField(max_length=32, blank=True)
    file = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40, blank=True)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["origin", "origin_id", "key"], name="tracing_held_once"),
            models.CheckConstraint(
                name="tracing_destroyed_has_no_file", condition=Q(destroyed_at=None) | Q(file="", content="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.origin} {self.origin_id}"

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        called, number = f"{self.source}, {self.version}", f"{self.origin}-{self.origin_id}"
        return Subject(kind="fingerprints", id=number, label=called, organisation=regency())


class Asked(models.TextChoices):
    """What a question is about."""

    MATCH = "match", _("Milik siapa?")
    CLAIM = "claim", _("Mungkinkah klaimnya benar?")
    CONCERNED = "concerned", _("Siapa yang terkena?")


class Stage(models.TextChoices):
    """What is being done with a question at this moment, in words for the page that follows it."""

    WAITING = "waiting", _("Menunggu giliran.")
    OPENING = "opening", _("Contoh dibuka dan dibaca di ruang tertutup, tanpa jaringan.")
    COMPARING = "comparing", _("Sidiknya dicocokkan dengan semua sidik yang kita simpan.")
    CHECKING = "checking", _("Angka klaim diperiksa satu per satu.")
    WRITING = "writing", _("Jawabannya ditulis dan contohnya dimusnahkan.")


class Question(models.Model):
    """One question with its sample, sealed until it is answered, and its answer: figures, never a value.

    `digest` is a keyed digest of all bytes of the samples. `claim` are the figures that somebody claims. `recipient`
    is the public key to which a list for letters is sealed. `rows` are the people in the sample, once it was read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = models.CharField(max_length=12, choices=Asked)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    because = models.TextField()
    digest = models.CharField(max_length=32, blank=True)
    claim = models.JSONField(default=dict)
    recipient = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.WAITING)
    state_since = models.DateTimeField(default=timezone.now)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    answer = models.JSONField(default=dict)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="tracing_destroyed_says_nothing",
                condition=~Q(state=QuestionState.DESTROYED) | Q(answer={}, claim={}, recipient=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether its answer is still to come."""
        return self.state in UNDER_WAY

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        label = str(self.get_asked_display())
        return Subject(kind="question", id=str(self.pk), label=label, organisation=regency())


class Sample(models.Model):
    """One file of a question, sealed under its own key. Row and bytes go when the question is answered."""

    id = models.UUIDField(primary_key=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="samples")
    position = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField()
    wrapped_key = models.BinaryField()
    sealed_name = models.BinaryField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return str(self.pk)


class CheckState(models.TextChoices):
    """Where a check for residents stands."""

    PREPARING = "preparing", _("Sedang disiapkan")
    OPEN = "open", _("Terbuka")
    CLOSED = "closed", _("Ditutup")


class ResidentCheck(models.Model):
    """The private answer to "am I affected?" for one incident, while its key lives.

    The key lies in a file beside the database and is destroyed at closing. `districts` says for each kecamatan how
    many numbers its filter holds, filling included; `columns` are the kinds of facts that are told to whoever is
    affected. `missing` counts the rows without KK, which only an office can look up.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="checks")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    columns = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.PREPARING)
    code = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    districts = models.JSONField(default=dict)
    missing = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["incident"], condition=~Q(state=CheckState.CLOSED), name="tracing_one_check_of_an_incident"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} {self.state}"


class Evaluated(models.Model):
    """How often a check was asked on one day: by one address (keyed digest, kept for that day), by one officer, or
    altogether (""). Counts alone; nothing of what was asked.
    """

    check_of = models.ForeignKey(ResidentCheck, on_delete=models.CASCADE, related_name="evaluated")
    day = models.DateField()
    sender = models.CharField(max_length=64, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["check_of", "day", "sender"], name="tracing_counted_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.day}"
