"""The switchboard: the agency's services, every move of each, and who signed that what was dangerous may open again.

The agency's own services (`Own`) need no row: one without a row is open and never moved. Outside ones are registered.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.services.states import ServiceState


class Own(models.TextChoices):
    """What this portal itself serves; which addresses belong to each stands in the settings (SERVICE_ADDRESSES)."""

    OPEN_DATA = "open-data", _("Katalog dan data terbuka")
    ROWS_API = "rows-api", _("Data untuk program (API)")
    DOCUMENT_REQUESTS = "document-requests", _("Permohonan dokumen kependudukan")
    STATISTICS_INTAKE = "statistics-intake", _("Kiriman data dan statistik dari desa dan dinas")
    EMERGENCIES = "emergencies", _("Panggilan darurat dari aplikasi pemadam")


WITHIN = {Own.ROWS_API: Own.OPEN_DATA}
"""What is a part of another service: it never stands better than the whole."""


class Service(models.Model):
    """One service and how it stands. `reason`, `channel` and `next_at` are public, and name nobody.

    `round` is the move that began the checklist now running: set while it is closed because of a danger.
    `look_at` is the address whose health is asked; blank: nobody asks. `seen` is what was found last (a code of
    `health`), `bad` how often in a row it was bad.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120, blank=True)
    address = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ServiceState, default=ServiceState.OPEN)
    since = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=200, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    round = models.ForeignKey("Move", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    late_told_at = models.DateTimeField(null=True, blank=True)
    look_at = models.URLField(max_length=300, blank=True)
    seen = models.CharField(max_length=20, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    bad = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(round=None) | Q(state=ServiceState.CLOSED), name="services_round_only_while_closed"
            ),
            models.CheckConstraint(
                condition=Q(state=ServiceState.OPEN) | Q(since__isnull=False, next_at__isnull=False),
                name="services_not_open_without_a_promise",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """Its name as people read it."""
        return str(Own(self.code).label) if self.code in Own.values else self.name


class Move(models.Model):
    """One move, or further word about the same state. The row is how the service stood from then on."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="moves")
    before = models.CharField(max_length=10, choices=ServiceState)
    state = models.CharField(max_length=10, choices=ServiceState)
    danger = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    channel = models.CharField(max_length=200, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.before} {self.state}"


class Signature(models.Model):
    """One person's word that all four points of the checklist hold, for one round: see `checklist`."""

    round = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="services_one_hand_signs_once"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id}"
