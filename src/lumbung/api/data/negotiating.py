"""In which of the five forms an answer is wanted: `format` in the address, else the header Accept (RFC 9110)."""

from django.http import HttpRequest

from lumbung.api.data.problems import Problem
from lumbung.api.data.writing import CONTENT_TYPES

FORMS = {
    "application/json": "json",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "application/jsonl": "ndjson",
    "text/csv": "csv",
    "application/vnd.apache.parquet": "parquet",
    "application/vnd.apache.arrow.stream": "arrow",
}


def form_of(request: HttpRequest, *, usual: str) -> str:
    """ "json", "ndjson", "csv", "parquet" or "arrow"; `usual` where all are the same to the asker. Raise Problem (406)
    where none of them will do, 400 for a format that there is not."""
    named = request.GET.get("format")
    if named is not None:
        if named not in CONTENT_TYPES:
            raise Problem("not-acceptable", parameter="format")
        return named
    for wanted in _wanted(request.headers.get("Accept") or "*/*"):
        if wanted in FORMS:
            return FORMS[wanted]
        if wanted in ("*/*", "text/html", CONTENT_TYPES[usual].partition("/")[0] + "/*"):
            return usual  # HTML: a person who follows a link with a browser
    raise Problem("not-acceptable", status=406)


def _wanted(accept: str) -> list[str]:
    """The kinds of media, what is wanted most first; those with q=0 are left out."""
    weighed = [_weighed(part) for part in accept[:2_000].split(",")]
    return [kind for weight, kind in sorted(weighed, key=lambda one: -one[0]) if weight > 0]


def _weighed(part: str) -> tuple[float, str]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((one.removeprefix("q=") for one in parameters if one.startswith("q=")), "1")
    try:
        return min(max(float(weight), 0.0), 1.0), kind
    except ValueError:
        return 0.0, kind
