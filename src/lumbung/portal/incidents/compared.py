"""What a comparison of a circulating sample with our fingerprints gave: the answer of `lumbung trace match --json`, or
of the tracing room. Read as a stranger's file: counts, codes and the names of our own sources are taken, nothing else.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.intake.masking import holds_long_number

LARGEST = 1 << 20  # bytes of an answer
MOST_PEOPLE = 10**10
LONGEST_NAME = 80
VERDICTS = ("ours", "part", "none", "cannot-tell", "refused")
CODE = re.compile(r"[a-z][a-z0-9-]{1,40}")
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One version that was asked. `matched` is None for one to four rows: a handful is not told."""

    source: str
    version: str
    matched: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was asked and what came out. `people` stand in the sample, `tested` of them can be looked up at all.

    `unusable` counts the fingerprint files that could not be asked, `sample` is the SHA-256 of the sample where it is
    known, `digest` that of the answer itself. `dated` are the days between which ages in the sample were counted.
    """

    verdict: str
    people: int
    tested: int
    matched: int | None
    versions: tuple[Tested, ...]
    why: tuple[str, ...]
    unusable: int
    dated: tuple[date, date] | None
    sample: str
    digest: str


def read(answer: bytes | Mapping[str, Any], *, sample: str = "") -> Compared:
    """An answer, as the bytes of its JSON or as the object. `sample` is the SHA-256 of what was compared, if known.

    Raise Unfit for what is no such answer, contradicts itself, or carries a number as long as a NIK.
    """
    try:
        said = answer if isinstance(answer, Mapping) else _object(answer)
        found = _compared(said, sample.strip().lower())
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unfit() from None
    if holds_long_number(" ".join(f"{one.source} {one.version}" for one in found.versions)):
        raise _unfit()
    return found


def _object(answer: bytes) -> Mapping[str, Any]:
    if len(answer) > LARGEST:
        raise ValueError(len(answer))
    said = json.loads(answer.decode("utf-8-sig"))
    if not isinstance(said, dict):
        raise TypeError(type(said))
    return said


def _compared(said: Mapping[str, Any], sample: str) -> Compared:
    found = Compared(
        verdict=said["verdict"],
        people=_count(said["rows"]),
        tested=_count(said.get("tested", 0)),
        matched=None if said.get("matched") is None else _count(said["matched"]),
        versions=tuple(_version(one) for one in said["versions"]),
        why=tuple(code for code in said.get("why", ()) if CODE.fullmatch(code)),
        unusable=len(said.get("unusable", {})),
        dated=_dated(said.get("vintage")),
        sample=sample,
        digest=hashlib.sha256(json.dumps(dict(said), sort_keys=True).encode()).hexdigest(),
    )
    if not _agrees_with_itself(found) or (sample and not DIGEST.fullmatch(sample)):
        raise ValueError(found.verdict)
    return found


def _agrees_with_itself(found: Compared) -> bool:
    """Whether the counts fit into one another, and a "none" was compared with anything at all."""
    hits = [one.matched for one in found.versions if one.matched is not None]
    compared = bool(found.versions) and found.tested > 0
    return (
        found.verdict in VERDICTS
        and found.tested <= found.people
        and max([found.matched or 0, *hits]) <= found.tested
        and (compared or found.verdict in ("cannot-tell", "refused"))
    )


def _version(one: Mapping[str, Any]) -> Tested:
    matched = None if one["matched"] is None else _count(one["matched"])
    return Tested(source=_name(one["source"]), version=_name(one["version"]), matched=matched)


def _name(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(type(said))
    return gate.scrub(" ".join(said.split()), longest=LONGEST_NAME)


def _count(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= MOST_PEOPLE:
        raise ValueError(type(said))
    return said


def _dated(said: Any) -> tuple[date, date] | None:
    return (date.fromisoformat(said["first"]), date.fromisoformat(said["last"])) if said else None


def _unfit() -> Unfit:
    return Unfit(
        "not-an-answer",
        _("Ini bukan jawaban penelusuran, atau angka-angkanya tidak cocok satu sama lain."),
        _("Buatlah dengan: lumbung trace match CONTOH --against FOLDER --json > jawaban.json"),
    )
