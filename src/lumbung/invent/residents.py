"""Residents who do not exist, in families: enough of a person to fill every register a village keeps.

Ages follow the pyramid of a Javanese village, families the shapes of its family cards. The same seed gives the same
people. Not a model of any place, and no statistics should be drawn from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lumbung.invent import origins
from lumbung.invent.lives import CHILD, Life, Seat, draw_family, draw_life
from lumbung.invent.names import CITIES, full_name
from lumbung.invent.nik import FIRST_SERIAL, LAST_SERIAL, nik, nomor_kk, temporary


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One invented person. Codes are those of `codes`; `nik` may be "0" or a temporary number, as in real registers.

    `father_nik` and `mother_nik` are known only where the parent is on the same family card.
    """

    nik: str
    name: str
    female: bool
    birth_place: str
    birth: date
    age: int
    relation: int
    life: Life
    father: str
    mother: str
    father_nik: str
    mother_nik: str
    phone: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One family card: its number, where it lives, and its members with the head first."""

    kk: str
    hamlet: str
    rt: int
    rw: int
    street: str
    recorded: date
    members: tuple[Resident, ...]

    @property
    def address(self) -> str:
        """The line that a register prints."""
        return f"DUSUN {self.hamlet.upper()} RT {self.rt:03d} RW {self.rw:03d}"


HAMLETS = ("Krajan", "Ngemplak", "Kauman", "Gondang", "Sawahan", "Pojok")
STREETS = ("Jl. Melati", "Jl. Mawar", "Jl. Pahlawan", "Gang Kenanga", "Jl. Raya", "Jl. Sawo")


class Registry:
    """Hands out numbers and never the same one twice. Holds what it has given out; one per invented register."""

    def __init__(self, *, random: Random, home: str, village: str) -> None:
        self.random = random
        self.home = home
        self.village = village
        self._given: set[str] = set()

    def nik(self, *, birth: date, female: bool) -> str:
        """Most carry the home kecamatan, a fifth another, one in a hundred a code that no longer exists."""
        chance = self.random.random()
        if chance < 0.012:
            return "0" if chance < 0.006 else temporary(village=self.village, serial=self._serial())
        region = self._region()
        written = self._written(birth)
        return self._new(lambda: nik(region=region, birth=written, female=female, serial=self._serial()))

    def kk(self, *, recorded: date) -> str:
        """Always of the kecamatan that issued the card."""
        return self._new(lambda: nomor_kk(region=self.home, recorded=recorded, serial=self._serial()))

    def _new(self, draw: Callable[[], str]) -> str:
        number = draw()
        while number in self._given:
            number = draw()
        self._given.add(number)
        return number

    def _serial(self) -> int:
        return self.random.randint(FIRST_SERIAL, LAST_SERIAL)

    def _region(self) -> str:
        chance = self.random.random()
        if chance < 0.01:
            return self.random.choice(origins.RETIRED)
        return self.random.choice(origins.ELSEWHERE) if chance < 0.2 else self.home

    def _written(self, birth: date) -> date:
        # A court or the office may correct a birth date; the number stays as it was first given.
        if self.random.random() >= 0.02:
            return birth
        return birth + timedelta(days=self.random.choice((-365, -31, -1, 1, 30, 366)))


def invent_households(
    *,
    seed: int,
    count: int,
    home: str = origins.HOMES[0],
    village: str = "99.01.01.2001",
    on: date = date(2017, 12, 31),
) -> tuple[Household, ...]:
    """`count` families as the register of `village` (a dotted code) would show them on a day.

    `home` is the kecamatan, six digits, that first registered most of them.
    """
    random = Random(seed)  # noqa: S311 - the same seed must give the same people
    registry = Registry(random=random, home=home, village=village)
    return tuple(_household(registry, on=on) for _ in range(count))


def people(households: Sequence[Household]) -> list[tuple[Household, Resident]]:
    """Every member with their family, in the order of the register."""
    return [(household, member) for household in households for member in household.members]


def _household(registry: Registry, *, on: date) -> Household:
    random = registry.random
    recorded = on - timedelta(days=random.randint(30, 365 * 16))
    hamlet = random.randrange(len(HAMLETS))
    return Household(
        kk=registry.kk(recorded=recorded),
        hamlet=HAMLETS[hamlet],
        rt=random.randint(1, 5),
        rw=hamlet + 1,
        street=f"{random.choice(STREETS)} No. {random.randint(1, 99)}",
        recorded=recorded,
        members=_members(registry, on=on),
    )


def _members(registry: Registry, *, on: date) -> tuple[Resident, ...]:
    random = registry.random
    religion = random.choices(range(1, 8), weights=(93, 3, 2, 0.4, 0.4, 0.2, 1))[0]
    members: list[Resident] = []
    for seat in draw_family(random=random):
        life = draw_life(seat, random=random, religion=religion)
        members.append(_resident(registry, seat, life, _parents(seat, members), on=on))
    return tuple(members)


def _parents(seat: Seat, members: Sequence[Resident]) -> tuple[Resident | None, Resident | None]:
    if seat.relation != CHILD:
        return None, None
    father = next((member for member in members[:2] if not member.female), None)
    return father, next((member for member in members[:2] if member.female), None)


def _resident(
    registry: Registry, seat: Seat, life: Life, parents: tuple[Resident | None, Resident | None], *, on: date
) -> Resident:
    random = registry.random
    birth = on - timedelta(days=int(seat.age * 365.25) + random.randint(1, 364))
    father, mother = parents
    return Resident(
        nik=registry.nik(birth=birth, female=seat.female),
        name=full_name(random=random, female=seat.female),
        female=seat.female,
        birth_place=random.choice(CITIES) if random.random() < 0.3 else "Tirtaloka",
        birth=birth,
        age=seat.age,
        relation=seat.relation,
        life=life,
        father=father.name if father else full_name(random=random, female=False),
        mother=mother.name if mother else _mother(random),
        father_nik=father.nik if father else "",
        mother_nik=mother.nik if mother else "",
        phone=_phone(random) if seat.age > 16 else "",
        certificate=f"{random.randint(100, 9999)}/IST/{birth.year + 1}" if random.random() < 0.6 else "",
    )


def _phone(random: Random) -> str:
    # Prefixes that no operator has been given.
    return f"{random.choice(('0834', '0835', '0837', '0839'))}{random.randint(1_000_000, 99_999_999)}"


def _mother(random: Random) -> str:
    return "-" if random.random() < 0.02 else full_name(random=random, female=True)
