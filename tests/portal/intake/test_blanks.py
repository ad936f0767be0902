"""Blanks: definitions that cannot hold a person, cells that explain themselves, drafts, sending, workbooks."""

import io
from threading import Barrier, Thread

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import Frequency, Theme
from lumbung.portal.intake import vault
from lumbung.portal.intake.blanks.definition import Blank, Column, blanks
from lumbung.portal.intake.blanks.form import BlankForm
from lumbung.portal.intake.blanks.table import as_csv, imbalance
from lumbung.portal.intake.blanks.values import Wrong, shown, value_of
from lumbung.portal.intake.blanks.workbook import _grid, understood, written
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Delivery, Entry, Submission
from lumbung.portal.intake.states import State
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, secret_numbers

THIS_YEAR = timezone.localdate().year
KODE = "99.01.01.2001"
ADDRESS = f"/meja/isian/apbdes/desa/{THIS_YEAR}"


@pytest.fixture
def village(regency: Regency):
    regency.village.kode = KODE
    regency.village.save()
    return regency.village


@pytest.fixture
def at_home(producer: Person, village, client: Client) -> Client:
    client.force_login(producer)
    return client


def budget(**more: str) -> dict[str, str]:
    lines = {f"{line.code}__anggaran": "1.000.000" for line in blanks()["apbdes"].lines}
    return {**lines, "4.2.1__anggaran": "Rp 850.250.000", "4.2.1__realisasi": "840000000", "version": "0", **more}


def text_of(submission: Submission) -> str:
    with vault.open_plain(submission) as plain:
        return plain.read().decode()


@pytest.mark.parametrize("blank", blanks().values(), ids=lambda blank: blank.code)
def test_every_definition(blank: Blank) -> None:
    assert blank.theme in Theme.values
    assert blank.frequency in Frequency.values
    names = [column.name for column in blank.columns]
    assert len(set(names)) == len(names)
    codes = [line.code for line in blank.rows()]
    assert len(set(codes)) == len(codes)
    for column in blank.columns:
        assert bool(column.choices) is (column.kind == "choice")
        assert column.at_most in ("", *names)


def test_the_four_blanks_are_there() -> None:
    assert set(blanks()) == {"apbdes", "potensi", "sarana", "monografi"}


MONEY, WHOLE = Column(name="a", label="a", kind="money"), Column(name="a", label="a", kind="whole", most=9999)
NUMBER, TEXT = Column(name="a", label="a", kind="number"), Column(name="a", label="a", kind="text")
PERSONS = Column(name="a", label="a", kind="whole", people=5)
CHOICE = Column(name="a", label="a", kind="choice", choices=("Ton", "Ekor"))


@pytest.mark.parametrize(
    ("typed", "column", "value"),
    [
        ("1.250.000", MONEY, 1250000),
        ("Rp 1.250.000,00", MONEY, 1250000),
        ("rp1250000,-", MONEY, 1250000),
        ("0", WHOLE, 0),
        ("1.234", WHOLE, 1234),
        (" ", WHOLE, None),
        ("-", MONEY, None),
        ("12,5", NUMBER, 12.5),
        ("1.234,5", NUMBER, 1234.5),
        ("12.5", NUMBER, 12.5),
        ("1.234", NUMBER, 1234),
        ("ton", CHOICE, "Ton"),
        ("Curug  Sewu (2 tingkat)", TEXT, "Curug Sewu (2 tingkat)"),
    ],
)
def test_a_cell_is_understood(typed: str, column: Column, value: object) -> None:
    assert value_of(typed, column) == value
    assert value_of(shown(value_of(typed, column)), column) == value, "and again as the form shows it"


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("satu juta", MONEY),
        ("1,5", MONEY),
        ("-5", WHOLE),
        ("1e5", WHOLE),
        ("10000", WHOLE),
        ("12.5.5", NUMBER),
        ("1" * 40, NUMBER),
        ("kwintal", CHOICE),
        ("telepon 0812 3456 789", TEXT),
        (secret_numbers()[0], TEXT),
        ("nik " + secret_numbers()[0], TEXT),
        ("=1+1", TEXT),
        ("a" * 61, TEXT),
        ("<script>", TEXT),
        ("Kebun 3 orang Hindu", TEXT),  # a number of persons that the statistics may hide
        ("Dusun Krajan (4 KK)", TEXT),
        ("3", PERSONS),
        ("1", PERSONS),
    ],
)
def test_a_cell_that_is_wrong_says_what_is_right(typed: str, column: Column) -> None:
    with pytest.raises(Wrong) as told:
        value_of(typed, column)
    assert len(str(told.value.sentence)) > 20
    assert typed not in str(told.value)


