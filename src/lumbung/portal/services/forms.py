"""The forms of the switchboard. Every field has a ready answer, so that a move takes one touch."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.services.actions import Told
from lumbung.portal.services.checklist import POINTS
from lumbung.portal.services.states import ServiceState

READY = {
    ServiceState.OPEN: _("Layanan sudah berjalan kembali."),
    ServiceState.DEGRADED: _("Layanan sedang terganggu dan kami perbaiki."),
    ServiceState.CLOSED: _("Ditutup sementara selagi keamanannya diperiksa."),
}
"""What is said where the officer has no time to write."""
MEANWHILE = _("loket kantor pada jam kerja")
SOON = timedelta(hours=2)  # until the next news, where nobody says when
DANGER, NO_DANGER = "ya", "tidak"


class MoveForm(forms.Form):
    """Into which state, and what is told. `seen` is the last move that the page showed."""

    state = forms.ChoiceField(choices=ServiceState.choices)
    seen = forms.IntegerField(required=False, min_value=0)
    danger = forms.ChoiceField(choices=((DANGER, ""), (NO_DANGER, "")), required=False)
    reason = forms.CharField(max_length=500, required=False)
    channel = forms.CharField(max_length=200, required=False)
    next_at = forms.DateTimeField(required=False)

    def told(self) -> Told:
        """What was typed, and for the rest what is ready. A closing counts as dangerous unless somebody says no."""
        asked, state = self.cleaned_data, ServiceState(self.cleaned_data["state"])
        return Told(
            reason=asked["reason"] or str(READY[state]),
            channel=asked["channel"] or ("" if state == ServiceState.OPEN else str(MEANWHILE)),
            next_at=asked["next_at"] or timezone.now() + SOON,
            danger=state == ServiceState.CLOSED and asked["danger"] != NO_DANGER,
        )


class SignForm(forms.Form):
    """The four points, and a word about them; `seen` is the round that the page showed."""

    points = forms.MultipleChoiceField(choices=list(POINTS.items()), required=False)
    words = forms.CharField(max_length=500, required=False)
    seen = forms.IntegerField(required=False, min_value=0)


class RegisterForm(forms.Form):
    """An outside service."""

    name = forms.CharField(label=_("Nama layanan"), max_length=120)
    address = forms.URLField(label=_("Alamatnya"), max_length=300, assume_scheme="https")
    channel = forms.CharField(label=_("Jalan lain bila tutup"), max_length=200, required=False)
    watched = forms.BooleanField(
        label=_("Pantau alamat itu setiap beberapa menit"),
        required=False,
        help_text=_("Hanya bertanya apakah alamat itu menjawab; petugas yang memutuskan keadaannya."),
    )
