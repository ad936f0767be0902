"""The decision form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.review.models import Answer


class DecisionForm(forms.Form):
    """An answer, its reason, and a digest of what the reviewer was looking at."""

    answer = forms.ChoiceField(label=_("Keputusan"), choices=Answer, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib. Tersimpan selamanya dalam catatan, jadi jangan menyebut nama atau nomor siapa pun."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
