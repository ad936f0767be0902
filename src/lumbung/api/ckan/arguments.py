"""What a client sends, in whichever of CKAN's forms, as one dictionary; and each argument read as what it should be.

Addresses and bodies are put together, for ckanr posts an empty body with everything in the address. A form with one
key that is JSON is JSON, as curl sends it. Nothing is read that is larger than it may be.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

from lumbung.api.ckan.failures import BadRequest, Invalid, TooMuch, missing, wrong

Given = dict[str, Any]

LARGEST_QUESTION = 2 * 1024 * 1024  # bytes of a body from anybody
LARGEST_TABLE = 64 * 1024 * 1024  # of one with rows, from who may send
MOST_FIELDS = 1_000  # of a form
MOST_NAMES = 1_000  # in a list
YES = ("true", "yes", "t", "y", "1", "on")
NOT_JSON = "JSON Error: Error decoding JSON data."


def given(request: HttpRequest, *, largest: int) -> Given:
    """Everything that was sent but files. Raise BadRequest or TooMuch."""
    try:
        asked = _of_form(request.GET)
        told = _of_body(request, largest=largest) if request.method == "POST" else {}
        both = {**asked, **told}
        written = json.dumps(both, ensure_ascii=False, allow_nan=False).encode()
    except (RequestDataTooBig, SuspiciousOperation, MultiPartParserError):
        raise BadRequest("The form has too many fields or cannot be read") from None
    except (ValueError, RecursionError):
        raise BadRequest(NOT_JSON) from None
    if b"\\u0000" in written:
        raise BadRequest(NOT_JSON)
    return both


def check_size(request: HttpRequest, *, largest: int) -> None:
    """Raise TooMuch by what is announced, before a byte is read; BadRequest where the size is not said."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        raise BadRequest("Content-Length is needed")
    if not (announced.isascii() and announced.isdigit()) or int(announced) > largest:
        raise TooMuch(largest)


def _of_body(request: HttpRequest, *, largest: int) -> Given:
    kind = (request.content_type or "").lower()
    check_size(request, largest=largest)
    if kind == "multipart/form-data":
        return _of_form(request.POST)
    body = request.read(largest)
    if not body.strip():
        return {}
    if kind == "application/x-www-form-urlencoded" and not body.lstrip().startswith((b"{", b"%7B", b"%7b")):
        return _of_form(QueryDict(body.decode("utf-8"), encoding="utf-8"))
    if kind == "application/x-www-form-urlencoded":
        body = next(iter(QueryDict(body)), "").encode() if body.lstrip().startswith(b"%") else body.rstrip(b"=1")
    values = json.loads(body, parse_constant=_no_number)
    if not isinstance(values, dict):
        raise BadRequest(f"JSON Error: Request data JSON decoded to {type(values).__name__} but it needs to be dict")
    return values


def _of_form(form: QueryDict) -> Given:
    """A key that stands once is a text, one that stands several times a list."""
    if len(form) > MOST_FIELDS:
        raise BadRequest("The form has too many fields")
    return {name: values[0] if len(values) == 1 else values for name, values in form.lists()}


def _no_number(name: str) -> object:
    raise ValueError(name)


def text(told: Mapping[str, Any], name: str, default: str = "") -> str:
    """A text; a number is taken as one. Raise Invalid for lists and dictionaries."""
    value = told.get(name)
    if value is None:
        return default
    if isinstance(value, str | int | float):
        return str(value)
    raise wrong(name, "Must be a string")


def needed(told: Mapping[str, Any], *names: str) -> str:
    """The first of these texts that was sent. Raise Invalid where none was."""
    for name in names:
        if value := text(told, name).strip():
            return value
    raise missing(names[0])


def yes(told: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    """true, True, 1, "yes": yes. Everything else is no."""
    value = told.get(name)
    return default if value is None or value == "" else str(value).strip().lower() in YES


def number(told: Mapping[str, Any], name: str, *, default: int, most: int) -> int:
    """A natural number, at most `most` however much is asked. Raise Invalid for anything else."""
    value = told.get(name)
    if value is None or value == "":
        return default
    plain = str(value).strip()
    if isinstance(value, bool) or not (plain.isascii() and plain.isdigit()):
        raise wrong(name, "Must be a natural number" if plain.startswith("-") else "Invalid integer")
    return min(int(plain[:18]), most) if len(plain) < 19 else most


def names(told: Mapping[str, Any], name: str) -> list[str]:
    """A list: as one, as JSON, or as words with commas between. Raise Invalid for anything else."""
    value = told.get(name)
    if isinstance(value, str) and value.lstrip().startswith("["):
        value = parsed(name, value)
    if isinstance(value, str):
        value = [one.strip() for one in value.split(",")]
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str | int) for one in value):
        raise wrong(name, "Must be a list of strings")
    if len(value) > MOST_NAMES:
        raise wrong(name, f"At most {MOST_NAMES} at once")
    return [str(one) for one in value if one != ""]


def parsed(name: str, value: object) -> Any:
    """What is sent as JSON text within a form, read; everything else as it is. Raise Invalid for broken JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise wrong(name, "Cannot parse JSON") from None


def dictionary(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A dictionary, or JSON of one; empty where nothing was sent. Raise Invalid for anything else."""
    value = parsed(name, told.get(name) or {})
    if not isinstance(value, dict):
        raise wrong(name, "Must be a dictionary")
    return value


def dictionaries(told: Mapping[str, Any], name: str, *, most: int) -> list[dict[str, Any]]:
    """A list of dictionaries, or JSON of one. Raise Invalid for anything else, and for more than `most`."""
    value = parsed(name, told.get(name) or [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise wrong(name, "Must be a list of dictionaries")
    if len(value) > most:
        raise Invalid({name: [f"At most {most} at once"]})
    return value


def kept(told: Mapping[str, Any], wanted: Sequence[str]) -> Given:
    """Those of the arguments."""
    return {name: told[name] for name in wanted if name in told}
