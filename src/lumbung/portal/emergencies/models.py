"""A feed of calls for one purpose: who may push, who may look, the keys that fall due, and what was printed of it.

A call is one sealed row. In clear stand the month whose key it needs and when it came; nothing of the call itself.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.intake.models import Submission


class Feed(models.Model):
    """What one outside app pushes for one purpose, such as the fire brigade's. Ended: nothing comes in any more."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    retention_days = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class FeedKey(models.Model):
    """A text by which the app shows that it is the feed's. Opens the one push address and nothing else."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.feed_id} {self.pk}"

    @property
    def is_valid(self) -> bool:
        """Whether it is neither revoked nor out of date."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Officer(models.Model):
    """Somebody who may open single calls of one feed. Named by an admin, who opens none."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("named_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["feed", "person"], condition=Q(ended_at=None), name="emergencies_named_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.feed_id} {self.person_id}"


class MonthKey(models.Model):
    """The wrapped key of all calls of one month (2026-07). Destroyed by date, and the calls with it."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="months")
    month = models.CharField(max_length=7)
    wrapped_key = models.BinaryField()
    destroy_on = models.DateField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-month",)
        constraints = (models.UniqueConstraint(fields=["feed", "month"], name="emergencies_one_key_a_month"),)

    def __str__(self) -> str:
        return f"{self.feed_id} {self.month}"


class Call(models.Model):
    """One call, sealed under the key of its month. `number_digest` is keyed: the app's number is under seal too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="calls")
    key = models.ForeignKey(MonthKey, on_delete=models.PROTECT, related_name="calls")
    number_digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = (models.UniqueConstraint(fields=["feed", "number_digest"], name="emergencies_one_call"),)

    def __str__(self) -> str:
        return str(self.pk)


class Printed(models.Model):
    """What was printed of one quarter (2026-T3), once: `lines` as they stand in the table. Never counted anew."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="printed")
    quarter = models.CharField(max_length=7)
    lines = models.JSONField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("quarter",)
        constraints = (models.UniqueConstraint(fields=["feed", "quarter"], name="emergencies_printed_once"),)

    def __str__(self) -> str:
        return f"{self.feed_id} {self.quarter}"
