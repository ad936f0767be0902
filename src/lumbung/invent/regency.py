"""Kabupaten Tirtaloka, which is on no map: districts, villages, agencies, and how many people live where.

Codes stand under province 99, which the Ministry of Home Affairs has never given out. Names are put together from
parts of which no pair is the name of a real village.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from lumbung.invent.listed import listed

NAME = "Kabupaten Tirtaloka"
KODE = "99.01"
DISTRICTS = listed(
    """Embunwengku Girilawang Sekartarum Manikbakti Umbulwangsa Candraloka Palwalestari Hastasadana Jalaraharja
    Kalawiguna Lintangarum Nawangluhur Ranggadipa Rukmawening Suryateduh Waringinpinang Wulangading Kidungwaluya
    Padmapertiwi Sanggagiwang Tirtanagara"""
)
FIRST_PARTS = listed(
    """Arga Banyu Candra Dewa Embun Giri Hasta Jala Kala Lintang Manik Nawang Palwa Rangga Sekar Tirta Umbul Waringin
    Rukma Surya Wulan Kidung Padma Sangga"""
)
LAST_PARTS = listed(
    """loka wangsa wengku sadana nagara lawang tarum bakti sembada lestari raharja wiguna giwang arum luhur dipa wening
    teduh pinang gading waluya pertiwi"""
)
FIRST_VILLAGE = "Argaloka"


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A desa or kelurahan. `kode` is dotted (99.01.CC.DDDD), area in square kilometres."""

    kode: str
    name: str
    urban: bool
    men: int
    women: int
    households: int
    area: float

    @property
    def population(self) -> int:
        """Men and women."""
        return self.men + self.women

    @property
    def title(self) -> str:
        """As it is addressed: Desa or Kelurahan and its name."""
        return f"{'Kelurahan' if self.urban else 'Desa'} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A kecamatan with its villages."""

    kode: str
    name: str
    villages: tuple[Village, ...]

    @property
    def men(self) -> int:
        """Of all its villages."""
        return sum(village.men for village in self.villages)

    @property
    def women(self) -> int:
        """Of all its villages."""
        return sum(village.women for village in self.villages)

    @property
    def population(self) -> int:
        """Men and women."""
        return self.men + self.women


@dataclass(frozen=True, slots=True, kw_only=True)
class Regency:
    """The whole regency; the same seed gives the same one."""

    districts: tuple[District, ...]

    @property
    def villages(self) -> tuple[Village, ...]:
        """All of them, in the order of their codes."""
        return tuple(village for district in self.districts for village in district.villages)

    @property
    def weights(self) -> list[int]:
        """The population of each district, to share totals out by."""
        return [district.population for district in self.districts]


def invent_regency(*, seed: int = 99) -> Regency:
    """Twenty-one districts of twelve to nineteen villages."""
    random = Random(seed)  # noqa: S311 - the same seed must give the same regency
    taken = {*DISTRICTS, FIRST_VILLAGE}
    names = [first + last for first, last in product(FIRST_PARTS, LAST_PARTS) if first + last not in taken]
    random.shuffle(names)
    names.append(FIRST_VILLAGE)
    districts = []
    for number, name in enumerate(DISTRICTS, start=1):
        count = random.randint(12, 19)
        kode = f"{KODE}.{number:02d}"
        villages = tuple(_village(random, kode, order, names) for order in range(count))
        districts.append(District(kode=kode, name=name, villages=villages))
    return Regency(districts=tuple(districts))


def _village(random: Random, district: str, order: int, names: list[str]) -> Village:
    urban = order == 0 and int(district[-2:]) % 3 == 0
    population = int(random.triangular(900, 6200, 2600)) * (2 if urban else 1)
    men = round(population * random.uniform(0.49, 0.515))
    number = 1001 if urban else 2001 + order
    return Village(
        kode=f"{district}.{number}",
        name=names.pop(),
        urban=urban,
        men=men,
        women=population - men,
        households=round(population / random.uniform(2.9, 3.5)),
        area=round(random.uniform(0.9, 7.5), 2),
    )


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to weights that add up to the total exactly (largest remainders first)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: exact[index] - shares[index], reverse=True)
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares
