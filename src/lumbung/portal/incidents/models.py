"""What the public told of a dataset, what became of it, and the incidents that began with it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.incidents.states import OPEN, MatterState
from lumbung.portal.publication.scopes import PORTAL, subject_of

CLOCK = timedelta(hours=72)  # UU 27/2022 art. 46: 3 x 24 hours


class Seen(models.TextChoices):
    """What somebody saw, by kind: the thing itself is never asked for."""

    NUMBER = "nik", _("NIK atau nomor KK")
    NAME = "nama", _("Nama orang beserta alamat atau tanggal lahirnya")
    CONTACT = "kontak", _("Nomor telepon atau surel orang")
    SENSITIVE = "khusus", _("Kesehatan, keuangan, atau bantuan yang diterima seseorang")
    CHILD = "anak", _("Data anak")
    PICTURE = "gambar", _("Foto, tanda tangan, atau pindaian surat")
    OTHER = "lain", _("Yang lain")


class Matter(models.Model):
    """All reports about one dataset until they are answered together: one line on the desk, however many they are.

    `reports` counts all of them, also those beyond the limit that were not kept one by one. `looked_at` is when the
    gate had looked at the dataset's files again. `answer` is what the officer says to those who reported.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="matters")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MatterState, default=MatterState.RECEIVED)
    reports = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("opened_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["dataset"], condition=Q(state__in=OPEN), name="incidents_one_open_matter"),
        )

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN


class Report(models.Model):
    """What one visitor told: which kind of thing, and where; never the thing itself.

    `digest` is the SHA-256 of the code by which they follow it. `sender` is a keyed digest of their address, kept for
    a day to count by. Words and contact are emptied on `until`; `contact` is sealed with the master key.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="told")
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, blank=True, db_index=True)
    seen = models.CharField(max_length=10, choices=Seen)
    table = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    contact = models.BinaryField(blank=True)
    until = models.DateField()

    class Meta:
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.matter_id} {self.received_at}"


class Incident(models.Model):
    """What was closed because of personal data, with the clock that the law sets running: a dataset (or releases of
    it, see `extent`), an organisation with all below it, or, where both are empty, the whole portal.

    `aware_at` is the first moment at which anybody here could know, `aware` the number of the line that says so,
    `closing` that of the line that closed it. `sealed` is the size of the record when a head was signed for
    this incident.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    opened_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    aware = models.BigIntegerField()
    closing = models.BigIntegerField(unique=True)
    sealed = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.CheckConstraint(name="incidents_over_one_thing", condition=Q(dataset=None) | Q(organisation=None)),
        )

    def __str__(self) -> str:
        return f"{self.subject.key} {self.closing}"

    @property
    def subject(self) -> Subject:
        """As the record names what was closed."""
        if self.dataset:
            return self.dataset.subject
        return subject_of(self.organisation) if self.organisation else PORTAL

    @property
    def title(self) -> str:
        """What people call it."""
        if self.dataset:
            return self.dataset.title or self.dataset.slug
        if self.organisation:
            return gettext("Semua data %s") % self.organisation.name
        return gettext("Seluruh portal")

    @property
    def place(self) -> Organisation | None:
        """The organisation whose people have to act; None where it is about the whole portal."""
        return self.dataset.organisation if self.dataset else self.organisation

    def datasets(self) -> QuerySet[Dataset]:
        """All that it is about, whatever their state."""
        if self.dataset:
            return Dataset.objects.filter(pk=self.dataset.pk)
        if self.organisation:
            return Dataset.objects.filter(organisation__path__startswith=self.organisation.path)
        return Dataset.objects.all()

    @property
    def deadline(self) -> datetime:
        """When the 3 x 24 hours end."""
        return self.aware_at + CLOCK

    @property
    def is_late(self) -> bool:
        """Whether they have ended while the incident goes on."""
        return self.ended_at is None and timezone.now() > self.deadline


class Dossier(models.Model):
    """All that is known of an incident at one moment, as numbers of lines and counts: one version, never changed.

    `facts` is what `gathering.facts_of` gives: no name and no address, for the record holds these and may have to
    forget them. `digest` is the SHA-256 of its canonical JSON and stands in the record, so that a change is seen.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="dossiers")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    facts = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["incident", "number"], name="incidents_dossier_number"),)

    def __str__(self) -> str:
        return f"{self.incident_id}/{self.number}"


class LetterKind(models.TextChoices):
    """What has to be written, by the names of the templates T1 to T6."""

    RESIDENTS = "t1-warga", _("T1 Pemberitahuan kepada warga")
    AUTHORITY = "t1-lembaga", _("T1 Pemberitahuan kepada lembaga")
    PUBLIC = "t2-umum", _("T2 Pengumuman untuk umum")
    CSIRT = "t3-tim-tanggap", _("T3 Laporan insiden untuk tim tanggap insiden")
    POLICE = "t4-polisi", _("T4 Berkas laporan polisi")
    CHRONOLOGY = "t5-kronologi", _("T5 Kronologi")
    NOT_OURS = "t6-bukan-dari-kami", _("T6 Keterangan: bukan dari kami")


class Letter(models.Model):
    """One version of one letter: a draft from the facts, or what a person made of it. Never changed, only followed.

    `made_by` is None for a draft that was written from `dossier` alone. `signed_at` is when somebody said that this
    version was signed and sent; nothing follows it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind)
    version = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("kind", "-version")
        constraints = (models.UniqueConstraint(fields=["incident", "kind", "version"], name="incidents_version"),)

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind}/{self.version}"


class Duty(models.TextChoices):
    """What has to be done in an incident. Those of the law stand first."""

    AUTHORITY = "lembaga", _("Beri tahu lembaga secara tertulis (UU 27/2022 pasal 46)")
    RESIDENTS = "warga", _("Beri tahu warga yang datanya terungkap (UU 27/2022 pasal 46)")
    SEARCH_ENGINES = "mesin-pencari", _("Minta mesin pencari dan pengambil data menghapus salinannya")
    CSIRT = "tim-tanggap", _("Laporkan kepada tim tanggap insiden siber")
    PUBLIC = "umum", _("Putuskan apakah perlu diumumkan kepada umum")
    CAUSE = "sebab", _("Tulis mengapa terjadi dan apa yang diubah agar tidak terulang")


class Task(models.Model):
    """One duty of one incident, with its deadline. `reminders` counts how often people were reminded of it, `tried_at`
    is when that was last tried."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tasks")
    duty = models.CharField(max_length=20, choices=Duty)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (models.UniqueConstraint(fields=["incident", "duty"], name="incidents_duty_once"),)

    def __str__(self) -> str:
        return f"{self.incident_id} {self.duty}"

    @property
    def is_late(self) -> bool:
        """Whether its time is over while it is not done."""
        return self.done_at is None and timezone.now() > self.due_at
