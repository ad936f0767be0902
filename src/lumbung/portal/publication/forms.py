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


class RemovalForm(ReasonForm):
    """Why, and the title once more, for this cannot be undone."""

    title = forms.CharField(label=_("Ketik judulnya sekali lagi"), max_length=200, strip=True)
