"""The forms of the desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.intake.reasons import LONGEST

RETENTION = {120: _("120 hari"), 180: _("180 hari"), 365: _("365 hari")}  # days; longer than a quarter and a month


class FeedForm(forms.Form):
    """Whose feed it is, what it is called, and how long a call is kept."""

    organisation = forms.ModelChoiceField(label=_("Organisasi"), queryset=Organisation.objects.none())
    name = forms.CharField(label=_("Nama aliran"), max_length=100)
    retention_days = forms.TypedChoiceField(
        label=_("Panggilan disimpan paling lama"), choices=RETENTION.items(), coerce=int, initial=180
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kept: Any) -> None:
        super().__init__(*args, **kept)
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = organisations


class OfficerForm(forms.Form):
    """Whom to name, by the e-mail of their account."""

    email = forms.EmailField(label=_("Surel petugas"))


class NumberForm(forms.Form):
    """The app's own number of a call."""

    number = forms.CharField(label=_("Nomor panggilan di aplikasi"), max_length=64)


class ReasonForm(forms.Form):
    """Why a call is opened."""

    because = forms.CharField(label=_("Alasan membuka"), max_length=LONGEST)
