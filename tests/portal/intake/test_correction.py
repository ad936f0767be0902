"""A held table is mended in the browser: nothing of its cells is shown, the rest is inspected like anything else."""

import io
from threading import Barrier, Thread

import pytest
import xlsxwriter
from django.db import connection
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import vault
from lumbung.portal.intake.correction import rows_of
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, register, secret_numbers

NIK = secret_numbers()[3]


def stray(rows: int = 30, *, at: int = 7) -> bytes:
    """A harmless table with one number in one remark."""
    lines = [f"Dusun {n};{100 + n};{'ktp ' + NIK if n == at else 'lengkap'}" for n in range(rows)]
    return "\n".join(["Dusun;Jumlah;Keterangan", *lines, ""]).encode()


@pytest.fixture
def at_home(producer: Person, client: Client) -> Client:
    client.force_login(producer)
    return client


def text_of(submission: Submission) -> str:
    with vault.open_plain(submission) as plain:
        return plain.read().decode()


def test_the_page_shows_names_and_findings_and_no_cell(at_home: Client, inspected: Receive) -> None:
    held = inspected(stray())
    address = f"/meja/kiriman/{held.pk}/perbaiki"
    assert address in at_home.get(held.get_absolute_url()).content.decode()
    page = at_home.get(address).content.decode()
    assert "“Keterangan”" in page
    assert 'value="9"' in page, "the one row is advised, not the whole column"
    assert NIK not in page
    assert "Dusun 3" not in page
    assert "lengkap" not in page.replace("dilengkapi", "")


def test_a_row_is_left_out_and_the_rest_goes_to_review(at_home: Client, inspected: Receive) -> None:
    held = inspected(stray(), unit="jiwa", title="Jiwa per dusun")
    address = f"/meja/kiriman/{held.pk}/perbaiki"
    choice = {"table": "1", "rows": "9"}
    page = at_home.post(address, {**choice, "step": "look"}).content.decode()
    assert "tidak menemukan data pribadi lagi" in page
    assert Submission.objects.count() == 1, "looking sends nothing"
    back = at_home.post(address, {**choice, "step": "back"}).content.decode()
    assert 'value="9"' in back

    answer = at_home.post(address, {**choice, "step": "send"})
    sent = Submission.objects.get(derived_from=held)
    assert answer.headers["Location"] == sent.get_absolute_url()
    assert (sent.title, sent.unit, sent.village) == ("Jiwa per dusun", "jiwa", "")
    assert NIK not in text_of(sent)
    assert text_of(sent).count("\r\n") == 30
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    held.refresh_from_db()
    assert (sent.state, held.state) == (State.IN_REVIEW, State.HELD)
    assert "Diperbaiki dari" in at_home.get(sent.get_absolute_url()).content.decode()
    line = Event.objects.get(kind=Kind.CORRECTED)
    assert line.details == {"columns": 0, "rows": 1, "result": str(sent.pk)}


def test_a_column_is_left_out(at_home: Client, inspected: Receive) -> None:
    held = inspected(stray())
    choice = {"table": "1", "columns": ["C"], "step": "send"}
    at_home.post(f"/meja/kiriman/{held.pk}/perbaiki", choice)
    assert text_of(Submission.objects.get(derived_from=held)).startswith("Dusun,Jumlah\r\nDusun 0,100")


def test_a_register_without_its_numbers_is_told_to_be_held_still(at_home: Client, inspected: Receive) -> None:
    lines = [f"{number};Siti Aminah;1980-01-{day:02};Jl. Padi {day}" for day, number in enumerate(secret_numbers(), 1)]
    held = inspected("\n".join(["NIK;Nama;Tanggal Lahir;Alamat", *lines, ""]).encode())
    page = at_home.post(f"/meja/kiriman/{held.pk}/perbaiki", {"table": "1", "columns": ["A"]}).content.decode()
    assert "masih akan ditahan" in page
    assert "Siti" not in page


