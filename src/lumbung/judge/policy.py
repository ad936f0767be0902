"""The thresholds of the gate, from `policy.toml`: loaded once, frozen, passed to whoever decides."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from lumbung.judge.inspection import Verdict
from lumbung.read import Limits

PATH = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one file may use while it is inspected."""

    largest_megabytes: int
    memory_megabytes: int
    cpu_seconds: int
    wall_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """When an identifier is certain: enough hits, too unlikely by chance; or supported, and not doubted."""

    hits: int
    chance: float
    chance_of_series: float
    supported_by: tuple[str, ...]
    doubted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """When masked or scientific identifiers are certain without a heading: share of hits, hits, share of cells."""

    share_of_hits: float
    hits: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """When a table has one row for each person."""

    named: float
    strong: int
    attributes: int
    strong_without_headings: int
    strong_without_names: int
    strong_of_office: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """When numbers and addresses are public because they are an office's."""

    of_office: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Microdata:
    """When records without names give people away beyond doubt: this share of them is alone."""

    unique: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """When sentences name people beyond doubt: so many of them, each with an age."""

    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What follows from a finding of one kind."""

    certain: Verdict
    doubtful: Verdict
    among_people: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All thresholds."""

    inspection: Room
    reading: Limits
    certainty: Certainty
    damaged: Damaged
    people: People
    contacts: Contacts
    microdata: Microdata
    text: Text
    answers: Mapping[str, Answer]


@cache
def policy() -> Policy:
    """The policy in force."""
    return policy_from(tomllib.loads(PATH.read_text(encoding="utf-8")))


def policy_from(plain: Mapping[str, Any]) -> Policy:
    """Raise TypeError, KeyError or ValueError for a missing or unknown threshold, or an answer that is open."""
    return Policy(
        inspection=Room(**plain["inspection"]),
        reading=_limits(plain["reading"]),
        certainty=Certainty(**{key: _frozen(value) for key, value in plain["certainty"].items()}),
        damaged=Damaged(**plain["damaged"]),
        people=People(**plain["people"]),
        contacts=Contacts(**plain["contacts"]),
        microdata=Microdata(**plain["microdata"]),
        text=Text(**plain["text"]),
        answers={kind: Answer(**_verdicts(answer)) for kind, answer in plain["answers"].items()},
    )


def _limits(plain: Mapping[str, int]) -> Limits:
    """What the readers would take for themselves where nobody told them is no policy."""
    if lacking := {field.name for field in fields(Limits)} - plain.keys():
        raise KeyError(*lacking)
    return Limits(**plain)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _verdicts(answer: Mapping[str, str]) -> dict[str, Verdict]:
    verdicts = {certainty: Verdict(word) for certainty, word in answer.items()}
    if Verdict.OPEN in verdicts.values():
        raise ValueError("a finding is answered with review or hold")
    return verdicts
