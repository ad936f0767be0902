"""The forms of the people's desk. Which organisations may be chosen is given by the view."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person, Scope
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.tokens import VALID_FOR


class RoleForm(forms.Form):
    """One role in one organisation."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisasi"))
    role = forms.ChoiceField(choices=Role.choices, label=_("Peran"))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations.order_by("path")


class PersonForm(RoleForm):
    """A new person and their first role."""

    name = forms.CharField(max_length=150, label=_("Nama"))
    email = forms.EmailField(label=_("Surel"))
    field_order = ("name", "email", "organisation", "role")

    def clean_email(self) -> str:
        """Each e-mail once."""
        email: str = self.cleaned_data["email"].lower()
        if Person.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Surel ini sudah dipakai oleh akun lain."))
        return email


class OrganisationForm(forms.Form):
    """A new organisation below one that the admin manages."""

    below = forms.ModelChoiceField(Organisation.objects.none(), label=_("Di bawah"))
    name = forms.CharField(max_length=150, label=_("Nama"))
    kind = forms.ChoiceField(choices=OrganisationKind.choices, label=_("Jenis"))
    kode = forms.RegexField(
        r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$",
        required=False,
        label=_("Kode wilayah"),
        help_text=_("Contoh: 99.01.02.2003. Kosongkan untuk perangkat daerah."),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["below"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations.order_by("path")


class FirstPasswordForm(forms.Form):
    """The password that somebody chooses who was invited. `person` is who they are."""

    password1 = forms.CharField(
        label=_("Kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Paling sedikit 10 huruf. Beberapa kata yang mudah Anda ingat lebih baik daripada satu yang rumit."
        ),
    )
    password2 = forms.CharField(
        label=_("Kata sandi sekali lagi"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        """Long enough, not common, not like their own name."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        typed = super().clean() or {}
        if typed.get("password1") and typed.get("password1") != typed.get("password2"):
            self.add_error("password2", _("Kedua kata sandi itu belum sama."))
        return typed


class ReasonForm(forms.Form):
    """Why."""

    because = forms.CharField(max_length=500, label=_("Alasan"))


class TokenForm(forms.Form):
    """A new key for a program: what for, what it may do, for how long."""

    purpose = forms.CharField(
        max_length=100, label=_("Untuk apa"), help_text=_("Misalnya: kiriman bulanan dari server dinas.")
    )
    scope = forms.ChoiceField(choices=Scope.choices, widget=forms.RadioSelect, label=_("Yang boleh dilakukan"))
    days = forms.ChoiceField(choices=list(VALID_FOR.items()), initial=90, label=_("Berlaku selama"))
