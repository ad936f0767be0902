"""One line of the record as the tree sees it: canonical JSON in which everything personal is only promised.

The shape is that of RFC 8785 for the values that occur here (keys in order, no spaces, UTF-8; no fractions), the leaf
that of RFC 9162: SHA-256 over a zero byte and the text. A personal value stands as the SHA-256 of sixteen random bytes
and itself: who is shown both can check it; once both are erased nobody can guess it, and the leaf stays as it is.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from lumbung.portal.audit.models import Event

PLAIN = ("sequence", "kind", "actor", "subject", "organisation", "sha256", "details", "commitments")
PERSONAL = ("actor_name", "actor_organisation", "address", "device", "subject_label", "because")
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class NotPlain(TypeError):
    """A detail that has no one way to be written, such as a fraction."""


def sealed(event: Event) -> Event:
    """The event with fresh salts, commitments and its leaf; nothing is stored. Raise NotPlain for a fraction."""
    _refuse_fractions(event.details)
    event.kind = str(event.kind)
    event.salts = {field: secrets.token_hex(16) for field in PERSONAL if getattr(event, field)}
    event.commitments = {field: commitment(salt, getattr(event, field)) for field, salt in event.salts.items()}
    event.leaf = leaf_of(entry(vars(event)))
    return event


def commitment(salt: str, value: str) -> str:
    """The promise of a value: SHA-256, in hexadecimal, over the salt's bytes and the value's UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def entry(facts: Mapping[str, Any]) -> str:
    """The canonical text of one line, from its columns. Does not look whether the commitments are true."""
    said = {field: facts[field] for field in PLAIN}
    said["at"] = facts["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return _CANONICAL.encode(said)


def leaf_of(text: str) -> str:
    """The leaf of a canonical text, in hexadecimal."""
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def opened(facts: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What is there to be checked against its promise: field -> (salt, value).

    A value whose salt is gone is shown with an empty one, so that it agrees with nothing: whoever puts another name in
    and takes the salt out is seen. Where both are gone, the person was erased.
    """
    salts = facts["salts"]
    return {field: (salts.get(field, ""), facts[field]) for field in PERSONAL if facts[field] or field in salts}


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise NotPlain
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_fractions(item)
