"""What an inspection says: a verdict bound to bytes and to the rules' version, with every reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lumbung.document import Coverage, Place


class Verdict(StrEnum):
    """Three answers; doubt is not yes."""

    OPEN = "open"
    REVIEW = "review"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a file is not simply open. Carries no value from the file; `masked` is filled only when asked for."""

    code: str
    severity: Verdict
    citation: str
    place: Place
    hits: int
    of: int
    evidence: Mapping[str, float] = field(default_factory=dict)
    masked: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; the inverse of `from_dict`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "citation": self.citation,
            "place": self.place.as_dict(),
            "hits": self.hits,
            "of": self.of,
            "evidence": dict(self.evidence),
            "masked": list(self.masked),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Reason":
        """Raise TypeError, KeyError or ValueError where the shape is not that of `as_dict`."""
        return cls(
            **{
                **plain,
                "severity": Verdict(plain["severity"]),
                "place": Place(**plain["place"]),
                "masked": tuple(plain["masked"]),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The gate's answer about one file. Valid for these bytes and this version of the rules, and for nothing else.

    `unread` names the parts that are present and were not wholly read; it is never non-empty on an open verdict.
    `coverage` counts parts and bytes; an inspection that was kept before they were counted has none.
    """

    sha256: str
    size: int
    format: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    unread: tuple[str, ...]
    rules_version: str
    seconds: float
    coverage: Coverage = field(default_factory=Coverage)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; the inverse of `from_dict`."""
        return {
            "sha256": self.sha256,
            "size": self.size,
            "format": self.format,
            "verdict": self.verdict.value,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "unread": list(self.unread),
            "rules_version": self.rules_version,
            "seconds": self.seconds,
            "coverage": covered(self.coverage),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Inspection":
        """Raise TypeError, KeyError or ValueError where the shape is not that of `as_dict`."""
        return cls(
            **{
                **plain,
                "verdict": Verdict(plain["verdict"]),
                "reasons": tuple(Reason.from_dict(reason) for reason in plain["reasons"]),
                "unread": tuple(plain["unread"]),
                "coverage": _coverage(plain.get("coverage", {})),
            }
        )


def covered(coverage: Coverage) -> dict[str, int]:
    """Parts and bytes that were read, of those that are there, as JSON has them."""
    return {
        "bytes": coverage.bytes_read,
        "of_bytes": coverage.bytes,
        "parts": coverage.parts_read,
        "of_parts": coverage.parts,
    }


def _coverage(plain: Mapping[str, int]) -> Coverage:
    """The inverse of `covered`. Raise ValueError where more was read than is there."""
    bytes_read, parts_read = (int(plain.get(key, 0)) for key in ("bytes", "parts"))
    of_bytes, of_parts = (int(plain.get(key, 0)) for key in ("of_bytes", "of_parts"))
    if not (0 <= bytes_read <= of_bytes and 0 <= parts_read <= of_parts):
        raise ValueError("more was read than is there")
    return Coverage(parts=of_parts, parts_read=parts_read, bytes=of_bytes, bytes_read=bytes_read)
