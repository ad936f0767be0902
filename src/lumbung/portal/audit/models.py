"""One line of the record. The database itself forbids changing or deleting it (see the first migration)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lumbung.portal.audit.kinds import kinds


class Event(models.Model):
    """What one actor did to one subject, with the facts frozen at the time. Append-only; no foreign keys.

    `sequence` has no holes: a missing number is a deleted line. `subject` is "<kind>:<id>" ("submission:<uuid>",
    "dataset:<slug>", "person:<id>", "organisation:<slug>"). `organisation` is the slug of the organisation the subject
    belongs to and decides who may read the line; `actor_organisation` is a name, for people. `address` is an IP
    address, `device` a user agent. `details` holds counts, codes and versions, never a value from a file.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=40, choices=kinds)
    actor = models.CharField(max_length=64, db_index=True)
    actor_name = models.CharField(max_length=200)
    actor_organisation = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, db_index=True)
    subject_label = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=100, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    because = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-sequence",)
        verbose_name = _("catatan")

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject}"

    @property
    def story_address(self) -> str:
        """The page that tells the whole story of the subject; empty for people and organisations."""
        kind, _colon, name = self.subject.partition(":")
        return reverse(f"audit:{kind}", args=[name]) if kind in ("submission", "dataset") else ""
