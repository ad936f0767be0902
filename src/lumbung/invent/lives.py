"""What is plausible at an age: who lives in one family, what they have learnt, what they do."""

from dataclasses import dataclass
from random import Random

HEAD, HUSBAND, WIFE, CHILD, IN_LAW, GRANDCHILD, PARENT, PARENT_IN_LAW = range(1, 9)
SINGLE, MARRIED, DIVORCED, WIDOWED = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who sits where in a family: relation to the head (code), sex, age in years, marital state (code)."""

    relation: int
    female: bool
    age: int
    marital: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The coded facts of a family card beyond name and birth."""

    religion: int
    education: int
    schooling: int
    occupation: int
    marital: int
    blood: int
    disability: int
    insurance: int
    recorded: int


def draw_family(*, random: Random) -> tuple[Seat, ...]:
    """A family with its head first: a couple with or without children, a widow, a lone elder, three generations."""
    shapes = (_couple_with_children, _couple, _widow, _elder, _three_generations)
    return random.choices(shapes, weights=(60, 10, 9, 7, 14))[0](random)


def draw_life(seat: Seat, *, random: Random, religion: int) -> Life:
    """Schooling and work that fit the age; one religion in a family."""
    education = _education(seat.age, random)
    return Life(
        religion=religion,
        education=education,
        schooling=_schooling(seat.age),
        occupation=_occupation(seat, education, random),
        marital=seat.marital,
        blood=random.choices(range(1, 14), weights=(4, 5, 2, 8, *[0.3] * 8, 70))[0],
        disability=7 if random.random() < 0.985 else random.randint(1, 6),
        insurance=random.choices((1, 2, 3, 4, 99), weights=(25, 45, 20, 8, 2))[0],
        recorded=1 if seat.age < 17 else random.choices((2, 3, 8), weights=(2, 30, 68))[0],
    )


def _pair(random: Random, *, youngest: int, oldest: int) -> tuple[Seat, Seat]:
    age = int(random.triangular(youngest, oldest, youngest + 15))
    return (
        Seat(relation=HEAD, female=False, age=age, marital=MARRIED),
        Seat(relation=WIFE, female=True, age=max(19, age - random.randint(-1, 7)), marital=MARRIED),
    )


def _children(random: Random, *, mother: int, most: int = 4) -> tuple[Seat, ...]:
    ages = range(max(0, mother - 41), min(28, mother - 18))
    count = min(len(ages), random.choices(range(1, most + 1), weights=(35, 40, 18, 7)[:most])[0])
    return tuple(
        Seat(relation=CHILD, female=random.random() < 0.488, age=age, marital=SINGLE)
        for age in sorted(random.sample(ages, count), reverse=True)
    )


def _couple_with_children(random: Random) -> tuple[Seat, ...]:
    pair = _pair(random, youngest=22, oldest=66)
    return (*pair, *_children(random, mother=pair[1].age))


def _couple(random: Random) -> tuple[Seat, ...]:
    return _pair(random, youngest=21, oldest=80)


def _widow(random: Random) -> tuple[Seat, ...]:
    age = random.randint(30, 68)
    marital = random.choices((DIVORCED, WIDOWED), weights=(35, 65))[0]
    return (
        Seat(relation=HEAD, female=True, age=age, marital=marital),
        *_children(random, mother=age, most=3),
    )


def _elder(random: Random) -> tuple[Seat, ...]:
    return (Seat(relation=HEAD, female=random.random() < 0.68, age=random.randint(58, 92), marital=WIDOWED),)


def _three_generations(random: Random) -> tuple[Seat, ...]:
    pair = _pair(random, youngest=30, oldest=62)
    grandmother = Seat(
        relation=random.choice((PARENT, PARENT_IN_LAW)),
        female=random.random() < 0.7,
        age=min(95, pair[0].age + random.randint(20, 33)),
        marital=WIDOWED,
    )
    return (*pair, *_children(random, mother=pair[1].age, most=3), grandmother)


def _education(age: int, random: Random) -> int:
    if age < 7:
        return 1
    if age < 13:
        return 2
    if age < 16:
        return 3
    if age < 19:
        return 4
    weights = (2, 4, 18, 22, 38, 1, 4, 10, 1, 0) if age < 45 else (12, 14, 44, 13, 12, 1, 1, 3, 0, 0)
    return random.choices(range(1, 11), weights=weights)[0]


def _schooling(age: int) -> int:
    steps = ((4, 1), (7, 2), (13, 4), (16, 6), (19, 7))
    return next((code for below, code in steps if age < below), 18)


def _occupation(seat: Seat, education: int, random: Random) -> int:
    if seat.age < 6:
        return 1
    if seat.age < 19:
        return 3
    if seat.age > 65 and random.random() < 0.4:
        return random.choices((1, 4), weights=(75, 25))[0]
    if seat.female and random.random() < 0.45:
        return 2
    if education >= 8:
        return random.choice((5, 15, 65, 65, 73, 74, 18, 88))
    works = (9, 20, 19, 15, 88, 84, 26, 27, 81, 13, 10, 85)
    return random.choices(works, weights=(24, 16, 14, 14, 9, 6, 3, 3, 3, 3, 2, 1))[0]
