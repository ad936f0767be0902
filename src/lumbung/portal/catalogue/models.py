"""What stands on the shelf. Only the publication room writes datasets; everybody else reads, through `queries`.

What a place says of itself (`PlacePage`, `Pin`) is written by `placing`, and is no dataset.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Subject
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.catalogue.vocabulary import (
    LICENCE_ADDRESSES,
    Classification,
    ClosingGround,
    Frequency,
    Licence,
    Theme,
)


class Dataset(models.Model):
    """A subject that is published again and again; each time is a Release. A removed one is left as a bare stone.

    `year` is the last year named in `period`, for finding. `state_because` is the written reason and is never public;
    `ground` is what the stone tells. `village` is the kode wilayah of the village whose statistics these are, made by
    Lumbung from its register; "" for everything else. `formats` are those of its newest release, each between
    spaces (" csv xlsx "), for finding.
    """

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="datasets")
    village = models.CharField(max_length=13, blank=True)
    theme = models.CharField(max_length=20, choices=Theme, blank=True)
    period = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    licence = models.CharField(max_length=20, choices=Licence, blank=True)
    frequency = models.CharField(max_length=20, choices=Frequency, blank=True)
    classification = models.CharField(max_length=20, choices=Classification, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=DatasetState, default=DatasetState.PUBLISHED)
    state_because = models.TextField(blank=True)
    state_since = models.DateTimeField()
    ground = models.CharField(max_length=20, choices=ClosingGround, blank=True)
    released_at = models.DateTimeField()
    formats = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-released_at", "-pk")
        indexes = (
            models.Index(fields=["state", "-released_at"], name="catalogue_newest"),
            models.Index(fields=["state", "theme"], name="catalogue_by_theme"),
            models.Index(fields=["village", "-released_at"], name="catalogue_by_village"),
            models.Index(fields=["organisation", "state", "-released_at"], name="catalogue_by_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                name="catalogue_licence_needs_open_class",
                condition=Q(licence="") | Q(classification=Classification.OPEN),
            ),
            models.CheckConstraint(
                name="catalogue_only_open_stands_here",
                condition=Q(state=DatasetState.REMOVED) | (Q(classification=Classification.OPEN) & ~Q(legal_basis="")),
            ),
            models.CheckConstraint(
                name="catalogue_closed_has_a_ground",
                condition=Q(state=DatasetState.PUBLISHED) | ~Q(ground=""),
            ),
        )

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page, which outlives the dataset as a stone."""
        return reverse("catalogue:dataset", args=[self.slug])

    @property
    def subject(self) -> Subject:
        """As the record names it."""
        return Subject(kind="dataset", id=self.slug, label=self.title, organisation=self.organisation.slug)

    def licence_address(self) -> str:
        """Where the words of the licence stand."""
        return LICENCE_ADDRESSES[Licence(self.licence)]


class OpenReleases(models.Manager["Release"]):
    """The releases that were not closed one by one. The default everywhere: who forgets to ask is on the safe side."""

    def get_queryset(self) -> models.QuerySet["Release"]:
        """Whether the dataset itself is open is `queries.visible`'s question."""
        return super().get_queryset().filter(closed_since=None)


class FilesOfOpenReleases(models.Manager["Distribution"]):
    """The files of those."""

    def get_queryset(self) -> models.QuerySet["Distribution"]:
        """The same for files."""
        return super().get_queryset().filter(release__closed_since=None)


