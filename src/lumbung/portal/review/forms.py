"""The decision form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake.weighing import Weighed
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
    ground = forms.ChoiceField(label=_("Dasar penolakan"), choices=Ground, initial=Ground.QUALITY, required=False)
    if_opened = forms.CharField(
        label=_("Akibat bila dibuka"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    if_closed = forms.CharField(
        label=_("Akibat bila ditutup"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(
        label=_("Ditutup sampai"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def weighed(self) -> Weighed:
        """What was weighed; counts for a rejection alone."""
        chosen = self.cleaned_data
        return Weighed(
            ground=Ground(chosen["ground"] or Ground.QUALITY),
            if_opened=chosen["if_opened"],
            if_closed=chosen["if_closed"],
            until=chosen["until"],
        )


class CommentForm(forms.Form):
    """Something said about a file."""

    words = forms.CharField(
        label=_("Pesan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebut tempatnya (lembar, kolom, baris), bukan nama atau nomor orang."),
    )
