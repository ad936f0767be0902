"""People, the tree of organisations, and who holds which role where."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
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
    """

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

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
