"""What people told the public about a service. What machines find out is asked anew each time: see `health`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person


class Service(models.TextChoices):
    """What the public and the villages use."""

    CATALOGUE = "katalog", _("Katalog dan pencarian")
    DOWNLOADS = "unduhan", _("Unduhan")
    UPLOADS = "unggahan", _("Unggahan dari desa dan dinas")
    REPORTS = "laporan", _("Laporan data pribadi")
    STATISTICS = "statistik", _("Pembuatan statistik")


class Standing(models.TextChoices):
    """How a service stands, from the best to the worst."""

    WORKS = "jalan", _("Berjalan")
    DISTURBED = "terganggu", _("Terganggu")
    CLOSED = "ditutup", _("Ditutup")


class Notice(models.Model):
    """One sentence about a service, in force until `ended_at`. `next_at` is when more will be said; `channel` where
    people go meanwhile. Never about a person, and never a value from a file."""

    service = models.CharField(max_length=12, choices=Service)
    standing = models.CharField(max_length=12, choices=Standing)
    words = models.CharField(max_length=500)
    channel = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return f"{self.service} {self.standing}"
