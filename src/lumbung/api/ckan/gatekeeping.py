"""Bringing what a program sends to the gate, and telling it what the gate says: codes and numbers, never a value.

A file is received and inspected like any upload. Its sender waits for the verdict: what is held is a refusal (409),
and lies at the desk of its producers with the ways forward; what passes waits for people, for nobody publishes alone.
"""

import io
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lumbung import gate
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import Invalid
from lumbung.api.ckan.packages import address
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.queries import REQUIRED_FOR_REVIEW
from lumbung.portal.intake.states import WAITING, State
from lumbung.portal.intake.vault import Sealed

PATIENCE = 120.0  # seconds that a sender waits for a worker who has taken the file up already
PLACES = ("column", "row", "page")  # of a reason's place; the others are the sender's own words
NUMBERED = ("id", "package_id", "resource_id", "revision_id", "owner_org", "creator_user_id", "hash", "sha256")


def check_words(told: Mapping[str, Any], *, name: str = "") -> None:
    """Raise Invalid where the gate finds somebody in any text that was sent, kept or not, or in a file's name.

    `told` is everything but rows and files, which go their own way through the gate.
    """
    texts = [name, *_texts(told)]
    if any(holds_long_number(text) for text in texts):
        raise _in_words("long-number", _("Keterangan memuat nomor panjang seperti NIK. Keterangan dibaca umum."))
    written = json.dumps(told, ensure_ascii=False).encode()
    found = gate.inspect(io.BytesIO(written), name="keterangan.json")
    if found.verdict is gate.Verdict.HOLD:
        titles = _titles()
        codes = sorted({reason.code for reason in found.reasons if reason.severity == "hold"})
        raise _in_words(codes[0], *(titles[code] for code in codes))


def send(
    sealed: Sealed,
    *,
    caller: Caller,
    person: Person,
    organisation: Organisation,
    description: Mapping[str, str],
    dataset: Dataset | None = None,
) -> Submission:
    """Receive a sealed file and wait for the gate. Raise Invalid where it is held, or the very same bytes lie held
    already; Refused where it is not taken."""
    twins = Submission.objects.filter(organisation=organisation, sha256=sealed.sha256, state=State.HELD)
    if held := twins.first():
        raise refusal(held)
    sent = receive(
        sealed, person=person, organisation=organisation, by=caller.by, description=description, dataset=dataset
    )
    inspect_submission.call(str(sent.pk))
    until = time.monotonic() + PATIENCE
    sent.refresh_from_db()
    while sent.state in WAITING and time.monotonic() < until:
        time.sleep(0.2)
        sent.refresh_from_db()
    if sent.state == State.HELD:
        raise refusal(sent)
    return sent


def refusal(submission: Submission) -> Invalid:
    """Why a file is held, as a Validation Error at the field `upload`."""
    titles = _titles()
    reasons = [one for one in said_of(submission)["reasons"] if one["severity"] == "hold"]
    sentences = [_("Ditahan: %(why)s.") % {"why": _counted(titles[one["code"]], one)} for one in reasons]
    return Invalid({"upload": sentences or [_("Ditahan: berkas tidak dapat diperiksa.")], "gate": said_of(submission)})


def said_of(submission: Submission) -> dict[str, Any]:
    """Where a file stands and what was found in it, by codes, counts and places."""
    inspection = submission.inspection or {}
    return {
        "submission": str(submission.pk),
        "state": submission.state,
        "verdict": inspection.get("verdict"),
        "reasons": [_reason(one) for one in inspection.get("reasons", [])],
        "address": address(submission.get_absolute_url()),
    }


def missing(words: Mapping[str, str]) -> list[str]:
    """What must still be said before a review may say yes."""
    return [name for name in REQUIRED_FOR_REVIEW if not words.get(name)]


def _reason(one: Mapping[str, Any]) -> dict[str, Any]:
    place = one.get("place") or {}
    told = {name: one.get(name) for name in ("code", "severity", "hits", "of") if one.get(name) is not None}
    return {**told, "place": {name: place[name] for name in PLACES if name in place}}


def _counted(title: str, reason: Mapping[str, Any]) -> str:
    hits = reason.get("hits")
    return f"{title} ({hits})" if hits else title


def _titles() -> dict[str, str]:
    return {rule.code: rule.title["id"] for rule in gate.rules()}


def _in_words(code: str, *sentences: str) -> Invalid:
    told = [_("Ditolak: %(why)s") % {"why": sentence} for sentence in sentences]
    return Invalid({"message": told, "gate": {"state": "refused", "reasons": [{"code": code, "severity": "hold"}]}})


def _texts(value: object, name: str = "") -> Iterator[str]:
    """Every text and every key; not what is an id by its key and its form."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one, str(key))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, str | int | float) and not (name in NUMBERED and _is_number(str(value))):
        yield str(value)


def _is_number(text: str) -> bool:
    """Whether it is a uuid or the digest of bytes."""
    if len(text) == 64:
        return all(sign in "0123456789abcdef" for sign in text)
    try:
        return len(text) == 36 and bool(UUID(text))
    except ValueError:
        return False
