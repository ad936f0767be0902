"""`lumbung trace key, index, match, expire` as an officer types them; a bad file gets a clear answer or refusal."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from lumbung.cli import assemble, trace_log
from lumbung.invent import LAYOUTS, Household, invent_households, people
from lumbung.invent.damage import DAMAGES
from lumbung.invent.workbooks import write

NAMED = {layout.name: layout for layout in LAYOUTS}
LOST = {"e15-pendek", "e15-koma", "14-digit", "17-digit", "bintang-belakang", "bintang-depan", "x-belakang"}


def trace(*words: str | Path) -> Result:
    return CliRunner().invoke(assemble(), ["trace", *map(str, words)])


@pytest.fixture(scope="module")
def village() -> tuple[Household, ...]:
    return invent_households(seed=21, count=60)


@pytest.fixture(scope="module")
def desk(village: tuple[Household, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A key, a folder with the index of one register, and a list of questions of its own."""
    folder = tmp_path_factory.mktemp("meja")
    before = os.environ.get("LUMBUNG_HOME")
    os.environ["LUMBUNG_HOME"] = str(folder / "rumah")
    write(NAMED["siak"].build(village), to=folder / "siak.xlsx", format="xlsx")
    (folder / "sidik").mkdir()
    assert trace("key", folder / "kunci.json").exit_code == 0
    made = trace("index", folder / "siak.xlsx", "--out", folder / "sidik" / "desa.sidik", "--source", "desa",
                 "--version", "2017", "--key", folder / "kunci.json")  # fmt: skip
    assert made.exit_code == 0, made.output
    yield folder
    os.environ.pop("LUMBUNG_HOME") if before is None else os.environ.update(LUMBUNG_HOME=before)


@pytest.fixture(autouse=True)
def _a_new_hour(desk: Path) -> None:
    trace_log.path().unlink(missing_ok=True)


def match(desk: Path, sample: Path, *more: str) -> Result:
    return trace("match", sample, "--against", desk / "sidik", "--key", desk / "kunci.json", *more)


def answered(desk: Path, sample: Path) -> dict:  # type: ignore[type-arg]
    run = match(desk, sample, "--json")
    assert run.exit_code in (0, 1) and run.stdout.strip(), run.output
    return dict(json.loads(run.stdout.splitlines()[-1]))


def secrets(village: tuple[Household, ...]) -> set[str]:
    found = {value for home, one in people(village) for value in (one.nik, home.kk, one.name.upper(), one.phone)}
    return {value for value in found if len(value) > 9}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damaged_sample(desk: Path, village: tuple[Household, ...], damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(damage.apply(NAMED["opensid-ekspor"].build(village)), to=tmp_path / "contoh.xlsx", format="xlsx")
    answer = answered(desk, tmp_path / "contoh.xlsx")
    if damage.name == "tiga-baris":
        assert (answer["verdict"], answer["why"]) == ("refused", ["too-few-people"])
        return
    assert answer["verdict"] == "ours"
    assert answer["matched"] >= 0.98 * answer["rows"]  # the lost numbers are found by name and birth date
    assert (answer["versions"][0]["by_kind"].get("nik", 0) > 0.9 * answer["rows"]) == (
        damage.name not in LOST | {"e15-penuh", "15-digit", "digit-akhir-nol"}
    )


def test_the_answer_in_words_and_nothing_of_anybody(desk: Path, village: tuple[Household, ...]) -> None:
    for language, words in (("id", "MILIK KITA"), ("en", "OURS")):
        run = match(desk, desk / "siak.xlsx", "--lang", language)
        assert run.exit_code == 0 and words in run.output and "desa, 2017" in run.output
        assert not [value for value in secrets(village) if value in run.output.upper()]
    log = trace_log.path().read_text()
    assert len(log.splitlines()) == 2 and "siak.xlsx" not in log
    assert not [value for value in secrets(village) if value in log.upper()]


def test_a_pdf(desk: Path, village: tuple[Household, ...], tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "daftar.pdf"))
    for line, (_, one) in enumerate(people(village)[:40]):
        page.drawString(50, 800 - 15 * line, f"{line + 1}  {one.nik}  {one.name}")
    page.save()
    answer = answered(desk, tmp_path / "daftar.pdf")
    assert answer["verdict"] == "ours" and answer["matched"] >= 30 and not answer["why"][0].startswith("numbers")


def test_a_screenshot(desk: Path, village: tuple[Household, ...], tmp_path: Path) -> None:
    picture = Image.new("RGB", (900, 660), "white")
    font = ImageFont.load_default(20)
    for line, (_, one) in enumerate(people(village)[:20]):
        ImageDraw.Draw(picture).text((30, 20 + 30 * line), f"{one.nik}   {one.name}", fill="black", font=font)
    picture.save(tmp_path / "layar.png")
    run = match(desk, tmp_path / "layar.png", "--json")
    if run.exit_code == 1 and "tidak terbaca" in run.stderr:
        pytest.skip("no way of reading pictures here, and the sample was refused as unread")
    assert json.loads(run.stdout)["matched"] >= 12


