"""What was decided, by whom, about which bytes, under which rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
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
