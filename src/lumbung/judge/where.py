"""A place in words, as a clerk would look for it."""

from lumbung.document import Place

_WORDS = {
    "id": {
        "part": "bagian “{}”", "sheet": "lembar “{}”", "column": "kolom {}", "header": "berjudul “{}”",
        "row": "baris {}", "cell": "sel {}", "page": "halaman {}", "path": "jalur {}",
        "hidden": "tersembunyi", "nowhere": "berkas ini", "name": "nama berkas",
    },
    "en": {
        "part": "part “{}”", "sheet": "sheet “{}”", "column": "column {}", "header": "headed “{}”",
        "row": "rows {}", "cell": "cell {}", "page": "page {}", "path": "path {}",
        "hidden": "hidden", "nowhere": "this file", "name": "the file's name",
    },
}  # fmt: skip
_ORDER = ("sheet", "column", "header", "row", "cell", "page", "path")


def where(place: Place, *, lang: str = "id") -> str:
    """For example: lembar “Data”, kolom C berjudul “NIK”, baris 5-1204 (tersembunyi)."""
    words, known = _WORDS[lang], place.as_dict()
    pieces = [words[key].format(known[key]) for key in _ORDER if key in known]
    if "header" in known and "column" in known:
        at = pieces.index(words["header"].format(known["header"]))
        pieces[at - 1 : at + 1] = [" ".join(pieces[at - 1 : at + 1])]
    if part := place.part:
        pieces.insert(0, words["name"] if part == "nama berkas" else words["part"].format(part))
    text = ", ".join(pieces) or words["nowhere"]
    return f"{text} ({words['hidden']})" if place.hidden else text
