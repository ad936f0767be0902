"""The form of the public, the field for a code, and what an officer writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.incidents.compared import LARGEST
from lumbung.portal.incidents.models import Seen
from lumbung.portal.incidents.telling import LONGEST, Told

LAST_ROW = 9_999_999


class ReportForm(forms.Form):
    """What was seen and where. `website` is a trap: people do not see it, programs fill it in."""

    seen = forms.ChoiceField(label=_("Apa yang terlihat?"), choices=Seen, widget=forms.RadioSelect)
    table = forms.CharField(
        label=_("Di tabel atau berkas mana?"), max_length=120, required=False, help_text=_("Misalnya: tabel kedua.")
    )
    column = forms.CharField(
        label=_("Di kolom mana?"), max_length=120, required=False, help_text=_("Judul kolomnya, atau hurufnya.")
    )
    row = forms.IntegerField(
        label=_("Di baris ke berapa?"), min_value=1, max_value=LAST_ROW, required=False, help_text=_("Kira-kira saja.")
    )
    words = forms.CharField(
        label=_("Ada yang perlu kami tahu?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebut tempatnya saja. Jangan menulis nama, NIK, atau nomor siapa pun."),
    )
    contact = forms.CharField(
        label=_("Surel atau nomor telepon Anda"),
        max_length=200,
        required=False,
        help_text=_("Hanya bila Anda mau dihubungi. Disimpan tersandi dan dimusnahkan setelah 90 hari."),
    )
    website = forms.CharField(label=_("Jangan diisi"), required=False)

    def told(self) -> Told:
        """What was typed, as the room takes it."""
        said = self.cleaned_data
        return Told(
            seen=Seen(said["seen"]),
            table=said["table"],
            column=said["column"],
            row=said["row"],
            words=said["words"],
            contact=said["contact"],
        )


class CodeForm(forms.Form):
    """The code that stood on the page after a report."""

    code = forms.CharField(
        label=_("Kode laporan"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ClosingForm(forms.Form):
    """Why a dataset is closed, and a word to those who reported it; both may be left empty on a telephone."""

    because = forms.CharField(
        label=_("Alasan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    message = forms.CharField(
        label=_("Pesan kepada pelapor"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """What an officer says to those who reported."""

    answer = forms.CharField(
        label=_("Jawaban kepada pelapor"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pelapor membacanya dengan kodenya. Jangan menyebut nama atau nomor siapa pun."),
    )


class EndForm(forms.Form):
    """What was done before an incident is over."""

    because = forms.CharField(
        label=_("Apa yang sudah dilakukan?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LetterForm(forms.Form):
    """The text of a letter, and the version that the writer had before them."""

    text = forms.CharField(
        label=_("Isi surat"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=_("Baris yang diawali # menjadi judul, ## bagian, - butir. Jangan menulis nama warga atau NIK."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class TaskForm(forms.Form):
    """What was done."""

    words = forms.CharField(label=_("Apa yang dilakukan?"), max_length=500)


class TrainingForm(forms.Form):
    """The days of a training; for everybody, or for the organisation of the incident alone."""

    since = forms.DateField(label=_("Hari pertama"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Hari terakhir"), widget=forms.DateInput(attrs={"type": "date"}))
    everybody = forms.BooleanField(label=_("Untuk semua organisasi, bukan hanya yang ini"), required=False)


class ComparedForm(forms.Form):
    """The answer of a comparison with our fingerprints, as text, and the digest of what was compared."""

    answer = forms.CharField(
        label=_("Jawaban penelusuran (JSON)"),
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Tempelkan hasil dari: lumbung trace match CONTOH --against FOLDER --json. Isinya angka, bukan data."
        ),
    )
    sample = forms.CharField(
        label=_("Sidik SHA-256 contohnya"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Hasil sha256sum, bila ada. Contohnya sendiri jangan diunggah ke mana pun."),
    )


class RecipientForm(forms.Form):
    """The public key of whoever receives the evidence."""

    recipient = forms.CharField(
        label=_("Kunci publik penerima"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "age1…"}),
        help_text=_(
            "Diminta dari penerimanya, misalnya polisi atau tim tanggap insiden. Hanya mereka yang dapat membuka."
        ),
    )