@pytest.mark.parametrize(
    ("name", "content"),
    [("kosong.csv", b""), ("rekap.csv", b"kecamatan,jumlah\nSecang,12\n"), ("rusak.xlsx", b"PK\x03\x04rusak"),
     ("acak.bin", bytes(range(256)) * 9), ("gambar.png", b"\x89PNG\r\n\x1a\n" + bytes(50))],
)  # fmt: skip
def test_what_is_no_list_of_people_is_refused(desk: Path, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    run = match(desk, tmp_path / name)
    assert run.exit_code == 1 and not run.stdout.strip() and run.stderr.strip()


def test_few_people_are_not_answered_however_many_rows(
    desk: Path, village: tuple[Household, ...], tmp_path: Path
) -> None:
    few = [(one.nik, one.name) for _, one in people(village) if len(one.nik) == 16][:3]
    pl.DataFrame(few * 5000, schema=["NIK", "NAMA"], orient="row").write_csv(tmp_path / "ulang.csv")
    answer = answered(desk, tmp_path / "ulang.csv")
    assert (answer["verdict"], answer["rows"], answer["versions"]) == ("refused", 3, [])


def test_a_handful_of_hits_is_not_counted_out(desk: Path, village: tuple[Household, ...], tmp_path: Path) -> None:
    ours = [(one.nik, one.name) for _, one in people(village) if len(one.nik) == 16][:2]
    foreign = [(one.nik, one.name) for _, one in people(invent_households(seed=77, count=9, home="330820"))]
    pl.DataFrame(ours + foreign, schema=["NIK", "NAMA"], orient="row").write_csv(tmp_path / "contoh.csv")
    run = match(desk, tmp_path / "contoh.csv")
    assert run.exit_code == 1 and "< 5" in run.stdout and " 2 " not in run.stdout
    told = answered(desk, tmp_path / "contoh.csv")
    counts = (told["matched"], told["foreign"], told["versions"][0]["matched"], told["versions"][0]["by_kind"]["nik"])
    assert counts == (None, None, None, None) and not told["deciding"]


def test_a_number_in_the_name_of_a_source_does_not_travel(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sidik"
    made = trace("index", desk / "siak.xlsx", "--out", out, "--source", "anak 3308134504909001", "--key",
                 desk / "kunci.json")  # fmt: skip
    assert made.exit_code == 0 and b"3308134504909001" not in out.read_bytes()


def test_a_wrong_key_and_a_cut_off_index_are_named(desk: Path, tmp_path: Path) -> None:
    trace("key", tmp_path / "lain.json")
    run = trace("match", desk / "siak.xlsx", "--against", desk / "sidik", "--key", tmp_path / "lain.json")
    assert run.exit_code == 1 and "kunci lain" in run.stderr
    (tmp_path / "sidik").mkdir()
    whole = (desk / "sidik" / "desa.sidik").read_bytes()
    (tmp_path / "sidik" / "potong.sidik").write_bytes(whole[:-100])
    run = trace("match", desk / "siak.xlsx", "--against", tmp_path / "sidik", "--key", desk / "kunci.json")
    assert run.exit_code == 1 and "terpotong" in run.stderr


def test_usage(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("--key", desk / "kunci.json")
    monkeypatch.delenv("LUMBUNG_KEY_FILE", raising=False)
    refused = [
        ("match", desk / "tidak-ada.xlsx", "--against", desk / "sidik", *key),
        ("match", desk / "siak.xlsx", "--against", desk / "tidak-ada", *key),
        ("match", desk / "siak.xlsx", "--against", desk / "sidik"),
        ("match", desk / "siak.xlsx", "--against", desk / "sidik", "--key", desk / "siak.xlsx"),
        ("key", desk / "kunci.json"),
        ("index", desk / "siak.xlsx", "--out", desk / "sidik" / "desa.sidik", *key),
        ("index", desk / "siak.xlsx", "--out", tmp_path / "a.csv", *key),
        ("index", desk / "siak.xlsx", "--out", tmp_path / "a.sidik", "--until", "kapan", *key),
        ("index", desk / "siak.xlsx", "--out", tmp_path / "a.sidik", "--until", "2020-01-01", *key),
        ("expire", desk / "tidak-ada", *key),
    ]
    for words in refused:
        run = trace(*words)
        assert run.exit_code == 2 and run.stderr.strip(), words
    assert list(tmp_path.iterdir()) == []


def test_the_key_may_stand_in_the_key_file(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_KEY_FILE", str(desk / "kunci.json"))
    assert trace("match", desk / "siak.xlsx", "--against", desk / "sidik").exit_code == 0


def test_questions_are_limited_and_none_is_answered_unrecorded(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(trace_log.MOST):
        trace_log.record("match")
    run = match(desk, desk / "siak.xlsx")
    assert run.exit_code == 1 and "pertanyaan" in run.stderr and not run.stdout
    trace_log.path().unlink()
    monkeypatch.setattr(trace_log, "record", _full_disk)
    run = match(desk, desk / "siak.xlsx")
    assert run.exit_code == 2 and not run.stdout


def _full_disk(question: str, **facts: object) -> None:
    raise OSError


def test_expired_indexes_are_destroyed_and_others_kept(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lama", "baru"):
        until = "2099-01-01" if name == "baru" else "2098-01-01"
        made = trace("index", desk / "siak.xlsx", "--out", tmp_path / f"{name}.sidik", "--until", until,
                     "--key", desk / "kunci.json")  # fmt: skip
        assert made.exit_code == 0
    monkeypatch.setattr("lumbung.cli.trace.today", lambda: date(2098, 6, 1))
    (tmp_path / "rusak.sidik").write_bytes(b"x")
    run = trace("expire", tmp_path, "--key", desk / "kunci.json")
    assert run.exit_code == 0 and "lama.sidik" in run.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["baru.sidik", "rusak.sidik"]
