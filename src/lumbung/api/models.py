"""What CKAN's clients need to come back to while nothing of theirs stands on the shelf: an id and a name."""

import uuid

from django.db import models
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission


class Draft(models.Model):
    """A package that was made by a program. It is never public: what stands on the shelf is a Dataset.

    `words` has what was said about it, by the keys of `intake.actions.DESCRIPTION`, until its first file arrives; from
    then on the submission has them, and they go with it. `dataset` is what it brings the next release of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.SlugField(max_length=120)
    words = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-begun_at",)
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="api_draft_named_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class Piece(models.Model):
    """A resource of a draft: announced (`name` is what it will be called), or sent, and then a submission.

    `rows`: Lumbung itself wrote the file, out of the rows that a program sent, so more rows can be put to them.
    `resource` is the id of the published resource that it is to be the next release of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pieces")
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    rows = models.BooleanField(default=False)
    resource = models.CharField(max_length=36, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("begun_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
