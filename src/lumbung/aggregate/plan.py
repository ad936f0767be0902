"""The fixed table set: every table as steps from fine to coarse, each step naming which pieces form one category.

No free queries: whatever is published is one of these tables, for a hamlet, a village, a district or a regency.
Specific data in the sense of the law are not printed for a single village.
"""

from dataclasses import dataclass
from itertools import pairwise

from lumbung.aggregate.atoms import LARGEST_HOUSEHOLD, band, bands, within
from lumbung.aggregate.policy import Ages, Policy, TablePolicy

ALL = "semua"
ABOVE_HAMLETS = ("village", "district", "regency")
Group = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One step: the published categories with the pieces each holds; `sexes` are L, P, T or T alone."""

    sexes: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One table of the set. `partition` is true where the categories together are everybody in the area."""

    name: str
    title: str
    unit: str
    base: str
    k: int
    ways: tuple[Way, ...]
    levels: tuple[str, ...] = ABOVE_HAMLETS
    zeros: bool = False
    partition: bool = True


def plans(policy: Policy) -> tuple[Plan, ...]:
    """All tables, from those that everything else depends on to those that may give way first."""
    return (*_age_plans(policy), *(_coded(table, policy) for table in policy.tables), *_family_plans(policy))


def _age_plans(policy: Policy) -> list[Plan]:
    ages = policy.ages
    both = tuple(_bands(ages, edges) for edges in (ages.five_years, ages.ten_years, ages.broad))
    school = tuple((band(*edge), within(ages, *edge)) for edge in ages.school)
    return [
        Plan(
            name="umur",
            title="Penduduk menurut kelompok umur dan jenis kelamin",
            unit="jiwa",
            base="umur",
            k=policy.k,
            ways=(*(_by_sex(groups) for groups in both), _together(both[-1])),
        ),
        Plan(
            name="usia_produktif",
            title="Penduduk usia 0-14, 15-64 dan 65 tahun ke atas menurut jenis kelamin",
            unit="jiwa",
            base="umur",
            k=policy.k,
            ways=(_by_sex(both[-1]), _together(both[-1])),
        ),
        Plan(
            name="usia_sekolah",
            title="Penduduk usia sekolah (7-12, 13-15, 16-18 tahun) menurut jenis kelamin",
            unit="jiwa",
            base="umur",
            k=policy.k_specific,
            ways=(_by_sex(school), _together(school)),
            levels=policy.specific_levels,
            partition=False,
        ),
        _identity_cards(policy),
        _hamlets(policy),
    ]


def _identity_cards(policy: Policy) -> Plan:
    obliged = (("wajib", frozenset({"muda_pernah", "dewasa_pernah", "dewasa_belum"})),)
    return Plan(
        name="wajib_ktp",
        title="Penduduk wajib KTP (17 tahun ke atas atau pernah kawin) menurut jenis kelamin",
        unit="jiwa",
        base="wajib_ktp",
        k=policy.k,
        ways=(_by_sex(obliged), _together(obliged)),
        partition=False,
    )


def _hamlets(policy: Policy) -> Plan:
    broad = tuple((band(*edge), frozenset({band(*edge)})) for edge in bands(policy.ages.broad))
    everyone = (ALL, frozenset(name for name, _ in broad))
    return Plan(
        name="dusun",
        title="Penduduk dusun menurut tiga kelompok umur dan jenis kelamin",
        unit="jiwa",
        base="dusun",
        k=policy.k,
        ways=(
            _by_sex((*broad, everyone)),
            _by_sex((everyone,)),
            _together((*broad, everyone)),
            _together((everyone,)),
        ),
        levels=("hamlet",),
        partition=False,
    )


def _family_plans(policy: Policy) -> list[Plan]:
    heads, unschooled = (
        (("kepala", frozenset({"kepala"})),),
        (("tidak_sekolah", frozenset({"tidak_belum_sekolah:besar"})),),
    )
    return [
        Plan(
            name="kepala_keluarga",
            title="Kepala keluarga menurut jenis kelamin",
            unit="keluarga",
            base="kepala_keluarga",
            k=policy.k,
            ways=(_by_sex(heads), _together(heads)),
            partition=False,
        ),
        Plan(
            name="ukuran_keluarga",
            title="Keluarga menurut jumlah anggota",
            unit="keluarga",
            base="ukuran_keluarga",
            k=policy.k,
            ways=tuple(_together(_sizes(starts)) for starts in ((1, 2, 3, 4, 5, 6), (1, 3, 5), (1, 5))),
            partition=False,
        ),
        Plan(
            name="tidak_sekolah",
            title="Penduduk 7 tahun ke atas yang tidak atau belum sekolah",
            unit="jiwa",
            base="pendidikan",
            k=policy.k,
            ways=(_together(unschooled),),
            partition=False,
        ),
    ]


def _sizes(starts: tuple[int, ...]) -> tuple[Group, ...]:
    last = LARGEST_HOUSEHOLD
    names = [(first, [str(size) for size in range(first, end)]) for first, end in pairwise(starts)]
    open_end = [*(str(size) for size in range(starts[-1], last)), f"{last}+"]
    closed = [("-".join(dict.fromkeys((sizes[0], sizes[-1]))), frozenset(sizes)) for _, sizes in names]
    return (*closed, (f"{starts[-1]}+", frozenset(open_end)))


def _bands(ages: Ages, edges: tuple[int, ...]) -> tuple[Group, ...]:
    return tuple((band(*edge), within(ages, *edge)) for edge in bands(edges))


def _coded(table: TablePolicy, policy: Policy) -> Plan:
    ways = []
    for step in table.steps:
        groups = tuple(("+".join(group), _pieces(group)) for group in step.groups)
        ways.append(_by_sex(groups) if step.by_sex else _together(groups))
    return Plan(
        name=table.name,
        title=table.title,
        unit=table.unit,
        base=table.name,
        k=policy.k_specific if table.specific else policy.k,
        ways=tuple(ways),
        zeros=table.zeros,
        levels=policy.specific_levels if table.specific else ABOVE_HAMLETS,
    )


def _pieces(group: tuple[str, ...]) -> frozenset[str]:
    """The category of education that is cut by age has two pieces."""
    cut = {f"{name}:{part}" for name in group if name == "tidak_belum_sekolah" for part in ("kecil", "besar")}
    return frozenset(cut | {name for name in group if name != "tidak_belum_sekolah"})


def _by_sex(groups: tuple[Group, ...]) -> Way:
    return Way(sexes=("L", "P", "T"), groups=groups)


def _together(groups: tuple[Group, ...]) -> Way:
    return Way(sexes=("T",), groups=groups)