def test_a_draft_is_saved_and_shown_again(at_home: Client, village) -> None:
    assert at_home.get(ADDRESS).status_code == 200
    answer = at_home.post(ADDRESS, budget(step="save"))
    assert answer.headers["Location"] == ADDRESS
    entry = Entry.objects.get()
    assert entry.values["4.2.1"] == {"anggaran": 850250000, "realisasi": 840000000}
    page = at_home.get(ADDRESS).content.decode()
    assert 'value="850.250.000"' in page
    assert "belum seimbang" in page
    assert Submission.objects.count() == 0


def test_what_is_wrong_is_marked_and_the_rest_is_kept(at_home: Client) -> None:
    wrong = budget(step="save", **{"5.1__anggaran": "banyak"})
    answer = at_home.post(ADDRESS, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "rupiah bulat" in page
    assert 'value="banyak"' in page
    assert "anggaran" not in Entry.objects.get().values.get("5.1", {})
    assert Entry.objects.get().values["5.2"] == {"anggaran": 1000000}
    again = at_home.post(ADDRESS, {**wrong, "version": "1", "5.1__anggaran": "5"})
    assert again.status_code == 302


def test_it_is_sent_inspected_and_described(at_home: Client, village) -> None:
    answer = at_home.post(ADDRESS, budget(step="send"))
    submission = Submission.objects.get()
    assert answer.headers["Location"] == submission.get_absolute_url()
    text = text_of(submission)
    assert text.startswith("kode_wilayah,desa,tahun,kode,kelompok,uraian,anggaran,realisasi\r\n")
    assert f"{KODE},Desa Mekarsari,{THIS_YEAR},4.2.1,Pendapatan,Dana desa,850250000,840000000" in text
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert submission.state == State.IN_REVIEW, submission.inspection
    assert (submission.blank, submission.period, submission.classification) == ("apbdes", str(THIS_YEAR), "terbuka")
    assert "lengkapi dahulu" not in at_home.get(submission.get_absolute_url()).content.decode()
    assert Delivery.objects.get().values["4.2.1"]["anggaran"] == 850250000


def test_what_is_missing_keeps_it_from_being_sent(at_home: Client) -> None:
    answer = at_home.post(ADDRESS, {"version": "0", "step": "send", "4.1__realisasi": "5"})
    assert answer.status_code == 422
    assert "perlu diisi" in answer.content.decode()
    assert (Entry.objects.count(), Submission.objects.count()) == (0, 0)


def test_a_second_one_waits_for_the_first(at_home: Client) -> None:
    at_home.post(ADDRESS, budget(step="send"))
    answer = at_home.post(ADDRESS, budget(step="send", version="1", **{"4.1__anggaran": "7"}))
    assert answer.status_code == 409
    assert Submission.objects.count() == 1
    assert "sedang ditinjau" in at_home.get(ADDRESS).content.decode()


def test_two_at_once_do_not_overwrite_each_other(at_home: Client, person: MakePerson, village) -> None:
    other = Client()
    other.force_login(person("produsen", village))
    at_home.post(ADDRESS, budget(step="save"))
    late = other.post(ADDRESS, budget(step="save", **{"4.1__anggaran": "99"}))
    assert late.status_code == 409
    assert "orang lain" in late.content.decode()
    assert Entry.objects.get().values["4.1"]["anggaran"] == 1000000


@pytest.mark.django_db(transaction=True)
def test_two_first_drafts_in_the_same_moment(producer: Person, village) -> None:
    barrier, answers = Barrier(2), []

    def save() -> None:
        client = Client()
        client.force_login(producer)
        barrier.wait()
        answers.append(client.post(ADDRESS, budget(step="save")).status_code)
        connection.close()

    threads = [Thread(target=save) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert Entry.objects.get().version == 1


def test_last_years_answers_are_carried_over(at_home: Client) -> None:
    before = f"/meja/isian/sarana/desa/{THIS_YEAR - 1}"
    at_home.post(before, {"version": "0", "step": "save", "I1__jumlah": "7", "I1__baik": "5"})
    page = at_home.get(f"/meja/isian/sarana/desa/{THIS_YEAR}").content.decode()
    assert f"dibawa dari isian {THIS_YEAR - 1}" in page
    assert 'value="7"' in page
    at_home.post(f"/meja/isian/apbdes/desa/{THIS_YEAR - 1}", budget(step="save"))
    assert 'value="850.250.000"' not in at_home.get(ADDRESS).content.decode(), "a budget is new every year"


def test_more_in_good_state_than_there_are(at_home: Client) -> None:
    address = f"/meja/isian/sarana/desa/{THIS_YEAR}"
    page = at_home.post(address, {"version": "0", "step": "save", "I1__jumlah": "2", "I1__baik": "5"}).content.decode()
    assert "tidak boleh lebih besar" in page


@pytest.mark.parametrize("blank", blanks().values(), ids=lambda blank: blank.code)
def test_every_page(blank: Blank, at_home: Client) -> None:
    page = at_home.get(f"/meja/isian/{blank.code}/desa/{THIS_YEAR}")
    assert page.status_code == 200
    assert "style=" not in page.content.decode()
    assert blank.title in at_home.get("/meja/isian/").content.decode()


def test_in_english_the_words_are_english_and_what_is_kept_is_not(at_home: Client) -> None:
    client = at_home
    client.cookies["django_language"] = "en"
    address = f"/meja/isian/potensi/desa/{THIS_YEAR}"
    page = client.get(address).content.decode()
    assert "Nature tourism" in page
    assert '<option value="Wisata alam">Nature tourism</option>' in page
    client.post(address, {"1__jenis": "Wisata alam", "1__nama": "Curug Sewu", "version": "0", "step": "save"})
    assert Entry.objects.get().values["1"]["jenis"] == "Wisata alam"
    assert "Village fund (dana desa)" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"/meja/isian/apbdes/tetangga/{THIS_YEAR}",
        f"/meja/isian/tidak-ada/desa/{THIS_YEAR}",
        "/meja/isian/apbdes/desa/1990",
        "/meja/isian/apbdes/desa/99999999999999999999",
    ],
)
def test_strangers_and_nonsense(address: str, at_home: Client) -> None:
    for called in (at_home.get(address), at_home.post(address, budget()), at_home.get(f"{address}/blangko")):
        assert called.status_code == 404


