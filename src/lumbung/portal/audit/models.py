"""The lines of the record, the signed heads of the tree over them, and who has seen these. All only grow."""

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
    `leaf` is the line's hash in the tree (see leaf.py), in hexadecimal. It holds the personal as `commitments`; values
    and `salts` of these may be emptied when a person is erased, and nothing else may.
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
    commitments = models.JSONField(default=dict)
    salts = models.JSONField(default=dict)
    leaf = models.CharField(max_length=64)

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


class Head(models.Model):
    """The root of the tree over the first `size` lines, signed: whoever holds it can tell if one of them is changed.

    `statement` is the canonical JSON of at, root and size; `signature` and `key` are Ed25519 over it, in hexadecimal.
    `peaks` are the roots of the full trees at that size: from there the next head goes on.
    """

    size = models.BigIntegerField(db_index=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    statement = models.TextField()
    signature = models.CharField(max_length=128)
    key = models.CharField(max_length=64)
    peaks = models.JSONField()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("kepala catatan")

    def __str__(self) -> str:
        return f"{self.size} {self.root}"


class Testimony(models.Model):
    """That a witness outside this house has received a head, or why it has not yet. `receipt` is what it gave back."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="testimonies")
    witness = models.CharField(max_length=100)
    at = models.DateTimeField()
    received = models.BooleanField()
    receipt = models.BinaryField(blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("kesaksian")

    def __str__(self) -> str:
        return f"{self.witness} {self.head_id}"