class Release(models.Model):
    """One publication of a dataset, bound to the submitted bytes and to the rules that passed its files last.

    `submission` names the Submission by its uuid and is no foreign key: the shelf does not know who stocks it.
    `folder` is the name of the folder on the shelf: the digest over what was written. `looked_at` is when the gate
    looked at its files last. One that was closed by itself has `closed_since`, and then only `every` finds it.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    submission = models.CharField(max_length=36, unique=True)
    sha256 = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=64)
    folder = models.CharField(max_length=64, unique=True)
    looked_at = models.DateTimeField(default=timezone.now, db_index=True)
    closed_since = models.DateTimeField(null=True, blank=True)
    closed_ground = models.CharField(max_length=20, choices=ClosingGround, blank=True)
    closed_because = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OpenReleases()
    every = models.Manager["Release"]()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["dataset", "number"], name="catalogue_release_number"),)

    def __str__(self) -> str:
        return f"{self.dataset_id}/{self.number}"


class Distribution(models.Model):
    """One file of a release, written anew by Lumbung from inspected cells.

    `name` is the file's public name, unique in the whole portal; `path` is where it lies, relative to the shelf.
    `headers` are the names of its columns, `notes` the loose lines above and below the table. `part` is "" for a table
    and says which companion of the table it is otherwise (monograph, proof, guide), which has no rows. `shape` names
    what its columns can be read as (see `shapes_of_tables`); "" for nothing in particular.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="distributions")
    name = models.CharField(max_length=160, unique=True)
    format = models.CharField(max_length=10)
    sheet = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=240)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    headers = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    shape = models.CharField(max_length=20, blank=True, db_index=True)

    objects = FilesOfOpenReleases()
    every = models.Manager["Distribution"]()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class ColumnWords(models.Model):
    """What a producer says of the columns of one submission: shown once a release of it stands open, never before.

    Kept under the uuid of the submission, for that is what a release names. `words` has, by a column's header,
    "description" and "unit". `rules_version` is that of the gate that looked at these words.
    """

    submission = models.CharField(max_length=36, primary_key=True)
    words = models.JSONField(default=dict)
    rules_version = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.submission


class ReadKind(models.TextChoices):
    """What was read without being downloaded."""

    TABLE = "tabel", "tabel"
    MAP = "peta", "peta"


class ReadCount(models.Model):
    """How often one dataset was read in one way on one day. A number and nothing else: no address, no person, no hour.

    Written by `usage.count_read` alone; a lost count is no harm.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="read_counts")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=ReadKind)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dataset", "day", "kind"], name="catalogue_counted_once"),)

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.day} {self.kind}"


class Printed(models.Model):
    """The printed numbers of a village, out of one release of its statistics; they go when the release goes.

    Keys are "table|sex|category", a null is a hidden number. `leading` holds what roll-ups and comparisons read (with
    the bands of age as lists), `others` the rest. A copy of what stands in the release's file, so that hundreds of
    villages are read at once.
    """

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="printed")
    village = models.CharField(max_length=13, db_index=True)
    leading = models.JSONField(default=dict)
    others = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.village} {self.release_id}"


class PlacePage(models.Model):
    """What a village says of its office, for its page. No person: an office has no name and no private number."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="page")
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    def __str__(self) -> str:
        return str(self.organisation_id)


class Pin(models.Model):
    """A dataset that a place shows first on its page; the pin goes when the dataset's rows go."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pins")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="pins")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["organisation", "dataset"], name="catalogue_pinned_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.dataset_id}"


class ForbiddenDigest(models.Model):
    """Bytes that were removed and may never be received again, whatever their name or title."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    ground = models.CharField(max_length=20, choices=ClosingGround)

    def __str__(self) -> str:
        return self.sha256


class Closing(models.Model):
    """An organisation with everything below it, or the whole portal, shut for a while: see `publication.scopes`.

    `path` is the organisation's place in the tree; "" is above everything, hence the whole portal. `because` is the
    written reason and is never public; `ground` is what the stones tell. `head` is the size of the signed record at
    that moment, `snapshot` what stood open then: counts, and a digest over all of it.
    """

    path = models.CharField(max_length=255, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="closings")
    shut = models.CharField(max_length=10, choices=Shut)
    ground = models.CharField(max_length=20, choices=ClosingGround)
    because = models.TextField()
    since = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    head = models.BigIntegerField(null=True)
    snapshot = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["path"], condition=Q(ended_at=None), name="catalogue_closed_once"),
        )

    def __str__(self) -> str:
        return f"{self.path or '*'} {self.shut}"
