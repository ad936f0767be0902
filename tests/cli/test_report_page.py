"""The report that a person sends on: true, whole, and without a value."""

import re
from pathlib import Path

from lxml import html

from tests.cli.test_check import CLEAN, lumbung
from tests.gate.test_inspect import RESIDENTS, register


def page_of(target: Path) -> html.HtmlElement:
    return html.fromstring(target.read_bytes())


def test_a_folder_in_one_page_without_a_value(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "laporan.html"
    data.mkdir()
    register(data)
    (data / "rekap.csv").write_text(CLEAN)
    (data / "kosong.xlsx").touch()
    (data / f"<b>KTP {RESIDENTS[0]}.csv").write_text(CLEAN)
    run = lumbung("check", data, "--html", target, "--evidence")
    text = target.read_text(encoding="utf-8")
    assert run.returncode == 1 and target.name in run.stderr
    assert not any(nik in text for nik in RESIDENTS)
    assert str(tmp_path) not in text and "<b>KTP" not in text
    page = page_of(target)
    assert [article.get("class") for article in page.findall(".//article")] == ["hold", "hold", "hold", "open"]
    assert "•" in page.find(".//article/h2").text_content()
    assert len(page.findall(".//ol")) == len(set(re.findall(r"<h3>(.*?)</h3>", text))) > 1
    assert f"Dibaca seluruhnya: 1 bagian, {len(CLEAN)} byte." in text
    assert not page.xpath("//script | //link | //img | //@src | //@href")


def test_in_english_with_nothing_to_mend(tmp_path: Path) -> None:
    (tmp_path / "rekap.csv").write_text(CLEAN)
    target = tmp_path / "report.html"
    run = lumbung("check", tmp_path / "rekap.csv", "--html", target, "--lang", "en", "--json")
    assert run.returncode == 0 and run.stdout.startswith("{")
    assert page_of(target).get("lang") == "en" and "How to mend" not in target.read_text()


def test_where_no_report_can_be_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "rekap.csv").write_text(CLEAN)
    for target in (tmp_path, tmp_path / "tidak" / "ada.html"):
        run = lumbung("check", tmp_path / "rekap.csv", "--html", target)
        assert (run.returncode, run.stdout) == (2, "") and "--html laporan.html" in run.stderr
