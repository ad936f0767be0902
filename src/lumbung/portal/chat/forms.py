"""The forms of the desk and of the public page."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.counter.tickets import read_ticket
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.chat.models import ChannelKind

NUMBER = re.compile(r"62[0-9]{7,13}")


class _OfOffice(forms.Form):
    """Which office it is for, out of those the person works for."""

    organisation = forms.ModelChoiceField(label=_("Kantor"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kept: Any) -> None:
        super().__init__(*args, **kept)
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = organisations


class ChannelForm(_OfOffice):
    """A road: its kind, what the public sees, and the gateway's name for it."""

    kind = forms.ChoiceField(label=_("Jalur"), choices=ChannelKind.choices)
    shown = forms.CharField(
        label=_("Nomor atau surel kantor"), max_length=100, help_text=_("Nomor ditulis dengan kode negara: 62…")
    )
    account = forms.RegexField(
        r"^[0-9A-Za-z._-]*$", label=_("Phone number ID (khusus WhatsApp)"), max_length=100, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A number for telephones, an address for letters; WhatsApp needs its id."""
        said: dict[str, Any] = super().clean() or {}
        kind, shown = said.get("kind"), str(said.get("shown", "")).strip()
        if kind == ChannelKind.EMAIL:
            validate_email(shown)
        elif kind:
            said["shown"] = shown = re.sub(r"[\s+-]", "", shown)
            if not NUMBER.fullmatch(shown):
                self.add_error("shown", _("Tulis nomor dengan kode negara, misalnya 6285700000000."))
        if kind == ChannelKind.WHATSAPP and not said.get("account"):
            self.add_error("account", _("WhatsApp memerlukan Phone number ID."))
        return said


class TextForm(_OfOffice):
    """A ready text."""

    title = forms.CharField(label=_("Nama teks"), max_length=80)
    words = forms.CharField(
        label=_("Isi"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tulis {kode} di tempat kode tiket."),
    )  # fmt: skip


class TicketForm(forms.Form):
    """A ticket code, as somebody typed it."""

    kode = forms.CharField(label=_("Kode tiket"), max_length=20)

    def clean_kode(self) -> str:
        """As it is written; wrong where the check letter does not fit. Nobody is asked whether it exists."""
        ticket = read_ticket(self.cleaned_data["kode"])
        if ticket is None:
            raise forms.ValidationError(_("Kode ini salah ketik. Periksa lagi huruf dan angkanya."))
        return ticket
