"""People, the tree of organisations, and who holds which role where."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from lumbung.portal.accounts.roles import LOG_READERS, Role


class OrganisationKind(models.TextChoices):
    """What an organisation is in regional government."""

    REGENCY = "regency", _("Kabupaten/kota")
    DISTRICT = "district", _("Kecamatan")
    VILLAGE = "village", _("Desa/kelurahan")
    AGENCY = "agency", _("Perangkat daerah")


class Organisation(MP_Node):
    """A regency with its districts, villages and agencies below it. `kode` is the kode wilayah, or empty."""

    kind = models.CharField(max_length=10, choices=OrganisationKind)
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=100, unique=True)
    kode = models.CharField(max_length=13, blank=True)

    class Meta:
        verbose_name = _("organisasi")

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Makes people; allauth and the demo need this one method."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who signs in by e-mail; without a password nobody can sign in as them."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in by e-mail. What they may do follows from their memberships alone.

    `must_change_password`: an admin has seen the password, so it opens nothing but the page where a new one is chosen.
    `invented`: somebody of the demo regency, whose password everybody knows; no second step is asked of them, and
    their account does not fall asleep. `active_since`: when the account was made or opened again.
    """

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    active_since = models.DateTimeField(default=timezone.now)
    invented = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("orang")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def organisation_names(self) -> str:
        """Where they belong, for the record: "Desa Sukatani, Dinas Kesehatan"."""
        names = self.memberships.order_by("pk").values_list("organisation__name", flat=True)
        return ", ".join(dict.fromkeys(names))

    def readable_organisations(self) -> set[str]:
        """The slugs of the organisations whose part of the record they may read."""
        from lumbung.portal.accounts.queries import organisations_where

        return set(organisations_where(self, *LOG_READERS).values_list("slug", flat=True))


class Membership(models.Model):
    """One role of one person in one organisation and all below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="accounts_role_given_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """A link by which somebody chooses their first password, once. Only the digest of its token is kept.

    Open until it is used, revoked, or out of date; each person has at most one that is neither used nor revoked.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, revoked_at=None),
                name="accounts_one_open_invitation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.made_at}"

    @property
    def is_open(self) -> bool:
        """Whether the link still leads somewhere."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class Wish(models.TextChoices):
    """What one admin asks another to confirm."""

    GIVE_ROLE = "give-role", _("memberi peran")
    RESET_SECOND_STEP = "reset-second-step", _("melepas pengaman kedua")


class WishAnswer(models.TextChoices):
    """What the other admin said."""

    WAITING = "waiting", _("Menunggu admin kedua")
    CONFIRMED = "confirmed", _("Disetujui")
    DECLINED = "declined", _("Tidak disetujui")


class Proposal(models.Model):
    """An act that takes two admins: asked for by one, done when another confirms. `role` is "" for a reset."""

    wish = models.CharField(max_length=20, choices=Wish)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    because = models.CharField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=WishAnswer, default=WishAnswer.WAITING)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["wish", "person", "organisation", "role"],
                condition=Q(answer=WishAnswer.WAITING),
                name="accounts_asked_once",
            ),
            models.CheckConstraint(
                name="accounts_confirmed_by_another",
                condition=~Q(answer=WishAnswer.CONFIRMED)
                | (~Q(answered_by=models.F("proposed_by")) & ~Q(answered_by=models.F("person"))),
            ),
            models.CheckConstraint(
                name="accounts_answered_by_somebody",
                condition=Q(answer=WishAnswer.WAITING, answered_by=None, answered_at=None)
                | (~Q(answer=WishAnswer.WAITING) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.wish} {self.person_id} {self.role}"


class Scope(models.TextChoices):
    """What a key lets a program do for its person."""

    READ = "read", _("Membaca saja")
    WRITE = "write", _("Membaca dan mengirim")


class ApiToken(models.Model):
    """A key by which one program acts for a person, for one purpose. Only the digest of its text is kept.

    Valid until it is revoked or out of date, and while its person may come in. `used_at` is some minutes rough.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=100)
    scope = models.CharField(max_length=10, choices=Scope)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person_id} {self.pk}"

    @property
    def is_valid(self) -> bool:
        """Whether it is neither revoked nor out of date."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def writes(self) -> bool:
        """Whether it may send anything."""
        return self.scope == Scope.WRITE
