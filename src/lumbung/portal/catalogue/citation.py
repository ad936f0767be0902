"""How a dataset is cited: a sentence for people and an entry for BibTeX.

The order (author, year, title, version, kind, publisher, address) is that of DataCite's recommended citation.
"""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.design import wording

SPECIAL = re.compile(r"[\\{}$&#^_%~]")
ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def sentence(dataset: Dataset, release: Release, *, address: str) -> str:
    """One line of plain text with the address at its end."""
    said = {
        "who": dataset.organisation.name,
        "year": _year(release),
        "title": dataset.title,
        "number": release.number,
        "day": wording.day(release.published_at),
        "address": address,
    }
    return _("%(who)s. (%(year)s). %(title)s (rilis %(number)s, %(day)s) [Kumpulan data]. Lumbung. %(address)s") % said


def bibtex(dataset: Dataset, release: Release, *, address: str) -> str:
    """A @misc entry, for classic BibTeX knows no datasets; nothing in a title can end its field."""
    fields = {
        "author": "{" + _escaped(dataset.organisation.name) + "}",
        "title": "{" + _escaped(dataset.title) + "}",
        "year": _year(release),
        "publisher": "Lumbung",
        "version": str(release.number),
        "note": _escaped(" ".join(part for part in (dataset.period, dataset.licence) if part)),
        "url": address,
    }
    lines = ",\n".join(f"  {name:9} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{dataset.slug}-r{release.number},\n{lines}\n}}"


def _year(release: Release) -> str:
    return str(timezone.localtime(release.published_at, wording.WIB).year)


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda found: ESCAPED.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
