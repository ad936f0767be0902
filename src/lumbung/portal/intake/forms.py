"""The producer's forms. A text that holds a long number is refused: a title is public, too."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import Classification, Ground
from lumbung.portal.intake.actions import DESCRIPTION
from lumbung.portal.intake.arriving import whole
from lumbung.portal.intake.columns import chosen_columns, column_fields
from lumbung.portal.intake.correction import Choice, Rows, SeenColumn, SeenTable, rows_of
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.intake.models import Arrival, Submission
from lumbung.portal.intake.queries import REQUIRED_FOR_REVIEW
from lumbung.portal.intake.uploads import SealedFile
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.intake.weighing import Weighed

NOT_EXEMPT = _("Bukan informasi yang dikecualikan")
EXEMPT = [(one.value, one.label) for one in Ground if one != Ground.QUALITY]
OLDEST_REGISTER = timedelta(days=3660)

TAKEN = (  # what the file chooser shows first; what a file is decides the gate, by its bytes
    ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.json,.parquet,.html,"
    ".docx,.doc,.pptx,.ppt,.odt,.odp,.rtf,.pdf,.txt,.md,.xml,"
    ".jpg,.jpeg,.png,.tif,.tiff,.gif,.bmp,.webp,"
    ".geojson,.kml,.kmz,.gpx,.shp,.dbf,.gpkg,"
    ".zip,.7z,.rar,.tar,.gz,.sqlite,.db,.sql"
)


class WithoutNumbers:
    """Refuses fourteen or more digits in a row in any text of a form."""

    def clean(self) -> dict[str, Any]:
        """Say it at the field itself."""
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and holds_long_number(value):
                self.add_error(  # type: ignore[attr-defined]
                    name, _("Tulisan ini memuat nomor panjang seperti NIK. Mohon dihapus: keterangan dibaca umum.")
                )
        return cleaned


class DescriptionForm(WithoutNumbers, forms.ModelForm[Submission]):
    """What the data is about. Only the title is needed at once; a review needs the rest."""

    title = forms.CharField(max_length=200, label=_("Judul"))
    description = forms.CharField(
        max_length=5000, required=False, label=_("Uraian"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REQUIRED_FOR_REVIEW:
            self.fields[name].needed_later = True  # type: ignore[attr-defined]  # the field's template says so

    class Meta:
        model = Submission
        fields = DESCRIPTION
        help_texts: ClassVar[dict[str, Any]] = {
            "period": _("Contoh: 2024, atau Januari–Juni 2024."),
            "source": _("Dari mana angkanya berasal, misalnya pendataan desa atau laporan dinas."),
            "unit": _("Satuan ukurannya, misalnya orang, rupiah, atau hektare."),
            "classification": _("Terbuka berarti boleh dibaca siapa saja. Hanya yang terbuka yang dapat terbit."),
            "frequency": _("Seberapa sering data ini diperbarui."),
            "licence": _("Izin pakai bagi pembaca. Bila ragu, pilih CC BY 4.0."),
            "legal_basis": _("Aturan yang mendasari klasifikasi itu, misalnya UU 14/2008 pasal 11."),
        }

    def clean(self) -> dict[str, Any]:
        """A licence needs the class "terbuka": what is not open cannot be given away."""
        cleaned = super().clean()
        if cleaned.get("licence") and cleaned.get("classification") != Classification.OPEN:
            self.add_error("licence", _("Lisensi terbuka hanya untuk data berklasifikasi terbuka."))
        return cleaned

    def described(self) -> dict[str, str]:
        """What was typed, ready for the verbs."""
        return {name: self.cleaned_data[name] for name in DESCRIPTION}


class SeveralFiles(forms.FileInput):
    """The chooser, for one file or for several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; each is checked as Django checks one."""

    widget = SeveralFiles(attrs={"accept": TAKEN, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Give a list, never an empty one where the field is required."""
        cleaned = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        return [one for one in cleaned if one]


