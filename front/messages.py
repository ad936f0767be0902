"""The sentences of the screen: Indonesian in the source, English in src/lumbung/locale/en.

python front/messages.py update     read every sentence out of the sources into the English catalogue
python front/messages.py compile    write the catalogue in the form that Django reads; needs no gettext installed
python front/messages.py missing    list the sentences that have no English yet; exit code 1 where there are any
"""

import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "lumbung"
ENGLISH = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extract_template(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[object]:
    """Sentences of a Django template: Django turns it into something like Python, which Babel then reads."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    lines = templatize(file.read().decode("utf-8")).splitlines()
    like_python = "\n".join(line.strip() for line in lines).encode("utf-8")
    return extract_python(BytesIO(like_python), keywords, comment_tags, {})


def extract_blank(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[object]:
    """What the definition of a blank shows on the screen: its own words, and those of its columns and lines."""
    blank = tomllib.load(file)
    parts = [blank, *blank["columns"], *blank.get("lines", ())]
    shown = [part.get(key, "") for part in parts for key in ("title", "about", "label", "section", "help")]
    units = [column.get("unit", "") for column in blank["columns"]]
    choices = [choice for column in blank["columns"] for choice in column.get("choices", ())]
    for text in filter(None, dict.fromkeys([*shown, *units, *choices])):
        yield 0, "gettext", text, []


def read_sources() -> Catalog:
    """Every sentence that stands in the sources now, with the file it stands in."""
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False)
    mapping = [
        ("**.py", "python"),
        ("**/templates/**.html", f"{__name__}:extract_template"),
        ("**/blanks/*.toml", f"{__name__}:extract_blank"),
    ]
    sys.modules.setdefault(__name__, sys.modules["__main__"])
    for name, _line, message, comments, context in extract_from_dir(SOURCES, mapping, keywords=KEYWORDS):
        catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def kept() -> Catalog:
    """The English catalogue as it stands in the repository."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Write new sentences into the catalogue and drop those that are gone."""
    catalog = kept()
    catalog.update(read_sources(), no_fuzzy_matching=True, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date  # a date that changes with every run would be noise
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True)
    return 0


def compile_catalog() -> int:
    """Write django.mo beside django.po."""
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, kept())
    return 0


def missing() -> list[str]:
    """Sentences of the sources without English: absent, empty or uncertain."""
    catalog = kept()
    lacking = []
    for message in read_sources():
        known = catalog.get(message.id, message.context)
        words = known.string if known and not known.fuzzy else ""
        if message.id and not (all(words) if isinstance(words, tuple) else words):
            lacking.append(str(message.id))
    return lacking


def tell_missing() -> int:
    """Print what is missing."""
    lacking = missing()
    print("\n".join(lacking) or "Semua kalimat sudah berbahasa Inggris.")  # noqa: T201
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_catalog, "missing": tell_missing}[sys.argv[1]]())
