"""Whatever is put on the desk gets a clear answer or a clear refusal: few rows, copies of one, pictures, mixtures."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.models import Submission
from lumbung.portal.tracing.models import Asked, Holding, Question
from lumbung.portal.tracing.places import place
from lumbung.portal.tracing.showing import shown
from lumbung.portal.tracing.states import QuestionState
from tests.portal.shelves import Desk
from tests.portal.tracing.people import HEADING, register, row

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[..., Question]
BEKASI = {
    "total": "8.797.669",
    "year": "2021",
    "of": "penduduk",
    "regions": [
        {"name": "Kab. Malang", "count": 3165815},
        {"name": "Kab. Bekasi", "count": 2339060},
        {"name": "Kab. Subang", "count": 1989263},
        {"name": "Kota Bogor", "count": 1303531},
    ],
}


@pytest.fixture
def village(desk: Desk) -> Submission:
    """What the portal has fingerprinted: two hundred people."""
    return desk.send(register(0, 200))


def verdict(question: Question) -> str:
    said = question.answer.get("verdict", question.code)
    assert shown(question), "a page for it"
    return str(said)


def test_ten_rows_are_answered_and_nine_are_not(village: Submission, asked: Ask) -> None:
    assert verdict(asked(register(5, 10))) == "ours"
    refused = asked(register(5, 9))
    assert (refused.state, refused.code, refused.rows) == (QuestionState.REFUSED, "too-few-people", 9)
    assert Event.objects.get(kind=Kind.TRACE_REFUSED).details["rows"] == 9


def test_one_row_again_and_again_is_one_row(village: Submission, asked: Ask) -> None:
    many = f"{HEADING}\n" + f"{row(7)}\n" * 50_000
    assert verdict(asked(many.encode())) == "too-few-people"


def test_many_copies_of_many_rows_count_once(village: Submission, asked: Ask) -> None:
    rows = "\n".join(row(number) for number in range(30))
    question = asked(f"{HEADING}\n{(rows + chr(10)) * 500}".encode())
    assert (verdict(question), question.rows, question.answer["read"]) == ("ours", 30, 15_000)


def test_a_pdf(village: Submission, asked: Ask) -> None:
    written = io.BytesIO()
    page = Canvas(written)
    for place_, number in enumerate(range(20, 50)):
        nik, _kk, name, born = row(number).split(";")[:4]
        page.drawString(40, 800 - 20 * place_, f"{nik}  {name}  {born}")
    page.save()
    assert verdict(asked(written.getvalue(), name="daftar.pdf")) == "ours"


def test_a_screenshot_and_one_that_nobody_can_read(village: Submission, asked: Ask) -> None:
    picture = Image.new("RGB", (1200, 1000), "white")
    font = ImageFont.load_default(28)
    for line, number in enumerate(range(20, 44)):
        nik, _kk, name = row(number).split(";")[:3]
        ImageDraw.Draw(picture).text((30, 20 + 40 * line), f"{nik}  {name}", fill="black", font=font)
    sharp, blank = io.BytesIO(), io.BytesIO()
    picture.save(sharp, "PNG")
    Image.new("RGB", (300, 200), "white").save(blank, "PNG")
    read = asked(sharp.getvalue(), name="tangkapan.png")
    assert verdict(read) in ("ours", "part"), (read.code, read.answer)
    assert verdict(asked(blank.getvalue(), name="kosong.png")) in ("nobody", "not-wholly-read")


def test_a_mixture_of_three_sources(desk: Desk, asked: Ask) -> None:
    for first in (0, 1000, 2000):
        desk.send(register(first, 100), name=f"{first}.csv")
    rows = [row(first + number) for first in (0, 1000, 2000) for number in range(20)]
    answer = asked("\n".join([HEADING, *rows]).encode()).answer
    assert answer["verdict"] == "ours"
    assert "several-sources" in answer["why"]
    assert sorted(count for _place, count in answer["parts"]) == [20, 20, 20]


def test_a_poisoned_sample_is_ours_in_part(village: Submission, asked: Ask) -> None:
    rows = [row(number) for number in (*range(40), *range(5000, 5060))]
    answer = asked("\n".join([HEADING, *rows]).encode()).answer
    assert (answer["verdict"], answer["matched"], answer["foreign"]) == ("part", 40, 60)


def test_numbers_without_names_cannot_tell(village: Submission, asked: Ask) -> None:
    rows = "\n".join(row(number).split(";")[0] for number in range(60))
    question = asked(f"NIK\n{rows}\n".encode())
    assert (verdict(question), question.answer["why"]) == ("cannot-tell", ["numbers-alone"])


def test_a_handful_of_hits_is_never_counted_out(village: Submission, asked: Ask) -> None:
    rows = [row(number) for number in (*range(3), *range(5000, 5040))]
    answer = asked("\n".join([HEADING, *rows]).encode()).answer
    assert (answer["verdict"], answer["matched"], answer["foreign"]) == ("cannot-tell", None, None)
    assert {one["matched"] for one in answer["versions"]} == {None}


def test_the_version_and_the_day_of_the_extract(desk: Desk, asked: Ask) -> None:
    desk.send(register(0, 400), name="mei.csv")
    desk.send(register(40, 400), name="juni.csv")
    answer = asked(register(40, 400)).answer
    decided = answer["versions"][answer["version"]]
    assert decided["matched"] == 400
    assert decided["probability"] > 0.99
    assert answer["vintage"]["first"] <= "2026-06-01" <= answer["vintage"]["last"]
    assert "upstream" in answer["why"]


def test_one_file_under_two_names_is_one_version(desk: Desk, asked: Ask) -> None:
    desk.send(register(0, 60), name="satu.csv")
    desk.send(register(0, 60) + b"\n", name="dua.csv")
    answer = asked(register(0, 60)).answer
    assert [len(one["also"]) for one in answer["versions"]] == [1]


def test_an_index_that_was_cut_off_on_the_disk_is_named(village: Submission, asked: Ask) -> None:
    path = place("indexes") / Holding.objects.get().file
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-8])
    answer = asked(register()).answer
    assert answer["verdict"] == "cannot-tell"
    assert list(answer["unusable"].values()) == ["cut-off"]
    path.unlink()
    assert list(asked(register(1, 30)).answer["unusable"].values()) == ["gone"]


def test_a_claim_whose_figures_are_known(asked: Ask) -> None:
    answer = asked(about=Asked.CLAIM, claim=BEKASI).answer
    found = {(one["code"], one["about"]): one["finding"] for one in answer["checks"]}
    assert found["breakdown-sum", ""] == "supports"
    assert [found["population", name] for name in ("Kab. Malang", "Kab. Subang", "Kota Bogor")] == ["contradicts"] * 3
    changed = {**BEKASI, "total": "8.797.668"}
    checks = asked(about=Asked.CLAIM, claim=changed).answer["checks"]
    assert {"contradicts"} == {one["finding"] for one in checks if one["code"] == "breakdown-sum"}


def test_a_claim_without_a_breakdown_and_one_of_electors(asked: Ask) -> None:
    answer = asked(about=Asked.CLAIM, claim={"total": "200.000.000", "of": "pemilih", "year": "2014"}).answer
    found = {one["code"]: one["finding"] for one in answer["checks"]}
    assert found == {"breakdown-sum": "cannot-tell", "population": "contradicts"}


def test_a_claim_with_two_samples(asked: Ask) -> None:
    claim = {"total": "100000", "of": "penduduk", "year": "2026"}
    question = asked(register(0, 60), register(30, 60), about=Asked.CLAIM, claim=claim)
    codes = {one["code"] for one in question.answer["checks"]}
    assert {"two-samples", "numbers-valid", "generated", "vintage"} <= codes
    assert question.rows == 120


def test_what_holds_nobody_and_what_is_no_file(village: Submission, asked: Ask) -> None:
    assert verdict(asked(b"kecamatan;jumlah\nSukatani;12\nMekarsari;14\n")) == "nobody"
    assert verdict(asked(b"PK\x03\x04nothing at all", name="rusak.xlsx")) in ("not-wholly-read", "crash", "nobody")
    assert verdict(asked(b"\x00" * 4000, name="nol.bin")) in ("not-wholly-read", "nobody")
