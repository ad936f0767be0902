"""The form by which a place tells of its office and chooses what it shows first."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset, PlacePage

MOST_PINS = 3
NUMBER_OF_A_PERSON = re.compile(r"\d(?:[ .\-/]?\d){11}")
"""Twelve digits or more: no street and no house has such a number, a person has (NIK, KK, account)."""
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5  # degrees: the Republic


class Titled(forms.ModelMultipleChoiceField):
    """Datasets by their titles."""

    def label_from_instance(self, obj: Dataset) -> str:
        """The title, not the address."""
        return obj.title


class PlaceForm(forms.ModelForm[PlacePage]):
    """The office, never a person: no name is asked for, and no long number is taken."""

    website = forms.URLField(assume_scheme="https", required=False, label=_("Situs"))
    pinned = Titled(
        Dataset.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Data yang ditampilkan lebih dulu"),
        help_text=_("Paling banyak tiga."),
    )

    class Meta:
        model = PlacePage
        fields = ("address", "telephone", "email", "website", "latitude", "longitude")
        labels = {  # noqa: RUF012 - Django reads it so
            "address": _("Alamat kantor"),
            "telephone": _("Telepon kantor"),
            "email": _("Surel kantor"),
            "latitude": _("Lintang kantor"),
            "longitude": _("Bujur kantor"),
        }
        help_texts = {  # noqa: RUF012 - Django reads it so
            "telephone": _("Nomor kantor, bukan nomor pribadi."),
            "latitude": _("Derajat desimal, misalnya -7,47056."),
            "longitude": _("Derajat desimal, misalnya 110,21778."),
        }

    def __init__(self, *args: Any, datasets: QuerySet[Dataset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pinned"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = datasets
        self.fields["telephone"].validators.append(
            RegexValidator(r"^\+?[0-9][0-9 ()\-]{4,18}$", _("Tulis nomornya saja, misalnya 0293 555123."))
        )
        for name in ("latitude", "longitude"):
            self.fields[name].localize = True
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean_address(self) -> str:
        """No number that could be a person's."""
        address: str = self.cleaned_data["address"]
        if NUMBER_OF_A_PERSON.search(address):
            raise forms.ValidationError(_("Alamat ini memuat nomor yang panjang. Tulis alamat kantornya saja."))
        return address

    def clean_pinned(self) -> QuerySet[Dataset]:
        """A handful."""
        chosen: QuerySet[Dataset] = self.cleaned_data["pinned"]
        if len(chosen) > MOST_PINS:
            raise forms.ValidationError(_("Pilih paling banyak tiga data."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Both coordinates or none, and within Indonesia."""
        given = super().clean() or self.cleaned_data
        latitude, longitude = given.get("latitude"), given.get("longitude")
        if (latitude is None) != (longitude is None):
            raise forms.ValidationError(_("Isi lintang dan bujurnya berdua, atau kosongkan berdua."))
        if (
            latitude is not None
            and longitude is not None
            and not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST)
        ):
            raise forms.ValidationError(_("Koordinat ini di luar Indonesia. Mungkin lintang dan bujurnya tertukar."))
        return given


class RegencyForm(forms.Form):
    """A regency whose districts and villages are to be added."""

    regency = forms.ModelChoiceField(Organisation.objects.none(), label=_("Kabupaten/kota"))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["regency"]
        assert isinstance(field, forms.ModelChoiceField)
        mine = organisations_where(person, Role.ADMIN).filter(kind=OrganisationKind.REGENCY)
        field.queryset = mine.exclude(kode="").order_by("kode")
