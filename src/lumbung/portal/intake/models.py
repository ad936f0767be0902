"""What arrives: a submission, and the question whether a held one may pass."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import Classification, Frequency, Ground, Licence, Theme
from lumbung.portal.intake.cells import Celled
from lumbung.portal.intake.states import FINISHED, UNDER_WAY, CountingState, State


class Trouble(models.TextChoices):
    """Why a file could not be inspected at all; the findings page has a sentence for each."""

    NONE = "", ""
    DAMAGED = "damaged", _("Berkas yang tersimpan tidak lagi sama dengan yang diunggah.")
    INTERRUPTED = "interrupted", _("Pemeriksaan terputus tiga kali berturut-turut.")
    CANARY = "canary", _("Berkas ini memuat salinan yang diserahkan terbatas.")


class Submission(models.Model):
    """One uploaded file on its way. The bytes lie encrypted beside the database; `wrapped_key` opens them.

    `filename_masked` is the uploader's name for the file with long digit runs hidden; the true name is sealed under
    the file's own key in `sealed_name`. `inspection` is the gate's answer as plain values, without evidence.
    `released_codes` are the rules a PPDP has released for this file. `attempts` and `heartbeat` belong to the job.
    `village` is the kode wilayah where Lumbung itself made this file from that village's register, "" otherwise.
    `blank` is the code of the blank whose answers this is, of one village or stacked for a regency; "" otherwise.
    `seems` is the mark of a blank of ours that an ordinary upload carries ("apbdes 2026 99.01.01.2001"); "" otherwise.
    `made_from` are the published submissions whose rows or numbers Lumbung put together in this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="submissions")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions")
    derived_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="derived")
    made_from = models.ManyToManyField("self", symmetrical=False, related_name="made_into", blank=True)
    village = models.CharField(max_length=13, blank=True)
    blank = models.CharField(max_length=30, blank=True)
    seems = models.CharField(max_length=60, blank=True)
    filename_masked = models.CharField(max_length=200)
    sealed_name = models.BinaryField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    wrapped_key = models.BinaryField()
    storage_key = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField()
    state_since = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True, blank=True)

    inspection = models.JSONField(null=True, blank=True)
    rules_version = models.CharField(max_length=64, blank=True)
    inspected_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True)
    released_codes = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True, blank=True)

    title = models.CharField(_("judul"), max_length=200, blank=True)
    description = models.TextField(_("uraian"), blank=True)
    theme = models.CharField(_("tema"), max_length=20, choices=Theme, blank=True)
    period = models.CharField(_("periode"), max_length=100, blank=True)
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    unit = models.CharField(_("satuan"), max_length=100, blank=True)
    licence = models.CharField(_("lisensi"), max_length=20, choices=Licence, blank=True)
    frequency = models.CharField(_("kekerapan"), max_length=20, choices=Frequency, blank=True)
    classification = models.CharField(_("klasifikasi"), max_length=20, choices=Classification, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)

    class Meta:
        ordering = ("-received_at",)
        indexes = (
            models.Index(fields=["state", "state_since"], name="intake_by_state"),
            models.Index(fields=["organisation", "-received_at"], name="intake_by_organisation"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "sha256"], condition=~Q(state__in=FINISHED), name="intake_same_file_once"
            ),
            models.CheckConstraint(
                name="intake_shredded_has_no_key",
                condition=~Q(state=State.SHREDDED) | (Q(shredded_at__isnull=False) & Q(storage_key="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """The page that follows it."""
        return reverse("intake:submission", args=[self.pk])

    @property
    def id_text(self) -> str:
        """The uuid as text, for templates."""
        return str(self.pk)

    def holding_codes(self) -> set[str]:
        """The codes of the rules that hold the file; empty where it was not inspected or nothing holds it."""
        reasons = (self.inspection or {}).get("reasons", [])
        return {reason["code"] for reason in reasons if reason["severity"] == "hold"}

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        return Subject(
            kind="submission",
            id=str(self.pk),
            label=self.filename_masked,
            organisation=self.organisation.slug,
            sha256=self.sha256,
        )


class Answer(models.TextChoices):
    """What the PPDP said."""

    WAITING = "waiting", _("Menunggu jawaban PPDP")
    GRANTED = "granted", _("Dilepas")
    REFUSED = "refused", _("Tidak dilepas")


class ReleaseRequest(models.Model):
    """A producer asks the PPDP to let a held file pass, naming the law. At most one is waiting for each file.

    `ground` and what follows are the uji konsekuensi of the answer (see `weighing`); "" for those of earlier times.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="release_requests")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    legal_basis = models.CharField(max_length=300)
    because = models.TextField()
    codes = models.JSONField(default=list)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_because = models.TextField(blank=True)
    ground = models.CharField(max_length=4, choices=Ground, blank=True)
    if_opened = models.TextField(blank=True)
    if_closed = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["submission"], condition=Q(answer=Answer.WAITING), name="intake_one_open_request"
            ),
            models.CheckConstraint(
                name="intake_answered_by_somebody",
                condition=Q(answer=Answer.WAITING, answered_by=None, answered_at=None)
                | (~Q(answer=Answer.WAITING) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="intake_answer_is_weighed",
                condition=Q(ground__in=("", Ground.QUALITY))
                | (~Q(if_opened="") & ~Q(if_closed="") & (Q(answer=Answer.GRANTED) | Q(until__isnull=False))),
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} {self.answer}"


class Stage(models.TextChoices):
    """What the making of statistics is doing at this moment, in words for the page that follows it."""

    WAITING = "waiting", _("Menunggu giliran.")
    OPENING = "opening", _("Register dibuka dan dibaca di ruang tertutup, tanpa jaringan.")
    COUNTING = "counting", _("Warga dihitung, masing-masing sekali.")
    PROTECTING = "protecting", _("Angka kecil disembunyikan, juga terhadap semua yang pernah terbit.")
    WRITING = "writing", _("Tabel, monografi, dan buktinya ditulis, lalu diserang sendiri sebagai uji.")
    CHECKING = "checking", _("Bukti dan setiap berkas hasilnya diperiksa.")
    STORING = "storing", _("Hasilnya disimpan dan register dimusnahkan.")


class ParcelStage(models.TextChoices):
    """What is being done with a package that was handed in, in words for the page that follows it."""

    WAITING = "waiting", _("Menunggu giliran.")
    OPENING = "opening", _("Paket dibuka di ruang tertutup dan tabelnya ditulis ulang.")
    CHECKING = "checking", _("Bukti dihitung ulang, dan setiap berkas diperiksa.")
    STORING = "storing", _("Hasilnya disimpan.")


class Counting(models.Model):
    """One making of statistics from one held register. At most one is under way for each register.

    At most one works for each village, so that the memory of its releases is read and written by one at a time.
    `mapping` names a column for each attribute where a person had to say so, `proposal` is what to ask them. `code`
    says why it stopped. `report` counts what was wrong and names rows by number; neither ever holds a value.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="countings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    village = models.CharField(_("kode wilayah desa"), max_length=13)
    reference_date = models.DateField(_("keadaan per tanggal"))
    mapping = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CountingState, default=CountingState.WAITING)
    state_since = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField()
    code = models.CharField(max_length=40, blank=True)
    proposal = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    result = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="counted_by"
    )

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state__in=UNDER_WAY), name="intake_one_counting_at_once"
            ),
            models.UniqueConstraint(
                fields=["village"], condition=Q(state=CountingState.WORKING), name="intake_one_counting_per_village"
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} {self.state}"


class Parcel(models.Model):
    """A package of statistics from a village's own computer, sealed while it is looked at; its bytes go in the end.

    At most one is under way for each village. `code` says why it was not taken, `result` is the submission it became.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parcels")
    brought_at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    wrapped_key = models.BinaryField()
    sealed_name = models.BinaryField()
    storage_key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=CountingState, default=CountingState.WAITING)
    state_since = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=ParcelStage, default=ParcelStage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField()
    code = models.CharField(max_length=40, blank=True)
    result = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="brought_as"
    )

    class Meta:
        ordering = ("-brought_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=UNDER_WAY), name="intake_one_parcel_at_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        return Subject(kind="parcel", id=str(self.pk), label="paket.zip", organisation=self.organisation.slug)


class VillageMemory(models.Model):
    """All that has been handed out about a village, as `aggregate.package.as_json` writes it, the oldest first.

    It holds printed numbers and marks for hidden ones, what everybody who kept the releases has, and nothing of a
    resident. What was handed out counts, published or not: whoever holds it can subtract.
    """

    village = models.CharField(max_length=13, primary_key=True)
    releases = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.village


class Attachment(models.Model):
    """A file that Lumbung made beside a table: monograph, proof, guide. Sealed like an upload, under its own key.

    `part` is which of them it is; `name` has no word of an uploader in it. Destroyed with its submission.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    part = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    wrapped_key = models.BinaryField()
    sealed_name = models.BinaryField()
    storage_key = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["submission", "name"], name="intake_attachment_once"),)

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """A file that arrives in pieces over a bad line: who sends it, how large it will be, and the key of its pieces.

    The pieces lie sealed beside the database, numbered; without this row nobody can open them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arrivals")
    size = models.PositiveBigIntegerField()
    wrapped_key = models.BinaryField()
    sealed_name = models.BinaryField()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("begun_at",)

    def __str__(self) -> str:
        return str(self.pk)


class Entry(Celled, models.Model):
    """What a village is filling in on one blank for one year: a draft, kept while and after it is sent.

    `values` has typed cells by line and column, as the blank defines them, stored under a seal. `version` counts its
    savings, so that two who work on it at once do not overwrite each other unseen.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    blank = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("blank", "-year")
        constraints = (models.UniqueConstraint(fields=["organisation", "blank", "year"], name="intake_one_entry"),)

    def __str__(self) -> str:
        return f"{self.blank} {self.year}"


class Delivery(Celled, models.Model):
    """What was filled in when it was sent, sealed as in `Entry`: the same for ever, gone with its submission."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="delivery")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    blank = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(default=b"")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-sent_at", "-pk")
        indexes = (models.Index(fields=["blank", "organisation", "-year"], name="intake_deliveries"),)

    def __str__(self) -> str:
        return f"{self.blank} {self.year}"


class SidKey(models.Model):
    """What a village's information system shows when it sends aggregates here: only the digest is kept.

    The person who made it answers for what it sends. Revoked keys stay, so that the record can name them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sid_keys")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(revoked_at=None), name="intake_one_valid_sid_key"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.made_at}"
