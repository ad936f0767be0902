"""What is published and how small numbers are protected, from `policy.toml`: loaded once, frozen, passed along."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way to print a table: groups of base categories, by sex or not."""

    by_sex: bool
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePolicy:
    """One table that counts a code of the residents: its base categories and its steps from fine to coarse."""

    name: str
    title: str
    unit: str
    column: str
    categories: dict[str, tuple[int, ...]]
    steps: tuple[Step, ...]
    zeros: bool
    specific: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """The pieces of age and the bands made of them, in whole years."""

    cuts: tuple[int, ...]
    five_years: tuple[int, ...]
    ten_years: tuple[int, ...]
    broad: tuple[int, ...]
    school: tuple[tuple[int, int], ...]
    identity_card: int
    school_begins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where nothing is published, and how long a solver may work."""

    smallest_village: int
    smallest_sex: int
    months_between: int
    smallest_rollup: int
    solver_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole of `policy.toml`, and the digest of the file it came from."""

    k: int
    k_specific: int
    specific_levels: tuple[str, ...]
    weights: str
    collapse_share: float
    secondary_share: float
    freeze_share: float
    limits: Limits
    ages: Ages
    tables: tuple[TablePolicy, ...]
    digest: str


@cache
def load(path: Path = PATH) -> Policy:
    """Read a policy; raise ValueError where a band is not a sum of pieces or a step leaves out a category."""
    text = path.read_bytes()
    raw = tomllib.loads(text.decode("utf-8"))
    policy = Policy(
        **{**raw["protection"], "specific_levels": tuple(raw["protection"]["specific_levels"])},
        limits=Limits(**raw["limits"]),
        ages=_ages(raw["age"]),
        tables=tuple(_table(table) for table in raw["table"]),
        digest=hashlib.sha256(text).hexdigest(),
    )
    _complete(policy)
    return policy


def _ages(raw: dict[str, Any]) -> Ages:
    listed = {name: tuple(raw[name]) for name in ("cuts", "five_years", "ten_years", "broad")}
    school = tuple((first, end) for first, end in raw["school"])
    return Ages(**listed, school=school, identity_card=raw["identity_card"], school_begins=raw["school_begins"])


def _table(raw: dict[str, Any]) -> TablePolicy:
    steps = tuple(
        Step(by_sex=step["by_sex"], groups=tuple(tuple(group) for group in step["groups"])) for step in raw["steps"]
    )
    return TablePolicy(
        name=raw["name"],
        title=raw["title"],
        unit=raw["unit"],
        column=raw["column"],
        categories={name: tuple(codes) for name, codes in raw["categories"].items()},
        steps=steps,
        zeros=raw.get("zeros", False),
        specific=raw.get("specific", False),
    )


def _complete(policy: Policy) -> None:
    ages = policy.ages
    edges = {*ages.five_years, *ages.ten_years, *ages.broad, *(year for band in ages.school for year in band)}
    if not edges | {ages.identity_card, ages.school_begins} <= set(ages.cuts):
        raise ValueError("an age band is not a sum of the pieces between the cuts")
    if policy.weights not in ("log", "sqrt", "value"):
        raise ValueError("weights are log, sqrt or value")
    for table in policy.tables:
        for step in table.steps:
            if sorted(name for group in step.groups for name in group) != sorted(table.categories):
                raise ValueError(f"a step of {table.name} leaves out a category, or names one twice")
