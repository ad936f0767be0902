"""What a page writes in another way than it shows it: escapes of scripts and styles, Base64, a page in an attribute,
digits that run from right to left.

Sources: ECMAScript 12.9.4 (escapes), CSS Syntax 4.3.7 (escapes), RFC 4648 (Base64), WHATWG HTML 4.8.5 (srcdoc).
"""

import base64
import re
from collections.abc import Iterator

from lumbung.document import Passage, Place, Table
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept

ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{?([0-9a-fA-F]{4,6})\}?|([0-9a-fA-F]{1,6})\s?)")
PACKED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={0,2}")
PAGE = re.compile(r"^srcdoc=(.*?)(?=^[\w:-]+=|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
TURNED = re.compile(r"bidi-override|isolate-override|\bdir=rtl", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
HIGHEST = 0x10FFFF
TEXTS, ATTRIBUTES, CODE = "teks di luar tabel", "atribut", "skrip dan gaya"


def harvest_written(
    harvest: Harvest, passages: tuple[Passage, ...], tables: tuple[Table, ...], *, prefix: str
) -> None:
    """Say it as it would be shown. `passages` and `tables` are those of the page."""
    texts = {passage.place.part: passage.text for passage in passages}
    attributes, code = texts.get(ATTRIBUTES, ""), texts.get(CODE, "")
    place = Place(part=f"{prefix}(tersandi)", hidden=True)
    shown = [ESCAPED.sub(_letter, code)] if "\\" in code else []
    shown += _unpacked(f"{attributes}\n{code}")
    if TURNED.search(f"{attributes}\n{code}"):
        shown += [line[::-1] for line in texts.get(TEXTS, "").splitlines()]
        shown += [cell[::-1] for table in tables for column in table.texts for cell in column.drop_nulls()]
    harvest.say(swept(place, "\n".join(shown)))
    for number, page in enumerate(PAGE.finditer(attributes), start=1):
        content = f"<html><body>{page[1]}</body></html>".encode("utf-8", "replace")
        harvest.find_inside(content, Place(part=f"{prefix}(srcdoc {number})", hidden=True))


def _letter(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2] or escape[3], 16)
    return chr(code) if code <= HIGHEST and not 0xD800 <= code <= 0xDFFF else ""


def _unpacked(text: str) -> Iterator[str]:
    """What is text once it is unpacked; data addresses are opened as files elsewhere."""
    for found in PACKED.finditer(text):
        bare = found[0].rstrip("=")
        try:
            unpacked = base64.b64decode(bare + "=" * (-len(bare) % 4)).decode("utf-8")
        except ValueError:
            continue
        if not CONTROLS.search(unpacked):
            yield unpacked
