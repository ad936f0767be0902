"""The desk's forms: a sample with a reason, a claim typed in or as a file, an index from a closed network."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.incidents.age import NotAKey, checked
from lumbung.portal.intake.forms import WithoutNumbers
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.uploads import SealedFile
from lumbung.portal.intake.vault import Sealed
from lumbung.trace.claim import NotAClaim, parse

LONGEST_CLAIM = 1 << 20  # bytes of a file
MOST_REGIONS = 600
OF = (("penduduk", _("Penduduk")), ("pemilih", _("Pemilih")))
ENTRIES = {
    "total": _("jumlah seluruhnya"),
    "year": _("tahun"),
    "of": _("penduduk atau pemilih"),
    "regions": _("rincian wilayah"),
    "name": _("nama wilayah"),
    "count": _("jumlah di sebuah wilayah"),
    "figures": _("angka acuan"),
    "source": _("sumber angka acuan"),
}


class WithSamples:
    """Finds the sealed files of a form that may have several."""

    def sealed(self) -> list[Sealed]:
        """Every file that has wholly arrived, in their order."""
        files = self.files.getlist("file")  # type: ignore[attr-defined]
        return [one.sealed for one in files if isinstance(one, SealedFile)]


class QuestionForm(WithSamples, WithoutNumbers, forms.Form):
    """A sample and why it is asked about. The sample itself is no field: it arrives sealed."""

    because = forms.CharField(
        label=_("Mengapa ditanyakan?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya: ditawarkan di sebuah forum hari Minggu, dilaporkan wartawan. Masuk ke jejak."),
    )

    def clean(self) -> dict[str, Any]:
        """A sample there must be, and not an empty one."""
        cleaned = super().clean()
        if not self.sealed():
            self.add_error(None, _("Pilih berkas contohnya."))
        if any(one.size == 0 for one in self.sealed()):
            self.add_error(None, _("Berkas contohnya kosong."))
        return cleaned


class ConcernedForm(QuestionForm):
    """Whom a file concerns, and to whose key a list for letters is sealed."""

    recipient = forms.CharField(
        label=_("Kunci publik petugas surat"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "age1…"}),
        help_text=_(
            "Isi hanya bila daftar nama dan alamat untuk surat diperlukan. Hanya pemilik kunci itu yang membukanya."
        ),
    )

    def clean_recipient(self) -> str:
        """An age key, or nothing."""
        try:
            return checked(self.cleaned_data["recipient"]) if self.cleaned_data["recipient"].strip() else ""
        except NotAKey:
            raise forms.ValidationError(_("Ini bukan kunci publik age. Mintalah lagi dari petugasnya.")) from None


class ClaimForm(WithSamples, WithoutNumbers, forms.Form):
    """What a seller says, in figures; `told` is the claim as trace.claim parses it."""

    because = QuestionForm.base_fields["because"]
    total = forms.CharField(
        label=_("Jumlah baris yang diklaim"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "8.797.669"}),
    )
    of = forms.ChoiceField(label=_("Data siapa"), choices=OF, initial="penduduk")
    year = forms.CharField(
        label=_("Tahun data menurut penjual"),
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2021"}),
    )
    regions = forms.CharField(
        label=_("Rincian per wilayah"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Kab. Malang 3.165.815"}),
        help_text=_("Satu wilayah satu baris: nama, lalu jumlahnya. Kosongkan bila penjual tidak menyebut rincian."),
    )
    claim_text = ""

    def clean(self) -> dict[str, Any]:
        """The claim, from the fields or from the file; said at the place that is wrong."""
        cleaned = super().clean()
        if not self.errors:
            try:
                self.told = self._told(cleaned)
                parse(self.told)
            except NotAClaim as wrong:
                entry = ENTRIES.get(wrong.entry, wrong.entry)
                self.add_error(None, _("Isian “%(entry)s” belum ada atau tidak benar.") % {"entry": entry})
            except (ValueError, RecursionError):
                self.add_error(
                    None, _("Berkas klaim tidak dapat dibaca. Tulis sebagai TOML atau JSON, atau ketik angkanya.")
                )
        return cleaned

    def _told(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        if self.claim_text:
            text = self.claim_text
            return dict(json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text))
        year = {"year": cleaned["year"]} if cleaned["year"] else {}
        return {"total": cleaned["total"], "of": cleaned["of"], "regions": regions_of(cleaned["regions"]), **year}


class BringForm(forms.Form):
    """An index that was made on a closed network. The file itself is no field."""


class BecauseForm(WithoutNumbers, forms.Form):
    """Why somebody does something that cannot be undone."""

    because = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


def regions_of(text: str) -> list[dict[str, str]]:
    """Lines of a name and a number; the last word with digits is the number. Raise NotAClaim.

    >>> regions_of("Kab. Malang 3.165.815\\nKota Bogor: 1 303 531")
    [{'name': 'Kab. Malang', 'count': '3165815'}, {'name': 'Kota Bogor', 'count': '1303531'}]
    """
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        parts = re.fullmatch(r"\s*(.*?\S)[\s:;=,\t]+(\d[\d. ]*)\s*", line)
        if parts is None or len(found) >= MOST_REGIONS:
            raise NotAClaim("regions")
        found.append({"name": masked(parts[1].rstrip(" :;=,")), "count": re.sub(r"[. ]", "", parts[2])})
    return found


class CheckForm(WithSamples, WithoutNumbers, forms.Form):
    """What a resident who is affected is told, and why the check is opened. A file may come with it, sealed."""

    columns = forms.CharField(
        label=_("Yang terbuka tentang orang yang terkena"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Jenisnya saja, misalnya: NIK, nama, alamat. Warga yang terkena membacanya; isinya tidak pernah tampil."
        ),
    )
    because = forms.CharField(label=_("Alasan dibuka"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """One file at most, and no empty one."""
        cleaned = super().clean()
        sealed = self.sealed()
        if len(sealed) > 1:
            self.add_error(None, _("Bawa satu berkas saja."))
        if any(one.size == 0 for one in sealed):
            self.add_error(None, _("Berkasnya kosong."))
        return cleaned
