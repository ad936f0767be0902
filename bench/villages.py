"""Invented villages as canonical residents: seeded, of realistic sizes and shapes, of nobody."""

import numpy as np
import polars as pl

from lumbung.aggregate.residents import SCHEMA

# Shares of a Javanese village by five years of age, education for grown-ups, and the like: invented, plausible.
_AGES = [8, 8, 8, 8, 8, 8, 7.5, 7.5, 7, 6.5, 6, 5, 4, 3.2, 2.3, 3]
_RELIGIONS = [0.955, 0.022, 0.015, 0.002, 0.004, 0.001, 0.001]
_WORK = {1: 4, 3: 3, 4: 2, 5: 3, 8: 4, 9: 22, 11: 1, 15: 14, 19: 14, 20: 9, 26: 2, 35: 1, 65: 2.5, 73: 0.4, 81: 2}
_WORK |= {84: 4, 85: 0.4, 86: 0.05, 88: 12, 89: 1}
_BLOOD = [0.06, 0.06, 0.02, 0.10, 0, 0, 0, 0, 0, 0, 0, 0, 0.76]


def villages(*, count: int, size: int, seed: int, districts: int = 1) -> pl.DataFrame:
    """`count` villages of about `size` residents each, spread over the districts of one regency."""
    random = np.random.default_rng(seed)
    tables = []
    for number in range(count):
        code = f"99.01.{number % districts + 1:02d}.{2001 + number // districts}"
        people = max(30, int(size if count == 1 else random.lognormal(np.log(size), 0.35)))
        tables.append(_village(random, code, people))
    return pl.concat(tables)


def _village(random: np.random.Generator, code: str, people: int) -> pl.DataFrame:
    shares = np.array(_AGES) / sum(_AGES)
    age = np.minimum(random.choice(16, people, p=shares) * 5 + random.integers(0, 5, people), 101)
    sex = np.where(random.random(people) < 0.503, "L", "P")
    household, relation = _homes(random, age)
    marital = _marriage(random, age, sex)
    hamlets = random.integers(3, 9)
    home = random.choice(hamlets, household.max() + 1, p=random.dirichlet(np.full(hamlets, 6.0)))
    faith = random.choice(7, household.max() + 1, p=_RELIGIONS) + 1
    return pl.DataFrame(
        {
            "village": [code] * people,
            "hamlet": [f"Dusun {number + 1}" for number in home[household]],
            "household": household,
            "sex": sex,
            "age": age,
            "education": _education(random, age),
            "occupation": _occupation(random, age, sex),
            "religion": faith[household],
            "marital": marital,
            "blood": random.choice(13, people, p=_BLOOD) + 1,
            "relation": relation,
            "citizenship": np.where(random.random(people) < 0.0004, 2, 1),
            "ever_married": marital >= 2,
        },
        schema_overrides=SCHEMA,
    )


def _homes(random: np.random.Generator, age: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Grown-ups first into homes, then the others; the first in each is its head."""
    people = len(age)
    homes = max(1, int(people / 3.2))
    order = np.argsort(-(age >= 24).astype(int) + random.random(people) * 0.5)
    household = np.empty(people, np.int64)
    household[order] = np.concatenate([np.arange(homes), random.integers(0, homes, people - homes)])
    relation = np.full(people, 4)
    relation[order[:homes]] = 1
    return household, relation


def _marriage(random: np.random.Generator, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    married = random.random(len(age)) < np.clip((age - 17) / 14, 0.0, 0.96)
    teenager = (age >= 15) & (age < 17) & (random.random(len(age)) < 0.01)
    widowed = random.random(len(age)) < np.clip((age - 45) / 70, 0.005, 0.6) * np.where(sex == "P", 1.0, 0.4)
    divorced = random.random(len(age)) < 0.03
    status = np.where(married | teenager, 2, 1)
    status = np.where((status == 2) & divorced, 3, status)
    return np.where((status == 2) & widowed, 4, status)


def _education(random: np.random.Generator, age: np.ndarray) -> np.ndarray:
    grown = random.choice(10, len(age), p=[0.03, 0.08, 0.36, 0.2, 0.24, 0.015, 0.02, 0.05, 0.004, 0.001]) + 1
    young = np.where(age < 7, 1, np.where(age < 13, 2, np.where(age < 16, 3, np.where(age < 19, 4, grown))))
    return np.where((age < 7) & (random.random(len(age)) < 0.01), 2, young)


def _occupation(random: np.random.Generator, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    codes, weights = np.array(list(_WORK)), np.array(list(_WORK.values()), float)
    grown = random.choice(codes, len(age), p=weights / weights.sum())
    home = (sex == "P") & (random.random(len(age)) < 0.5)
    work = np.where(home, 2, grown)
    return np.where(age < 7, 1, np.where(age < 19, 3, work))
