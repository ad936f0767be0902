"""T6 out of an answer of the tracing: every number in it was counted, and nothing is claimed beyond them."""

import json
from typing import Any

import pytest

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.incidents.compared import LARGEST, read
from lumbung.portal.incidents.stating import statement

NONE: dict[str, Any] = {
    "verdict": "none", "rows": 120, "tested": 100, "matched": 0, "foreign": 100, "version": None, "why": [],
    "versions": [
        {"source": "siak-desa-argaloka", "version": "2026-06", "people": 4000, "matched": 0, "by_kind": {},
         "probability": 0.5},
        {"source": "dpt", "version": "2024", "people": 9000, "matched": None, "by_kind": {}, "probability": 0.5},
    ],
    "deciding": {}, "parts": [], "upstream": 0.0, "vintage": {}, "read": 130, "unusable": {"lama.sidik": "expired"},
}  # fmt: skip
NIK = "9901" + "014107019" + "001"  # put together: a house test looks for whole ones


def said(**changed: Any) -> str:
    return statement(read(json.dumps({**NONE, **changed}).encode(), sample="ab" * 32))


def test_it_names_what_was_tested_and_no_more() -> None:
    text = said()
    for sentence in (
        "120 orang, 100 di antaranya dapat diuji",
        "Dibandingkan dengan: 2 sidik sumber kami",
        "siak-desa-argaloka, versi 2026-06: 0 baris cocok",
        "dpt, versi 2024: kurang dari 5 baris cocok",
        "Tidak diperiksa: 1 berkas sidik",
        "Baris yang cocok: 0 dari 100 yang diuji",
        "Jawaban: bukan dari yang kami periksa",
        "paling banyak 3 % dari keseluruhannya",
        "sidik SHA-256 contoh: " + "ab" * 32,
        "dari siapa dan kapan diterima: belum diketahui",
    ):
        assert sentence in text, sentence
    assert "{{" not in text and "Yang tercatat tentang data" not in text


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("ours", "memuat orang-orang yang tercatat dalam sumber kami"),
        ("part", "sebagian tidak"),
        ("cannot-tell", "Jawaban: tidak dapat diputuskan"),
    ],
)
def test_whatever_is_not_none_is_never_called_not_ours(verdict: str, sentence: str) -> None:
    text = said(verdict=verdict, matched=60, why=["upstream", "a-code-of-tomorrow"])
    assert sentence in text and "bukan dari yang kami periksa" not in text
    assert "paling banyak" not in text and "kumpulan data yang lebih besar" in text


def test_a_refused_question_has_no_figures() -> None:
    text = statement(read({"verdict": "refused", "why": ["too-few-people"], "rows": 3, "versions": []}))
    assert "tidak diperiksa" in text and "segelintir orang" in text


def test_few_hits_are_a_handful_and_bound_nothing() -> None:
    text = said(matched=None, why=["namesakes"])
    assert "Baris yang cocok: kurang dari 5 dari 100" in text and "paling banyak" not in text and "senama" in text


def test_the_days_of_the_ages_are_told() -> None:
    assert "antara 1 Maret 2017 dan 9 Maret 2017" in said(vintage={"first": "2017-03-01", "last": "2017-03-09"})


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "bukan"}, {"verdict": ["none"]}, {"tested": 121}, {"tested": -1}, {"tested": True},
        {"rows": "120"},
        {"matched": 101}, {"versions": []}, {"versions": [{"source": "a"}]}, {"versions": 3}, {"rows": 10**30},
        {"vintage": {"first": "kemarin", "last": "x"}}, {"why": [3]},
        {"versions": [{"source": f"milik {NIK}", "version": "1", "matched": 101}]},
        {"versions": [{"source": ["x"], "version": "1", "matched": 0}]},
    ],
)  # fmt: skip
def test_an_answer_that_contradicts_itself_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        said(**changed)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff\xfe", b"{" * 100_000, b" " * (LARGEST + 1), b"nan"])
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    with pytest.raises(Unfit):
        read(raw)


def test_a_digest_of_the_sample_is_one() -> None:
    with pytest.raises(Unfit):
        read(NONE, sample="bukan sidik")


def test_a_number_in_the_name_of_a_source_goes_nowhere() -> None:
    named = [{"source": f"register {NIK}", "version": "1", "matched": 0}]
    try:
        text = said(versions=named)
    except Unfit:
        return
    assert NIK not in text


def test_many_versions_are_counted_out_in_part() -> None:
    many = [{"source": f"sumber-{number}", "version": "1", "matched": 0} for number in range(100)]
    text = said(versions=many)
    assert "Dibandingkan dengan: 100 sidik" in text and "dan 60 versi lain" in text and "sumber-40" not in text
