"""What was decided, by whom, about which bytes, under which rules; what was weighed, and what was said meanwhile."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake.models import Submission


class Answer(models.TextChoices):
    """The three things a reviewer can say."""

    APPROVE = "approve", _("Setujui")
    RETURN = "return", _("Kembalikan untuk dilengkapi")
    REJECT = "reject", _("Tolak")


class Decision(models.Model):
    """One answer about one submission. Good for exactly these bytes and this version of the rules."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=10, choices=Answer)
    because = models.TextField()
    sha256 = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.submission_id} {self.answer}"


class ConsequenceTest(models.Model):
    """The uji konsekuensi that UU 14/2008 art. 19 asks of every refusal, kept with the decision for good.

    For a ground of art. 17 both consequences are filled in and `until` says how long; for QUALITY all three may be
    empty, and the test says that no exempt information was claimed.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="consequences")
    ground = models.CharField(max_length=4, choices=Ground)
    if_opened = models.TextField(blank=True)
    if_closed = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="review_exempt_is_weighed",
                condition=Q(ground=Ground.QUALITY) | (~Q(if_opened="") & ~Q(if_closed="") & Q(until__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_id} {self.ground}"


class Comment(models.Model):
    """Something that producer and walidata say to each other about a file while it waits. Nothing is decided by it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.submission_id} {self.at}"