@pytest.mark.parametrize(
    "choice",
    [
        {"table": "1", "columns": ["A", "B", "C"]},
        {"table": "1", "columns": ["ZZ"]},
        {"table": "1", "rows": "satu"},
        {"table": "1", "rows": "9-2"},
        {"table": "1", "rows": "1-99999999"},
        {"table": "1", "rows": "1-9999", "step": "send"},
    ],
)
def test_an_impossible_choice(choice: dict, at_home: Client, inspected: Receive) -> None:
    held = inspected(stray())
    assert at_home.post(f"/meja/kiriman/{held.pk}/perbaiki", choice).status_code == 422
    assert Submission.objects.count() == 1


def test_a_table_that_is_not_there(at_home: Client, inspected: Receive) -> None:
    held = inspected(stray())
    page = at_home.post(f"/meja/kiriman/{held.pk}/perbaiki", {"table": "7", "step": "send"})
    assert (page.status_code, Submission.objects.count()) == (200, 1)


def test_what_is_hidden_stays_behind(at_home: Client, inspected: Receive) -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Dusun", "Jumlah", "Rahasia"])
    for n in range(12):
        sheet.write_row(n + 1, 0, [f"Dusun {n}", 100 + n, secret_numbers()[n]])
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()
    held = inspected(content.getvalue(), name="tabel.xlsx")
    assert held.state == State.HELD
    at_home.post(f"/meja/kiriman/{held.pk}/perbaiki", {"table": "1", "step": "send"})
    assert text_of(Submission.objects.get(derived_from=held)).startswith("Dusun,Jumlah\r\n")


def test_names_that_are_a_row_of_data_are_not_shown(at_home: Client, inspected: Receive) -> None:
    lines = [f"{number};Sukatani" for number in secret_numbers()]
    held = inspected("\n".join([*lines, ""]).encode())
    page = at_home.get(f"/meja/kiriman/{held.pk}/perbaiki").content.decode()
    assert not [number for number in secret_numbers() if number in page]
    assert "Sukatani" not in page.split("<main")[1]


def test_only_its_producers_mend_it(inspected: Receive, regency: Regency, person: MakePerson, client: Client) -> None:
    held = inspected(stray())
    address = f"/meja/kiriman/{held.pk}/perbaiki"
    for role, where in (("walidata", regency.top), ("ppdp", regency.top), ("produsen", regency.neighbour)):
        client.force_login(person(role, where))
        assert client.get(address).status_code == 404
        assert client.post(address, {"table": "1", "columns": ["C"], "step": "send"}).status_code == 404


def test_what_is_not_held_is_not_mended(at_home: Client, inspected: Receive) -> None:
    passed = inspected()
    assert at_home.get(f"/meja/kiriman/{passed.pk}/perbaiki").status_code == 409


def test_what_was_judged_by_other_rules_is_not_opened(at_home: Client, inspected: Receive) -> None:
    held = inspected(register())
    Submission.objects.filter(pk=held.pk).update(rules_version="0" * 64)
    assert at_home.get(f"/meja/kiriman/{held.pk}/perbaiki").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_at_once(inspected: Receive, producer: Person) -> None:
    held = inspected(stray())
    barrier, answers = Barrier(2), []

    def send() -> None:
        client = Client()
        client.force_login(producer)
        barrier.wait()
        choice = {"table": "1", "columns": ["C"], "step": "send"}
        answers.append(client.post(f"/meja/kiriman/{held.pk}/perbaiki", choice).status_code)
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert Submission.objects.filter(derived_from=held).count() == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [("", ()), ("9", ((9, 9),)), (" 5, 9 - 12;20 ", ((5, 5), (9, 12), (20, 20)))],
)
def test_rows_in_words(text: str, rows: tuple) -> None:
    assert rows_of(text) == rows


@pytest.mark.parametrize("text", ["a", "1-", "-3", "5-2", "1 2", "9" * 9, ",".join("1" * 201)])
def test_rows_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="rows"):
        rows_of(text)