class UploadForm(DescriptionForm):
    """Files, whose they are, which dataset they update, and what they are about. Without a title the name serves."""

    title = forms.CharField(
        max_length=200, required=False, label=_("Judul"), help_text=_("Bila kosong, diambil dari nama berkasnya.")
    )

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisasi"))
    dataset = forms.ModelChoiceField(
        Dataset.objects.none(),
        required=False,
        label=_("Memperbarui data yang sudah ada"),
        empty_label=_("Tidak, ini data baru"),
    )
    file = FilesField(label=_("Berkas"), allow_empty_file=True, max_length=255)
    field_order = ("organisation", "file", "dataset", *DESCRIPTION)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], arrived: Sequence[Arrival] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.arrived = arrived
        self.fields["file"].required = not arrived
        self._choose("organisation", organisations.order_by("path"))
        datasets = Dataset.objects.filter(organisation__in=organisations).exclude(state="removed")
        self._choose("dataset", datasets.order_by("title"))
        if organisations.count() == 1:
            self.initial.setdefault("organisation", organisations.get())

    def _choose(self, name: str, choices: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def clean(self) -> dict[str, Any]:
        """The dataset must belong to the organisation, and gets one file at a time."""
        cleaned = super().clean()
        dataset, organisation = cleaned.get("dataset"), cleaned.get("organisation")
        if dataset and organisation and dataset.organisation_id != organisation.pk:
            self.add_error("dataset", _("Data ini milik organisasi lain."))
        if dataset and len(cleaned.get("file") or ()) + len(self.arrived) > 1:
            self.add_error("dataset", _("Satu data diperbarui dengan satu berkas. Kirim berkasnya satu per satu."))
        return cleaned

    def described(self) -> dict[str, str]:
        """What was typed; where nothing was, what the dataset's last release said, but for the period."""
        typed, dataset = super().described(), self.cleaned_data["dataset"]
        known = {name: getattr(dataset, name) for name in DESCRIPTION if dataset and name != "period"}
        return {name: text or known.get(name, "") for name, text in typed.items()}

    def sealed(self) -> list[Sealed]:
        """The files, sealed while they arrived, those that came in pieces last. Raise Refused, keeping none."""
        files = self.cleaned_data["file"]
        assert all(isinstance(file, SealedFile) for file in files)
        pieced: list[Sealed] = []
        try:
            for one in self.arrived:
                pieced.append(whole(one))
        except Refused:
            for sealed in pieced:
                sealed.discard()
            raise
        return [*(file.sealed for file in files), *pieced]


class CountingForm(forms.Form):
    """Of which village, and of which day, the register tells. Columns are asked for only where nobody knows them."""

    village = forms.ModelChoiceField(Organisation.objects.none(), label=_("Desa"))
    reference_date = forms.DateField(
        label=_("Keadaan per tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tanggal register ini diambil. Umur dihitung sampai tanggal ini."),
    )

    def __init__(self, *args: Any, villages: QuerySet[Organisation], proposal: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        field = self.fields["village"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = villages
        if villages.count() == 1:
            self.initial.setdefault("village", villages.get())
        for column in column_fields(proposal):
            self.fields[column.name] = column.field

    def clean_reference_date(self) -> date:
        """Neither of a day to come nor older than a register can sensibly be."""
        day: date = self.cleaned_data["reference_date"]
        today = timezone.localdate()
        if not today - OLDEST_REGISTER <= day <= today:
            raise forms.ValidationError(_("Pilih tanggal register ini diambil, paling lama sepuluh tahun yang lalu."))
        return day

    def mapping(self) -> dict[str, Any]:
        """The columns that were chosen, as the register room wants to hear them."""
        return chosen_columns(self.cleaned_data)


class CorrectionForm(forms.Form):
    """What to leave out of one table of a held file."""

    table = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    columns = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    rows = forms.CharField(
        max_length=2000,
        required=False,
        label=_("Baris yang tidak ikut"),
        help_text=_("Nomor baris seperti di lembarnya, misalnya 9 atau 12-15; pisahkan dengan koma."),
    )

    def __init__(self, *args: Any, table: SeenTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        advised = [column.letter for column in table.columns if column.advised]
        self.initial = {"table": table.number, "rows": table.rows_advised, "columns": advised}
        self.auto_id = f"id_{table.number}_%s"
        self.seen = table
        field = self.fields["columns"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(column.letter, column.letter) for column in table.columns]

    def clean_rows(self) -> Rows:
        """Ranges of row numbers."""
        try:
            return rows_of(self.cleaned_data["rows"])
        except ValueError:
            raise forms.ValidationError(_("Tulis nomor baris saja, misalnya 9, 12-15.")) from None

    def clean(self) -> dict[str, Any]:
        """Something must be left, and something must be left out."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and len(cleaned["columns"]) == len(self.seen.columns):
            raise forms.ValidationError(
                _("Semua kolom dipilih, jadi tidak ada yang tersisa. Sisakan sedikitnya satu.")
            )
        return cleaned

    def offered(self) -> list[tuple[Any, SeenColumn]]:
        """Each tick box beside what is known of its column, for the template."""
        return list(zip(self["columns"], self.seen.columns, strict=True))

    def choice(self) -> Choice:
        """What was chosen, as the verbs want it."""
        picked = self.cleaned_data
        return Choice(table=self.seen.number, columns=tuple(picked["columns"]), rows=picked["rows"])


class ReleaseForm(WithoutNumbers, forms.Form):
    """A question to the PPDP."""

    legal_basis = forms.CharField(
        max_length=300, label=_("Dasar hukum"), help_text=_("Aturan yang membolehkan data ini dibuka untuk umum.")
    )
    because = forms.CharField(max_length=2000, label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(WithoutNumbers, forms.Form):
    """The PPDP's answer."""

    because = forms.CharField(max_length=2000, label=_("Pertimbangan"), widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.ChoiceField(
        choices=[("refused", _("Tidak dilepas")), ("granted", _("Lepas untuk ditinjau"))],
        widget=forms.RadioSelect,
        label=_("Keputusan"),
    )
    ground = forms.ChoiceField(
        label=_("Yang diuji"),
        choices=[("", _("Pilih")), (Ground.QUALITY, NOT_EXEMPT), *EXEMPT],
        help_text=_("Jenis informasi yang mungkin dikecualikan (UU 14/2008 pasal 17)."),
    )
    if_opened = forms.CharField(
        label=_("Akibat bila dibuka"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    if_closed = forms.CharField(
        label=_("Akibat bila ditutup"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(
        label=_("Ditutup sampai"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Hanya bila tidak dilepas: pengecualian tidak berlaku selamanya."),
    )

    def clean(self) -> dict[str, Any]:
        """A kind of art. 17 is weighed on both sides, and stays closed until a day to come."""
        cleaned = super().clean()
        if cleaned.get("ground") in ("", None, Ground.QUALITY):
            return cleaned
        for name in ("if_opened", "if_closed"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Tulis akibatnya: uji konsekuensi menimbang kedua sisi."))
        until, refused = cleaned.get("until"), cleaned.get("answer") == "refused"
        if refused and "until" not in self.errors and (until is None or until <= timezone.localdate()):
            self.add_error("until", _("Pilih tanggal yang akan datang."))
        return cleaned

    def weighed(self) -> Weighed:
        """What was weighed."""
        chosen = self.cleaned_data
        sides = {"if_opened": chosen["if_opened"], "if_closed": chosen["if_closed"]}
        return Weighed(ground=Ground(chosen["ground"]), until=chosen["until"], **sides)


class ReasonForm(WithoutNumbers, forms.Form):
    """Why."""

    because = forms.CharField(max_length=500, label=_("Alasan"))
