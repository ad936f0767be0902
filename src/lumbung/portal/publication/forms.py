"""The forms that change a dataset's state: each asks for a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue.vocabulary import ClosingGround

GROUNDS = [(ground.value, ground.label) for ground in ClosingGround if ground != ClosingGround.PART]  # a person's


class ReasonForm(forms.Form):
    """Why. Kept in the record for good."""

    because = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ClosingForm(ReasonForm):
    """Why, and what the stone tells the public."""

    ground = forms.ChoiceField(label=_("Yang dibaca umum"), choices=GROUNDS)


class ShutForm(forms.Form):
    """The same in a hurry: both have an answer already, and the reason may stay empty."""

    ground = forms.ChoiceField(label=_("Mengapa"), choices=GROUNDS, initial=ClosingGround.PERSONAL_DATA)
    because = forms.CharField(label=_("Keterangan"), max_length=1000, required=False)


class RemovalForm(ReasonForm):
    """Why, and the title once more, for this cannot be undone."""

    title = forms.CharField(label=_("Ketik judulnya sekali lagi"), max_length=200, strip=True)


class WebhookForm(forms.Form):
    """An address to be told."""

    address = forms.URLField(label=_("Alamat https pemanen"), max_length=300, assume_scheme="https")


class BackupForm(forms.Form):
    """Where a copy lies, and for how long."""

    place = forms.CharField(label=_("Tempat salinan"), max_length=120)
    days = forms.IntegerField(label=_("Disimpan berapa hari"), min_value=1, max_value=3650)
