"""Letter T6 in words: what was compared, what came out, and how little that says. In Indonesian, as letters are."""

import re
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from lumbung.portal.design.wording import day, number
from lumbung.portal.incidents.compared import Compared, Tested
from lumbung.portal.incidents.models import LetterKind
from lumbung.portal.incidents.office import office

LISTED = 40  # versions in the letter; the answer itself has all
RULE_OF_THREE = 300  # per cent: with no hit in n rows drawn at random, at most 3/n of the whole (95 %)
FEW = "kurang dari 5"
VERDICTS = {
    "none": "bukan dari yang kami periksa; yang cocok tidak melebihi kebetulan",
    "ours": "contoh ini memuat orang-orang yang tercatat dalam sumber kami; siapa yang membocorkan belum diketahui",
    "part": "sebagian baris contoh ini ada dalam sumber kami, sebagian tidak",
    "cannot-tell": "tidak dapat diputuskan",
    "refused": "tidak diperiksa: contoh ini memuat kurang dari sepuluh orang",
}
WHY = {
    "namesakes": "Beberapa nama dan tanggal lahir ada juga dalam sumber kami, dengan NIK lain: orang yang senama.",
    "nothing-to-compare": "Tidak ada sidik yang dapat dipakai.",
    "too-few-people": "Pertanyaan tentang segelintir orang tidak dijawab.",
    "too-few-tested": "Kurang dari sepuluh baris yang dapat diuji.",
    "too-few-hits": "Hanya segelintir baris yang cocok: lebih dari kebetulan, kurang untuk memastikan.",
    "numbers-without-names": "Banyak nomor yang cocok, tetapi namanya lain. Nomor dapat ditebak.",
    "numbers-alone": "Contoh ini hanya berisi nomor. Nomor dapat ditebak.",
    "several-sources": "Tidak ada satu versi yang menjelaskan semuanya.",
    "one-version": "Hanya satu versi yang diperiksa; versi lain dari sumber ini tidak dapat dibedakan.",
    "versions-alike": "Versinya tidak dapat dipastikan: contoh ini cocok dengan lebih dari satu.",
    "upstream": "Pemegang kumpulan data yang lebih besar, yang memuat data kami, juga mungkin menjadi asalnya.",
}


def statement(compared: Compared) -> str:
    """T6 of a comparison that belongs to no incident, in the plain shape of `printing`. Changes nothing."""
    return rendered(LetterKind.NOT_OURS, {"office": office(), **words(compared)})


def rendered(kind: LetterKind, context: dict[str, Any]) -> str:
    """The text of a template, without blank ends of lines and gaps."""
    with translation.override("id"):
        text = render_to_string(f"incidents/letters/{kind.value}.txt", context)
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def words(compared: Compared) -> dict[str, Any]:
    """What the template of T6 names of a comparison."""
    with translation.override("id"):
        return {
            "compared": compared,
            "people": number(compared.people),
            "tested": number(compared.tested),
            "matched": _hits(compared.matched),
            "versions_in_all": number(len(compared.versions)),
            "versions": [_shown(one) for one in compared.versions[:LISTED]],
            "versions_left": max(0, len(compared.versions) - LISTED),
            "verdict": VERDICTS[compared.verdict],
            "because": [*_bound(compared), *(WHY[code] for code in compared.why if code in WHY), *_dated(compared)],
        }


def _shown(one: Tested) -> dict[str, str]:
    return {"source": one.source, "version": one.version, "shown": _hits(one.matched)}


def _hits(matched: int | None) -> str:
    return FEW if matched is None else number(matched)


def _bound(compared: Compared) -> list[str]:
    """How much of the whole may still be from there, which can be said only where nothing matched at all."""
    if compared.verdict != "none" or compared.matched != 0:
        return []
    most = float(f"{min(100.0, RULE_OF_THREE / compared.tested):.2g}")
    shown = number(int(most) if most.is_integer() else most)
    return [
        f"Bila contoh ini acak, paling banyak {shown} % dari keseluruhannya dapat berasal dari "
        "versi yang disebut di atas (tingkat kepercayaan 95 %). Bila tidak acak, tidak ada yang dapat dikatakan "
        "tentang baris di luar contoh."
    ]


def _dated(compared: Compared) -> list[str]:
    if compared.dated is None:
        return []
    first, last = (day(one) for one in compared.dated)
    return [f"Umur di dalam contoh dihitung antara {first} dan {last}."]
