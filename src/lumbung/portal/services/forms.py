"""The form in which somebody tells how a service stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.services.models import Service, Standing


class NoticeForm(forms.Form):
    """Which service, how it stands, and what people should know."""

    service = forms.ChoiceField(label=_("Layanan"), choices=Service.choices)
    standing = forms.ChoiceField(label=_("Keadaannya"), choices=Standing.choices, initial=Standing.DISTURBED)
    words = forms.CharField(label=_("Yang perlu diketahui umum"), max_length=500)
    channel = forms.CharField(label=_("Sementara itu, lewat mana"), max_length=200, required=False)
    next_at = forms.DateTimeField(
        label=_("Kabar berikutnya (WIB)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
