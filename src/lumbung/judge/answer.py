"""Inspections as they leave a confined child, and as they arrive: made from findings, refused, checked."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lumbung.detect.finding import Finding
from lumbung.document import Coverage, Document
from lumbung.judge.inspection import Inspection, Reason, Verdict
from lumbung.judge.labels import scrub, scrub_place
from lumbung.judge.policy import policy
from lumbung.judge.rules import rule_for
from lumbung.judge.verdict import judge, name_unread, refusal, worst
from lumbung.judge.version import version

_LONGEST_NAME = 240  # of a part left unread: its place in words, and why
_VERSION = re.compile(r"[\w.-]{1,64}", re.ASCII)
_SHOWN = 6  # digits that a masked sample may show: the region or the first four, and the last two


def held(code: str, *, why: str = "", sha256: str = "", size: int = 0) -> Inspection:
    """The inspection of a file that could not be read at all. `why` (kebab-case) becomes evidence."""
    return Inspection(
        sha256=sha256,
        size=size,
        format="",
        verdict=Verdict.HOLD,
        reasons=(refusal(code, evidence={why: 1.0} if why else {}),),
        unread=(),
        rules_version=version(),
        seconds=0.0,
        coverage=Coverage(parts=1, bytes=size),
    )


def inspected(document: Document, findings: Iterable[Finding]) -> Inspection:
    """The inspection of a document that was read, under the policy in force."""
    verdict, reasons = judge(findings, unread=document.unread, policy=policy())
    return Inspection(
        sha256=document.sha256,
        size=document.size,
        format=document.format,
        verdict=verdict,
        reasons=reasons,
        unread=tuple(name_unread(part) for part in document.unread),
        rules_version=version(),
        seconds=0.0,
        coverage=document.coverage,
    )


def checked(plain: Any, *, sha256: str, evidence: bool) -> Inspection:
    """A child's answer, scrubbed. Raise ValueError where it has not the shape, or its verdict does not follow from it.

    `sha256` is the digest of the bytes that the child was given; what the child says of it is not heard.
    """
    try:
        inspection = replace(Inspection.from_dict(plain), sha256=sha256)
        reasons = tuple(_clean(reason, evidence=evidence) for reason in inspection.reasons)
    except (TypeError, KeyError, AttributeError, OverflowError) as misshapen:
        raise ValueError("not an inspection") from misshapen
    unread = tuple(scrub(str(part), longest=_LONGEST_NAME) for part in inspection.unread)
    is_whole = not unread and inspection.coverage.parts_read == inspection.coverage.parts
    if worst(reasons) is not inspection.verdict or not (is_whole or inspection.verdict is Verdict.HOLD):
        raise ValueError("the verdict does not follow from the reasons")
    if not (isinstance(inspection.size, int) and _VERSION.fullmatch(str(inspection.rules_version))):
        raise ValueError("no size, or no version")
    return replace(inspection, reasons=reasons, unread=unread, format=scrub(str(inspection.format))[:20])


def _clean(reason: Reason, *, evidence: bool) -> Reason:
    rule = rule_for(reason.code)
    if reason.severity is Verdict.OPEN:
        raise ValueError("a reason is never open")
    return replace(
        reason,
        citation=rule.citation,
        place=scrub_place(reason.place),
        hits=int(reason.hits),
        of=int(reason.of),
        evidence=_figures(reason.evidence),
        masked=tuple(_covered(str(sample)) for sample in reason.masked[:3]) if evidence else (),
    )


def _figures(evidence: Mapping[str, float]) -> dict[str, float]:
    figures = {scrub(str(key))[:40]: float(value) for key, value in evidence.items()}
    if not all(math.isfinite(value) for value in figures.values()):
        raise ValueError("evidence is finite")
    return figures


def _covered(sample: str) -> str:
    """A masked sample shows at most six digits, whatever the child says."""
    shown = sum(letter.isdigit() for letter in sample)
    return sample[:40] if shown <= _SHOWN else "•" * min(len(sample), 16)
