"""The report of `lumbung check --html`: one page that can be sent on, printed and read without a network.

It holds no value from a file: samples are left out even where the terminal showed them, long numbers in the names of
files and folders are masked, and the folders above those that were named are not told.
"""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from lumbung.cli.words import WORDS, read_in_words
from lumbung.gate import Inspection, Reason, Verdict, covered, mending, rule_for, rules_version, scrub, sentence, where

Inspected = Sequence[tuple[Path, Inspection]]

_SIGNS = {Verdict.OPEN: "●", Verdict.REVIEW: "▲", Verdict.HOLD: "■"}
_WIB = ZoneInfo("Asia/Jakarta")
_LONGEST = 200  # characters of a file's name
_STYLE = """
:root{color-scheme:light dark;--ink:#22281f;--paper:#fbf9f3;--card:#fff;--line:#ddd8c8;--quiet:#5c6355;
--open:#2f7a3d;--review:#8a5f00;--hold:#a3341f}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e8e6dc;--paper:#161a14;--card:#1f241c;--line:#3d4437;
--quiet:#a9b0a0;--open:#7fc98c;--review:#e0b354;--hold:#f0907c}}
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:16px/1.55 "Plus Jakarta Sans",system-ui,sans-serif;
color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
article{background:var(--card);border:1px solid var(--line);border-left:.4rem solid;border-radius:.4rem;padding:1rem;
margin:1rem 0}
.open{border-left-color:var(--open)}.review{border-left-color:var(--review)}.hold{border-left-color:var(--hold)}
.verdict{font-weight:700}.open .verdict{color:var(--open)}.review .verdict{color:var(--review)}
.hold .verdict{color:var(--hold)}
table{border-collapse:collapse;width:100%;margin:.7rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;
border-bottom:1px solid var(--line)}td{overflow-wrap:anywhere}.number{font-variant-numeric:tabular-nums}
.quiet{color:var(--quiet);font-size:.85rem;overflow-wrap:anywhere}
@media screen and (max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}td{border:0;padding:0 .2rem}
tr{border-bottom:1px solid var(--line);padding:.5rem 0}}
@media print{body{background:#fff;margin:0}article,li{break-inside:avoid}h3{break-after:avoid}}
"""


def report_page(inspected: Inspected, *, lang: str, at: datetime) -> str:
    """The whole page in Indonesian ("id") or English ("en"); `at` is when it was made. Files to mend come first."""
    words = WORDS[lang]
    order = list(reversed(Verdict))
    files = sorted(_named(inspected), key=lambda file: (order.index(file[1].verdict), file[0]))
    made = words["made"].format(f"{at.astimezone(_WIB):%Y-%m-%d %H.%M} WIB", rules_version())
    body = "\n".join(
        [
            f"<h1>{escape(words['report'])}</h1>",
            f"<p>{escape(_counted(inspected, lang))}</p>",
            f"<p class='quiet'>{escape(made)} {escape(words['no-values'])}</p>",
            *(_file(name, inspection, lang) for name, inspection in files),
            *_mending(inspected, lang),
        ]
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(words['report'])}</title><style>{_STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body><main>\n{body}\n</main></body></html>\n'


def _named(inspected: Inspected) -> list[tuple[str, Inspection]]:
    """Names from the nearest folder that holds them all, fit to be sent on."""
    if not inspected:
        return []
    whole = [path.absolute() for path, _ in inspected]
    above = os.path.commonpath([path.parent for path in whole])
    names = [scrub(str(path.relative_to(above)), longest=_LONGEST) for path in whole]
    return [(name, inspection) for name, (_, inspection) in zip(names, inspected, strict=True)]


def _counted(inspected: Inspected, lang: str) -> str:
    words = WORDS[lang]
    counts = Counter(inspection.verdict for _, inspection in inspected)
    if not counts:
        return words["no-files"]
    each = "; ".join(f"{words[verdict.value]} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    return f"{words['files']}: {counts.total()}. {each}"


def _file(name: str, inspection: Inspection, lang: str) -> str:
    words, verdict = WORDS[lang], inspection.verdict
    found = _reasons(inspection.reasons, lang) if inspection.reasons else f"<p>{escape(words['nothing-found'])}</p>"
    read = escape(read_in_words(covered(inspection.coverage), lang=lang))
    digest = f"{escape(words['digest'])}: {escape(inspection.sha256)}" if inspection.sha256 else ""
    return (
        f'<article class="{verdict.value}"><h2>{escape(name)}</h2>'
        f'<p class="verdict">{_SIGNS[verdict]} {escape(words[verdict.value])}</p>{found}'
        f'<p class="quiet">{read} {digest}</p></article>'
    )


def _reasons(reasons: Sequence[Reason], lang: str) -> str:
    words = WORDS[lang]
    headings = (words["found"], words["where"], words["how-many"], words["law"])
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    rows = "".join(_row(reason, lang) for reason in reasons)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(reason: Reason, lang: str) -> str:
    many = WORDS[lang]["hits-of"].format(reason.hits, reason.of) if reason.of else ""
    said = sentence(reason, lang)
    return (
        f"<tr><td>{_SIGNS[reason.severity]} {escape(rule_for(reason.code).title[lang])}</td>"
        f'<td>{escape(where(reason.place, lang=lang))}</td><td class="number">{many}</td>'
        f'<td class="quiet">{escape(said.citation)}</td></tr>'
    )


def _mending(inspected: Inspected, lang: str) -> list[str]:
    """What to do about each rule that was met, once, at the end."""
    codes = list(dict.fromkeys(reason.code for _, inspection in inspected for reason in inspection.reasons))
    if not codes:
        return []
    sections = [f"<h2>{escape(WORDS[lang]['mend'])}</h2>"]
    for code in codes:
        steps = "".join(f"<li>{escape(step)}</li>" for step in mending(code, lang))
        sections.append(f"<h3>{escape(rule_for(code).title[lang])}</h3><ol>{steps}</ol>")
    return sections