def test_the_walidata_sees_who_is_missing_and_fills_nothing_in(
    at_home: Client, regency: Regency, village, person: MakePerson
) -> None:
    at_home.post(ADDRESS, budget(step="save"))
    at_home.force_login(person("walidata", regency.top))
    page = at_home.get("/meja/isian/").content.decode()
    assert "Draf, belum dikirim" in page
    assert "Belum diisi" in page
    assert ADDRESS not in page
    assert at_home.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("blank", blanks().values(), ids=lambda blank: blank.code)
def test_the_workbook_comes_back_as_it_went(blank: Blank, at_home: Client) -> None:
    values = {blank.rows()[0].code: {one.name: _some(one) for one in blank.columns}}
    content = written(blank, year=THIS_YEAR, kode=KODE, village="Desa Mekarsari", values=values)
    address = f"/meja/isian/{blank.code}/desa/{THIS_YEAR}"
    file = SimpleUploadedFile("blangko.xlsx", content)
    answer = at_home.post(f"{address}/dari-blangko", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "masuk ke formulir" in page
    form = answer.context["form"]
    assert not form.errors
    assert form.values() == values
    assert Entry.objects.count() == 0


def _some(column: Column) -> object:
    return (
        {"choice": column.choices[:1], "text": ("Curug Sewu",)}.get(column.kind, (1234,))[0]
        if column.kind != "number"
        else 12.5
    )


def test_the_download_is_a_workbook(at_home: Client) -> None:
    answer = at_home.get(f"{ADDRESS}/blangko")
    assert answer.content[:2] == b"PK"
    assert f"blangko-apbdes-{THIS_YEAR}-desa-mekarsari.xlsx" in answer.headers["Content-Disposition"]


def workbook_of(rows: list[list[object]]) -> SimpleUploadedFile:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("x.xlsx", content.getvalue())


@pytest.mark.parametrize("rows", [[["a", 1]], [["lumbung-blangko tidakada 2024 99.01.01.2001"]], [[""]]])
def test_another_workbook_is_no_blank(rows: list, at_home: Client) -> None:
    assert at_home.post(f"{ADDRESS}/dari-blangko", {"file": workbook_of(rows)}).status_code == 422


def test_no_file_and_no_workbook(at_home: Client) -> None:
    assert at_home.post(f"{ADDRESS}/dari-blangko", {}).status_code == 422
    broken = SimpleUploadedFile("x.xlsx", b"PK\3\4" + bytes(200))
    assert at_home.post(f"{ADDRESS}/dari-blangko", {"file": broken}).status_code == 422


def test_a_workbook_with_residents_in_it_is_not_taken(at_home: Client) -> None:
    mark = [f"lumbung-blangko apbdes {THIS_YEAR} {KODE}"]
    rows = [["APBDes"], mark, [], ["NIK", "nama"], *[[number, "x"] for number in secret_numbers()]]
    answer = at_home.post(f"{ADDRESS}/dari-blangko", {"file": workbook_of(rows)})
    assert answer.status_code == 422
    assert secret_numbers()[0] not in answer.content.decode()


def test_a_workbook_of_another_year_changes_nothing(at_home: Client) -> None:
    other = written(blanks()["apbdes"], year=THIS_YEAR - 1, kode=KODE, village="x", values={})
    answer = at_home.post(f"{ADDRESS}/dari-blangko", {"file": SimpleUploadedFile("x.xlsx", other)})
    assert answer.headers["Location"] == ADDRESS


def test_rows_that_were_moved_are_found_by_their_code() -> None:
    texts = [
        ["t"],
        [f"lumbung-blangko apbdes 2024 {KODE}"],
        [],
        ["kode"],
        ["5.2", "", "", "20"],
        ["x"],
        ["4.1", "", "", "10", "9"],
    ]
    found = understood(texts)
    assert found
    assert dict(found.cells) == {"5.2__anggaran": "20", "4.1__anggaran": "10", "4.1__realisasi": "9"}


@pytest.mark.parametrize("blank", blanks().values(), ids=lambda blank: blank.code)
def test_columns_that_were_moved_are_found_by_their_headings(blank: Blank) -> None:
    heads, rows = _grid(blank)
    mark = [f"lumbung-blangko {blank.code} 2024 {KODE}"]
    body = [[*about, *(f"{line.code}/{column.name}" for line, column in cells)] for about, cells in rows[:2]]
    turned = [row[::-1] for row in ([head.upper() for head in heads], *body)]
    found = understood([*turned, [], mark])
    assert found
    assert found.cells
    assert all(value == key.replace("__", "/") for key, value in found.cells.items())


def test_a_heading_that_is_gone_is_named_and_nothing_is_guessed(at_home: Client) -> None:
    mark = [f"lumbung-blangko apbdes {THIS_YEAR} {KODE}"]
    heads = _grid(blanks()["apbdes"])[0]
    page = at_home.post(f"{ADDRESS}/dari-blangko", {"file": workbook_of([mark, [], heads[:-1], ["4.1", "a", "b", 9]])})
    assert page.status_code == 422
    shown = page.content.decode()
    assert "tidak ditemukan judul kolom" in shown
    assert heads[-1] in shown


def test_the_stacked_table_has_no_free_text() -> None:
    values = {"1": {"jenis": "Wisata alam", "nama": "Curug Sewu", "volume": 10}}
    text = as_csv(blanks()["potensi"], [(KODE, "Desa A", 2024, values)], texts=False)
    assert "Curug" not in text
    assert "Wisata alam" in text


def test_a_balance() -> None:
    assert (
        imbalance(blanks()["apbdes"], {"4.1": {"anggaran": 10}, "5.1": {"anggaran": 4}, "6.2": {"anggaran": 6}}) == 0
    )
    assert imbalance(blanks()["apbdes"], {"4.1": {"anggaran": 10}}) == 10
    assert imbalance(blanks()["potensi"], {"1": {"volume": 3}}) == 0


def test_removal_takes_what_was_typed_along(at_home: Client, village, actor) -> None:
    from lumbung.portal.intake.actions import shred

    at_home.post(ADDRESS, budget(step="send"))
    submission = Submission.objects.get()
    moment = {"state_since": submission.received_at, "released_at": submission.received_at}
    law = {"classification": "terbuka", "legal_basis": "UU"}
    dataset = Dataset.objects.create(slug="apbdes", organisation=village, **moment, **law)
    Submission.objects.filter(pk=submission.pk).update(state=State.PUBLISHED, dataset=dataset)
    assert BlankForm(blank=blanks()["apbdes"], known={}, version=0).rows()
    shred(submission, by=actor, because="uji", published=True)
    assert (Entry.objects.count(), Delivery.objects.count()) == (0, 0)
