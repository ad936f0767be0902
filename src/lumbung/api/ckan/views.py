"""The door of the Action API: finds the action, reads what was sent, answers in CKAN's envelope whatever happens.

https://docs.ckan.org/en/2.11/api/#making-an-api-request. Keys come in headers, never in a cookie, so any page may ask
(CORS) and no form of a stranger's page can act for anybody.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from lumbung.api.ckan.actions import ACTIONS
from lumbung.api.ckan.arguments import LARGEST_QUESTION, LARGEST_TABLE, Given, given
from lumbung.api.ckan.caller import Caller, caller_of
from lumbung.api.ckan.failures import BadRequest, Failure, Invalid, NotAllowed, NotThere, ReadOnly, TooMuch, wrong
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.catalogue.queries import whole_portal
from lumbung.portal.intake.uploads import ENVELOPE, SealedFile, SealingHandler, check_announced_size

JSON = "application/json;charset=utf-8"
ALLOWED = "Authorization, X-CKAN-API-Key, Content-Type"
View = Callable[..., HttpResponseBase]


def in_ckans_shape(view: View) -> View:
    """Failures as CKAN tells them, and any page of the world may read the answer."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = _preflight() if request.method == "OPTIONS" else view(request, *args, **kwargs)
        except BadRequest as bad:
            response = said(bad.said, status=400)
        except Failure as failure:
            response = _failed(kwargs.get("name", ""), failure)
        except Refused as refused:
            response = _failed(kwargs.get("name", ""), _translated(refused))
        except Http404:
            response = _failed(kwargs.get("name", ""), NotThere())
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@in_ckans_shape
def version(request: HttpRequest) -> HttpResponse:
    """The version of the interface, by which clients recognise it."""
    return said({"version": 3})


@in_ckans_shape
def action(request: HttpRequest, name: str) -> HttpResponse:
    """One call."""
    called = ACTIONS.get(name)
    if called is None:
        raise BadRequest(f"Action name not known: {name if name.isidentifier() and len(name) < 60 else '?'}")
    if request.method not in ("GET", "HEAD", "POST") or (called.to and request.method != "POST"):
        raise BadRequest("JSON Error: Invalid request. Please use POST method for your request")
    caller = caller_of(request)
    if called.to:
        caller.check_sends(called.to)
        if whole_portal() is not None:
            raise ReadOnly
    with arriving(request, caller) as (whole, told):
        return said({"help": help_address(name), "success": True, "result": called.answer(whole, told)})


@contextmanager
def arriving(request: HttpRequest, caller: Caller) -> Iterator[tuple[Caller, Given]]:
    """What was sent. A file is sealed while it streams in, of who may send alone; what is not kept is gone."""
    multipart = request.method == "POST" and (request.content_type or "").lower() == "multipart/form-data"
    if not (multipart and caller.writes):
        yield caller, given(request, largest=LARGEST_TABLE if caller.writes else LARGEST_QUESTION)
        return
    check_announced_size(request, limit=settings.UPLOAD_LIMIT)
    handler = SealingHandler(request, limit=settings.UPLOAD_LIMIT, field="upload")
    request.upload_handlers = [handler]
    try:
        told = given(request, largest=settings.UPLOAD_LIMIT + ENVELOPE)
        files = request.FILES.getlist("upload")
        if len(files) > 1:
            raise wrong("upload", "One file at a time")
        sealed = files[0].sealed if files and isinstance(files[0], SealedFile) else None
        yield replace(caller, upload=sealed), told
    finally:
        handler.tidy()


def said(value: object, *, status: int = 200) -> HttpResponse:
    """JSON as CKAN sends it."""
    response = HttpResponse(json.dumps(value, ensure_ascii=False, default=str), content_type=JSON, status=status)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def help_address(name: str) -> str:
    """Where an action is explained."""
    return f"{settings.LUMBUNG_URL}/api/3/action/help_show?name={name}"


def _failed(name: str, failure: Failure) -> HttpResponse:
    return said({"help": help_address(name), "error": failure.error(), "success": False}, status=failure.status)


def _translated(refused: Refused) -> Failure:
    """A refusal of a verb: 403 as one, everything else with its sentence under "message" and its code."""
    sentence = f"{refused.sentence} {refused.next_step}".strip()
    if refused.status == 403:
        return NotAllowed(sentence)
    if refused.status == 413:
        return TooMuch(settings.UPLOAD_LIMIT)
    return Invalid({"message": [sentence], "code": [refused.code]})


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response["Access-Control-Allow-Headers"] = ALLOWED
    response["Access-Control-Max-Age"] = "86400"
    return response
