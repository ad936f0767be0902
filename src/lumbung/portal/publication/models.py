"""Who wants to be told when something is closed or opened again, and what each was told. No value, no title."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person


class Webhook(models.Model):
    """A harvester's address. `secret` is sealed with the master key; `seen` is the last line of the record that was
    turned into calls for it."""

    address = models.URLField(max_length=300)
    secret = models.BinaryField()
    seen = models.BigIntegerField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("alamat pemberitahuan")

    def __str__(self) -> str:
        return str(self.pk)


class Call(models.Model):
    """One message to one of them, about one line of the record, tried again until it is taken or given up.

    `outcome` is "" until it was tried, then "taken" or why not: address, refused, no-answer.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="calls")
    line = models.BigIntegerField()
    body = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["webhook", "line"], name="publication_told_once"),)

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.line}"


class Backup(models.Model):
    """A copy of the data folder that is kept outside it, and until when. The portal cannot reach into it: what is
    removed here lives on there until then, and who removes is told so. Told by a person or by the agency's own job."""

    place = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("salinan cadangan")

    def __str__(self) -> str:
        return f"{self.place} {self.made_at}"
