"""Texts that style sheets write. What every page has stands first."""

import pytest

from lumbung.read.css_content import drawn


@pytest.mark.parametrize(
    "sheet",
    [
        "p {color: #333333; margin: 12px}",
        r".fa::before {content: '\f101'}",
        r"q::before {content: '\201C'; quotes: none}",
        "a[href]::after {content: ' (' attr(href) ')'}",
        "ol {counter-reset: bab 0}",
        "ol.lst-kix_list_12-0.start {counter-reset: lst-ctn-kix_list_12-0 0}",
        "/* content: '33082001' */",
        ".x {content: 'Tabel'}",
        ".satu::before {content: '1'} .dua::before {content: '2'} .tiga::before {content: '3'} .x {content: '1'}",
    ],
)
def test_no_digits(sheet: str) -> None:
    assert drawn([sheet], ["data-label=Tahun 2019"]) == []


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".a::before {content: '33082001'}", "33082001"),
        (r'.a::before {content: "\33\33 08" "20"}', "330820"),
        (".a {counter-reset: x 33082001}", "33082001"),
        (".a {counter-set: lst-ctn-kix_list_1-0 33 -bab-2 08}", "33 08"),
        ("ol {list-style-type: '33'}", "33"),
        ("@counter-style x {prefix: '330820'}", "330820"),
    ],
)
def test_digits(sheet: str, text: str) -> None:
    assert drawn([sheet], []) == [text]


def test_a_rule_for_each_digit() -> None:
    sheets = [f".d{digit}::before {{content: '{digit}'}}" for digit in range(10)]
    assert drawn(sheets, []) == [str(digit) for digit in range(10)]
    assert drawn(sheets[:4], []) == []


def test_an_attribute_that_is_borrowed() -> None:
    assert drawn(["td::before {content: attr(data-a)}"], ["data-a=33082001", "data-b=33082001"]) == ["data-a=33082001"]
