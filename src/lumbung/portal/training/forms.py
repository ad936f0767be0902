"""How many accounts the trainer needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 40


class SheetForm(forms.Form):
    """A number of trainees."""

    number = forms.IntegerField(min_value=1, max_value=MOST, initial=20, label=_("Banyaknya peserta"))
