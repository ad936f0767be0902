"""HTML: what a browser does not show."""

import base64
from collections.abc import Callable

from tests.hiding import HidingPlace

PAGE = "<html><head>{head}</head><body>{before}<table><tr><th>Dusun<th>Jumlah<tr><td>{cell}<td>8</table>{after}</body>"


def place(where: str, answer: str = "nik", **slots: Callable[[str], str]) -> HidingPlace:
    """A row: a page with a small table, and something in one of its slots."""

    def plant(nik: str) -> bytes:
        filled = {slot: text(nik) for slot, text in slots.items()}
        return PAGE.format(**{"head": "", "before": "", "cell": "Krajan", "after": "", **filled}).encode()

    return HidingPlace(format="html", where=where, plant=plant, answer=answer)


PLACES = (
    place("a cell", cell=lambda nik: nik),
    place("the title", head=lambda nik: f"<title>{nik}</title>"),
    place("a meta element", head=lambda nik: f'<meta name="author" content="{nik}">'),
    place("a script", head=lambda nik: f"<script>var nik = '{nik}'</script>"),
    place("a style sheet", head=lambda nik: f"<style>.x:before {{content: '{nik}'}}</style>"),
    place("a comment", after=lambda nik: f"<!-- {nik} -->"),
    place("a comment that a browser obeys", after=lambda nik: f"<!--[if mso]><p>{nik}</p><![endif]-->"),
    place("an attribute", after=lambda nik: f'<p data-nik="{nik}">x</p>'),
    place("an attribute without quotation marks", after=lambda nik: f"<p id={nik}>x</p>"),
    place("the name of an attribute", after=lambda nik: f"<p nik-{nik}>x</p>"),
    place("the target of a link", after=lambda nik: f'<a href="http://x/{nik}">x</a>'),
    place("the stored value behind a shown one", cell=lambda nik: f'x</td><td x:num="{nik}">3,3E+15'),
    place("a hidden row", cell=lambda nik: f"x<tr style='display:none'><td>{nik}"),
    place("a hidden field of a form", after=lambda nik: f'<input type="hidden" value="{nik}">'),
    place("a template", after=lambda nik: f"<template><p>{nik}</p></template>"),
    place("text for browsers without scripts", after=lambda nik: f"<noscript>{nik}</noscript>"),
    place("digits as references", cell=lambda nik: "".join(f"&#{ord(digit)};" for digit in nik)),
    place("behind the mark of a footnote", after=lambda nik: f'<p><a name="sym1" href="#anc1">1</a>{nik}</p>'),
    place("the name of a picture", after=lambda nik: f'<img src="foto/{nik}-2.jpg">'),
    place("digits parted by elements", cell=lambda nik: f"{nik[:6]}<b></b>{nik[6:]}"),
    place("digits parted by soft hyphens", cell=lambda nik: "&shy;".join(nik)),
    place("behind the end of the page", after=lambda nik: f"</body></html>{nik}"),
    place("before the page", before=lambda nik: nik),
    place("a CDATA section", after=lambda nik: f"<![CDATA[{nik}]]>"),
    place("a processing instruction", after=lambda nik: f"<?php $nik = {nik}; ?>"),
    place("an element nobody ever heard of", after=lambda nik: f"<warga-desa>{nik}</warga-desa>"),
    place("an attribute of a drawing", after=lambda nik: f"<svg><text x='1'>{nik}</text></svg>"),
    place(
        "a file in a data address",
        after=lambda nik: f'<a href="data:text/csv;base64,{base64.b64encode(f"nik,{nik}".encode()).decode()}">x</a>',
    ),
    place(
        "Base64 in an attribute",
        after=lambda nik: f'<p data-isi="{base64.b64encode(f"milik warga {nik} desa".encode()).decode()}">x</p>',
    ),
    place(
        "Base64 in a script",
        head=lambda nik: f"<script>atob('{base64.b64encode(f'milik warga {nik} desa'.encode()).decode()}')</script>",
    ),
    place("a page inside an attribute", after=lambda nik: f'<iframe srcdoc="&lt;b&gt;{nik[:8]}&lt;/b&gt;{nik[8:]}">'),
    place("escapes of a style", head=lambda nik: f"<style>p:after {{content: '\\3{nik[0]} {nik[1:]}'}}</style>"),
    place(
        "escapes of a script",
        head=lambda nik: "<script>var a = '" + "".join(f"\\x{ord(digit):02x}" for digit in nik) + "'</script>",
    ),
    place(
        "escapes of JSON in a script",
        head=lambda nik: "<script>['" + "".join(f"\\u{ord(digit):04x}" for digit in nik) + "']</script>",
    ),
    place(
        "the half of a number that a style writes",
        answer="not-fully-read",
        head=lambda nik: f"<style>.a::before {{content: '{nik[:8]}'}}</style>",
        cell=lambda nik: f"<i class=a>{nik[8:]}</i>",
    ),
    place(
        "the half of a number that a style borrows from an attribute",
        answer="not-fully-read",
        head=lambda nik: "<style>td::before {content: attr(data-a)}</style>",
        cell=lambda nik: f"</td><td data-a={nik[:8]}>{nik[8:]}",
    ),
    place(
        "the half of a number that a counter counts",
        answer="not-fully-read",
        head=lambda nik: f"<style>p {{counter-reset: x {nik[:8]}}} p::before {{content: counter(x)}}</style>",
        after=lambda nik: f"<p>{nik[8:]}</p>",
    ),
    place("the number of a list's line", after=lambda nik: f"<ol start={nik[:8]}><li>{nik[8:]}</li></ol>"),
    place("the number that a list's line is given", after=lambda nik: f"<ol><li value={nik[:8]}>{nik[8:]}</li></ol>"),
    place("digits that run from right to left, in a cell", cell=lambda nik: f'<bdo dir="rtl">{nik[::-1]}</bdo>'),
    place("digits that run from right to left", after=lambda nik: f'<bdo dir="rtl">{nik[::-1]}</bdo>'),
)
