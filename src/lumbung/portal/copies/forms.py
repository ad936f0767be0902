"""What is typed at the desk, in the viewing room, and by a recipient."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.copies.asking import MOST_CANARIES, Recipient, Wish
from lumbung.portal.copies.masks import Mask
from lumbung.portal.copies.models import Format, HandoutKind
from lumbung.portal.copies.states import CopyState
from lumbung.portal.copies.viewing import MOST_ROWS

COLUMNS = (
    ("nik", _("NIK, disamarkan")), ("kk", _("Nomor KK, disamarkan")), ("birth_place", _("Tempat lahir")),
    ("sex", _("Jenis kelamin")), ("marital", _("Status kawin")), ("address", _("Alamat")),
    ("street", _("Jalan atau dukuh")), ("rt", _("RT")), ("rw", _("RW")), ("hamlet", _("Dusun")), ("tps", _("TPS")),
)  # fmt: skip
FEWEST = ("hamlet",)
LONG = forms.Textarea(attrs={"rows": 2})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AskForm(forms.Form):
    """What copies are asked for. Name and birth date always go along: by them a copy is known again."""

    kind = forms.ChoiceField(label=_("Apa yang diserahkan?"), choices=HandoutKind, widget=forms.RadioSelect)
    recipients = forms.CharField(
        label=_("Kepada siapa?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=40_000,
        help_text=_("Satu baris satu lembaga: nama lembaga; kantor atau jabatan penerima; kunci age bila ada."),
    )
    legal_basis = forms.CharField(
        label=_("Dasar hukum"), max_length=300, help_text=_("Pasal yang mewajibkan atau membolehkan penyerahan ini.")
    )
    purpose = forms.CharField(label=_("Untuk keperluan apa?"), max_length=500, widget=LONG)
    columns = forms.MultipleChoiceField(
        label=_("Kolom yang disertakan"),
        choices=COLUMNS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nama dan tanggal lahir selalu ikut. Tambahkan hanya yang disebut dasar hukumnya."),
    )
    mask = forms.ChoiceField(label=_("Samaran nomor"), choices=Mask, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("Bentuk berkas"), choices=Format, widget=forms.RadioSelect)
    return_by = forms.DateField(
        label=_("Kembali atau musnah paling lambat"),
        widget=DAY,
        help_text=_("Petugas diingatkan sebelum tanggal ini."),
    )
    fifth_basis = forms.CharField(
        label=_("Aturan yang membolehkan samaran digit kelima"),
        max_length=300,
        required=False,
        help_text=_("Membuat salinan lebih mudah dilacak. Tanpa aturannya, kosongkan: urutan baris tetap menandai."),
    )
    canaries = forms.IntegerField(
        label=_("Warga rekaan di setiap salinan"),
        min_value=0,
        max_value=MOST_CANARIES,
        initial=0,
        required=False,
        help_text=_("Hanya di petikan, tidak pernah di daftar pemilih. Biasanya nol."),
    )
    canary_basis = forms.CharField(label=_("Aturan yang membolehkan warga rekaan"), max_length=300, required=False)

    def clean_recipients(self) -> list[Recipient]:
        """Line by line."""
        lines = [line for line in self.cleaned_data["recipients"].splitlines() if line.strip()]
        told = [[part.strip() for part in line.split(";")] for line in lines]
        if any(not 2 <= len(parts) <= 3 or len(parts[0]) > 120 or len(parts[1]) > 200 for parts in told):
            raise forms.ValidationError(_("Setiap baris perlu nama lembaga dan kontaknya, dipisahkan titik koma."))
        return [
            Recipient(institution=parts[0], contact=parts[1], age_key=parts[2] if len(parts) > 2 else "")
            for parts in told
        ]

    def wish(self) -> Wish:
        """What was typed, as the room takes it."""
        said = self.cleaned_data
        return Wish(
            kind=HandoutKind(said["kind"]),
            recipients=said["recipients"],
            legal_basis=said["legal_basis"],
            purpose=said["purpose"],
            columns=said["columns"],
            mask=Mask(said["mask"]),
            format=Format(said["format"]),
            return_by=said["return_by"],
            fifth_basis=said["fifth_basis"],
            canaries=said["canaries"] or 0,
            canary_basis=said["canary_basis"],
        )


class DecisionForm(forms.Form):
    """Yes or no, and why."""

    answer = forms.ChoiceField(
        label=_("Keputusan"), choices=(("approve", _("Setujui")), ("decline", _("Tidak setujui"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    because = forms.CharField(label=_("Alasan"), max_length=1000, widget=LONG)


class ReasonForm(forms.Form):
    """Why."""

    because = forms.CharField(label=_("Alasan"), max_length=1000, widget=LONG)


class PaperForm(forms.Form):
    """A receipt on paper."""

    received_by = forms.CharField(label=_("Nama dan jabatan penerima"), max_length=200)
    paper = forms.CharField(label=_("Nomor dan tanggal tanda terima"), max_length=120)


class CodeForm(forms.Form):
    """The code of a copy."""

    code = forms.CharField(
        label=_("Kode"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )


class EndForm(forms.Form):
    """How a copy ended."""

    how = forms.ChoiceField(
        label=_("Apa yang terjadi?"),
        choices=[(one.value, one.label) for one in (CopyState.RETURNED, CopyState.DESTROYED)],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Nomor dan tanggal surat pernyataan"), max_length=500)


class ReceiptForm(CodeForm):
    """The recipient acknowledges."""

    received_by = forms.CharField(label=_("Nama dan jabatan Anda"), max_length=200)
    agreed = forms.BooleanField(
        label=_(
            "Saya menerima salinan ini untuk lembaga saya, tidak meneruskannya, dan tahu bahwa setiap salinan dapat"
            " dilacak."
        )
    )
    field_order = ("received_by", "code", "agreed")


class StatementForm(CodeForm):
    """The recipient states that the copy is destroyed."""

    words = forms.CharField(label=_("Bagaimana dan kapan dimusnahkan?"), max_length=500)
    field_order = ("words", "code")


class ViewingForm(forms.Form):
    """Who may read what until when."""

    email = forms.EmailField(
        label=_("Surel orang yang akan membaca"), help_text=_("Ia perlu akun dan pengaman kedua.")
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=300)
    purpose = forms.CharField(label=_("Untuk keperluan apa?"), max_length=500, widget=LONG)
    columns = forms.MultipleChoiceField(
        label=_("Kolom yang ditampilkan"),
        choices=(("nik", _("NIK, lengkap")), ("kk", _("Nomor KK, lengkap")), *COLUMNS[2:]),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closes_on = forms.DateField(label=_("Sampai tanggal"), widget=DAY, help_text=_("Paling lama tujuh hari."))
    rows = forms.IntegerField(label=_("Paling banyak berapa baris?"), min_value=1, max_value=MOST_ROWS, initial=100)

    def clean_email(self) -> Person:
        """Whose account it is."""
        found = Person.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Tidak ada akun yang aktif dengan surel ini."))
        return found

    def asked(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        said = self.cleaned_data
        names = ("legal_basis", "purpose", "columns", "closes_on", "rows")
        return {"viewer": said["email"], **{name: said[name] for name in names}}


class AnswerForm(forms.Form):
    """What was done about an alarm."""

    words = forms.CharField(label=_("Apa yang dilakukan?"), max_length=1000, widget=LONG)


class SealForm(forms.Form):
    """To whom the secret of the marks is sealed."""

    recipient = forms.CharField(
        label=_("Kunci publik pihak ketiga"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "age1…"}),
        help_text=_("Misalnya Bawaslu atau ANRI. Dengan ini lumbung trace accuse dapat dijalankan tanpa portal."),
    )
