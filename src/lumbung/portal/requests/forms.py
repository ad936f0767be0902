"""What is typed at the desk of an office, and the two words that lead to a status."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.requests.listing import NOT_ANSWERED, Reason, reasons
from lumbung.portal.requests.models import DayOff, Offer, Office

WEEKDAYS = [
    (0, _("Senin")), (1, _("Selasa")), (2, _("Rabu")), (3, _("Kamis")),
    (4, _("Jumat")), (5, _("Sabtu")), (6, _("Minggu")),
]  # fmt: skip
LONGEST_KEPT, LONGEST_STANDARD = 365, 400  # days, working hours


class StandingForm(forms.Form):
    """The ticket and the secret of the link."""

    ticket = forms.CharField(label=_("Kode permohonan"), max_length=30)
    secret = forms.CharField(
        label=_("Kode rahasia"),
        max_length=400,
        widget=forms.PasswordInput,  # never shown again
        help_text=_("Huruf dan angka sesudah tanda # di tautan Anda; boleh juga seluruh tautannya."),
    )

    def clean_secret(self) -> str:
        """As it stands in the link, whatever was copied around it."""
        return str(self.cleaned_data["secret"]).rpartition("#")[2].strip().lower()


class OfficeForm(forms.ModelForm):
    """An office as it serves."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari kerja"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(
        label=_("Jam buka"), initial=time(8), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("Jam tutup"), initial=time(15, 30), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    keep_days = forms.IntegerField(
        label=_("Disimpan sesudah dijawab (hari)"), min_value=1, max_value=LONGEST_KEPT, initial=30
    )

    class Meta:
        model = Office
        fields = ("address", "contact", "begins", "ends", "weekdays", "keep_days", "takes")

    def clean(self) -> dict[str, Any]:
        """A day begins before it ends."""
        said = super().clean() or {}
        if said.get("begins") and said.get("ends") and said["begins"] >= said["ends"]:
            self.add_error("ends", _("Jam tutup harus sesudah jam buka."))
        return said


class OfferForm(forms.ModelForm):
    """One service as this office has it."""

    hours = forms.IntegerField(label=_("Standar waktu (jam kerja)"), min_value=1, max_value=LONGEST_STANDARD)

    class Meta:
        model = Offer
        fields = ("offered", "hours", "requirements")
        widgets = {"requirements": forms.Textarea(attrs={"rows": 6})}  # noqa: RUF012 - Django's own shape


class DayForm(forms.ModelForm):
    """A day of the office's own calendar."""

    class Meta:
        model = DayOff
        fields = ("day", "name", "works")
        widgets = {"day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}  # noqa: RUF012 - Django's own shape


class KeyForm(forms.Form):
    """The public half of a key."""

    recipient = forms.CharField(max_length=300)


class RefusalForm(forms.Form):
    """Why a request cannot go on: reasons of the list, at least one."""

    def __init__(self, *args: Any, **kept: Any) -> None:
        super().__init__(*args, **kept)
        choices = [(one.code, one.says) for one in given_by_officers()]
        self.fields["reasons"] = forms.MultipleChoiceField(
            label=_("Alasan"), choices=choices, widget=forms.CheckboxSelectMultiple
        )


def given_by_officers() -> list[Reason]:
    """All reasons but the one that the house gives itself."""
    return [one for one in reasons().values() if one.code != NOT_ANSWERED]
