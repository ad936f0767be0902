"""How the record is narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.audit.kinds import Kind


class NarrowForm(forms.Form):
    """Any of these may be left out."""

    subject = forms.CharField(required=False, max_length=200, label=_("Berkas, data, atau sidik berkas (SHA-256)"))
    person = forms.CharField(required=False, max_length=200, label=_("Nama orang"))
    kind = forms.ChoiceField(required=False, choices=[("", _("Semua")), *Kind.choices], label=_("Perbuatan"))
    since = forms.DateField(required=False, label=_("Sejak"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label=_("Sampai"), widget=forms.DateInput(attrs={"type": "date"}))
