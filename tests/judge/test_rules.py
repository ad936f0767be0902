"""The rules themselves: complete, in both languages, with law that may be cited."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from lumbung.detect import RECOGNISERS
from lumbung.document import Place
from lumbung.judge import Reason, Rule, Verdict, sentence, where
from lumbung.judge.kinds import kinds_page
from lumbung.judge.page import rules_page
from lumbung.judge.rules import RULES, rule_for
from lumbung.judge.version import LIBRARIES, version

CODES = [
    *("nik", "nomor-kk", "person-table", "phone", "e-mail"),
    *("npwp", "nip", "nisn", "nuptk", "bpjs", "bank-account", "passport", "driving-licence", "vehicle-plate"),
    *("civil-certificate", "tax-parcel", "ktp-chip"),
    *("public-role", "parent-name", "address", "card", "specific-data", "home-coordinates", "named-in-text"),
    *("small-cells", "re-identifiable"),
    *("not-fully-read", "unreadable", "unknown-format", "encrypted", "empty-file", "too-large", "bomb"),
]
MAY_BE_CITED = re.compile(
    r"UU 23/2006 jo\. UU 24/2013 Pasal 58 ayat \(2\) dan Pasal 79"
    r"|UU 27/2022 Pasal 4 ayat \([23]\)|UU 14/2008 Pasal 17 huruf [ghj]"
    r"|UU 16/1997 Pasal 21"
    r"|Perpres 39/2019 \(pemeriksaan oleh Walidata\)"
)


def test_the_codes_are_the_contract() -> None:
    assert [rule.code for rule in RULES] == CODES
    with pytest.raises(KeyError):
        rule_for("siti")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_citation_has_been_checked(rule: Rule) -> None:
    assert not MAY_BE_CITED.sub("", rule.citation).strip("; ")
    assert "84" not in rule.citation  # it has not named NIK since 2013


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_speaks_and_knows_a_way_on(rule: Rule, lang: str) -> None:
    reason = Reason(
        code=rule.code, severity=Verdict.HOLD, citation=rule.citation, place=Place(sheet="Data"), hits=1204, of=56789
    )
    said = sentence(reason, lang)
    assert said.message.endswith(".") and said.next_step.endswith(".") and "{" not in said.message
    assert ("PPDP" in said.next_step or "data protection officer" in said.next_step) == (rule.appeal == "ppdp")
    if "{hits}" in rule.messages[lang]:
        assert ("1.204" if lang == "id" else "1,204") in said.message


def test_the_page_holds_every_rule() -> None:
    page = rules_page()
    assert all(f"`{rule.code}`" in page and rule.citation in page for rule in RULES)


def test_the_page_of_kinds_holds_every_kind_with_its_source() -> None:
    page = kinds_page()
    assert all(f"## `{recogniser.KIND}`" in page for recogniser in RECOGNISERS)
    assert page.count("\nSource: ") == len(RECOGNISERS)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), "berkas ini"),
        (Place(part="nama berkas"), "nama berkas"),
        (Place(part="xl/comments1.xml", hidden=True), "bagian “xl/comments1.xml” (tersembunyi)"),
        (
            Place(part="a.zip!b.xlsx!", sheet="X"),
            "berkas “a.zip” di dalamnya, berkas “b.xlsx” di dalamnya, lembar “X”",
        ),
        (Place(part="b.docx!word/x.xml"), "berkas “b.docx” di dalamnya, bagian “word/x.xml”"),
        (
            Place(sheet="Data", column="C", header="NIK", row="5-1204, 1300"),
            "lembar “Data”, kolom C berjudul “NIK”, baris 5-1204, 1300",
        ),
        (Place(header="NIK"), "berjudul “NIK”"),
        (Place(page=2, path="$.warga[].nik"), "halaman 2, jalur $.warga[].nik"),
    ],
)
def test_places_in_words(place: Place, words: str) -> None:
    assert where(place) == words
    assert where(place, lang="en")


def test_the_version_is_the_same_in_every_process_and_short() -> None:
    version.cache_clear()
    assert re.fullmatch(r"[0-9a-f]{16}", version())
    assert version() == version.__wrapped__()


def test_another_version_of_a_library_is_another_version_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.__wrapped__()
    installed = metadata.version
    for name in LIBRARIES:
        with monkeypatch.context() as changed:
            changed.setattr(metadata, "version", lambda asked, name=name: installed(asked) + "+" * (asked == name))
            assert version.__wrapped__() != before, name


def test_every_library_that_reads_is_counted() -> None:
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    named = {*declared["dependencies"], *declared["optional-dependencies"]["ocr"]}
    others = {"typer", "rich", "xlsxwriter"}  # these write and speak; none reads a stranger's file
    assert named - others == set(LIBRARIES)
