"""A place in words, as a clerk would look for it."""

from lumbung.document import Place

_WORDS = {
    "id": {
        "part": "bagian “{}”", "sheet": "lembar “{}”", "column": "kolom {}", "header": "berjudul “{}”",
        "row": "baris {}", "cell": "sel {}", "page": "halaman {}", "path": "jalur {}",
        "member": "berkas “{}” di dalamnya", "hidden": "tersembunyi", "nowhere": "berkas ini", "name": "nama berkas",
    },
    "en": {
        "part": "part “{}”", "sheet": "sheet “{}”", "column": "column {}", "header": "headed “{}”",
        "row": "rows {}", "cell": "cell {}", "page": "page {}", "path": "path {}",
        "member": "the file “{}” inside it", "hidden": "hidden", "nowhere": "this file", "name": "the file's name",
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
        pieces[:0] = [words["name"]] if part == "nama berkas" else _inside(part, words)
    text = ", ".join(pieces) or words["nowhere"]
    return f"{text} ({words['hidden']})" if place.hidden else text


def _inside(part: str, words: dict[str, str]) -> list[str]:
    """The files that a part lies in, each within the one before, and the part itself where it is not such a file."""
    *members, rest = part.split("!")
    return [words["member"].format(member) for member in members] + ([words["part"].format(rest)] if rest else [])
