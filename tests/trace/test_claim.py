"""Claims of the kind that were really made, reproduced from their figures; samples of registers and of generators."""

from datetime import date
from random import Random

import polars as pl
import pytest

from lumbung.detect import regions
from lumbung.trace import checks, figures
from lumbung.trace.claim import CANNOT_TELL, CONTRADICTS, SUPPORTS, Claim, NotAClaim, of_figures, parse
from tests.trace.people import people

REPORTED = {
    "total": 8_797_669,
    "year": 2021,
    "regions": [
        {"name": "Kab. Malang", "count": 3_165_815},
        {"name": "Kab. Bekasi", "count": 2_339_060},
        {"name": "Kab. Subang", "count": 1_989_263},
        {"name": "Kota Bogor", "count": 1_303_531},
    ],
}
NOTHING = parse({"total": 100})
LATEST = date(2026, 11, 22)


def found(claim: Claim) -> dict[str, str]:
    return {check.about or check.code: check.finding for check in of_figures(claim)}


def test_8_797_669_in_four_regions() -> None:
    assert found(parse(REPORTED)) == {
        "breakdown-sum": SUPPORTS, "Kab. Malang": CONTRADICTS, "Kab. Bekasi": CANNOT_TELL,
        "Kab. Subang": CONTRADICTS, "Kota Bogor": CONTRADICTS, "population": CONTRADICTS,
    }  # fmt: skip
    ratios = {check.about: round(check.observed / check.reference, 2) for check in of_figures(parse(REPORTED))[1:5]}
    assert ratios == {"Kab. Malang": 1.19, "Kab. Bekasi": 0.75, "Kab. Subang": 1.25, "Kota Bogor": 1.25}
    assert [check.unchecked for check in of_figures(parse(REPORTED))] == [False, True, True, False, False, True]


def test_200_million_of_190_million() -> None:
    claim = parse({"total": "200.000.000", "of": "pemilih", "year": 2014})
    assert found(claim) == {"breakdown-sum": CANNOT_TELL, "Indonesia": CONTRADICTS}
    assert found(parse({"total": 188_000_000, "of": "pemilih"}))["Indonesia"] == SUPPORTS


def test_every_change_of_one_digit_is_caught() -> None:
    for place, region in enumerate(REPORTED["regions"]):  # type: ignore[arg-type]
        digits = str(region["count"])
        for at, digit in enumerate(digits):
            for other in set("0123456789") - {digit}:
                changed = [dict(one) for one in REPORTED["regions"]]  # type: ignore[attr-defined]
                changed[place]["count"] = int(digits[:at] + other + digits[at + 1 :])
                assert of_figures(parse({**REPORTED, "regions": changed}))[0].finding == CONTRADICTS


def test_what_is_not_published_cannot_tell_and_a_claim_may_bring_a_figure() -> None:
    claim = {"total": 10, "regions": [{"name": "Kab. Tirtaloka", "count": 10}]}
    assert found(parse(claim)) == {"breakdown-sum": SUPPORTS, "Kab. Tirtaloka": CANNOT_TELL}
    brought = [{"name": "Kabupaten Tirtaloka", "of": "penduduk", "year": 2020, "count": 5, "source": "BPS"}]
    assert found(parse({**claim, "figures": brought}))["Kab. Tirtaloka"] == CONTRADICTS


@pytest.mark.parametrize(
    "raw",
    [{}, {"total": "banyak"}, {"total": -1}, {"total": 1.5}, {"total": True}, {"total": 10**13},
     {"total": 1, "of": "x"}, {"total": 1, "regions": {}}, {"total": 1, "regions": [1]},
     {"total": 1, "regions": [{"name": "a"}]},
     {"total": 1, "regions": [{"name": "", "count": 1}]}, {"total": 1, "figures": [{"name": "a", "count": 1}]}],
)  # fmt: skip
def test_what_is_no_claim(raw: dict[str, object]) -> None:
    with pytest.raises(NotAClaim):
        parse(raw)


def counted(frame: pl.DataFrame) -> figures.Figures:
    """Invented numbers are counted from 9000."""
    return figures.count(frame, levels=regions.levels(), latest=LATEST, counted_from=8999)


def as_issued(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Serials from 9000 on, low ones first, as an office gives them."""
    random = Random(seed)
    serials = pl.Series([f"{9000 + min(40, int(random.expovariate(0.3))):04d}" for _ in range(frame.height)])
    return frame.with_columns(nik=pl.col("nik").str.slice(0, 12) + serials)


def naive(rows: int, seed: int) -> pl.DataFrame:
    """Sixteen digits at random, with the serials of invented people."""
    random = Random(seed)
    numbers = [f"{random.randrange(10**11, 10**12)}{random.randrange(9000, 10000)}" for _ in range(rows)]
    mixed = people(seed=seed, families=rows).head(rows)
    cards = [f"{random.randrange(10**11, 10**12)}{random.randrange(9000, 10000)}" for _ in range(rows // 3 + 1)]
    drawn = pl.Series(random.choices(cards, k=rows))
    return mixed.with_columns(nik=pl.Series(numbers), kk=drawn, sex=pl.Series(random.choices("LP", k=rows)))


def findings(frame: pl.DataFrame, claim: Claim = NOTHING) -> dict[str, str]:
    return {check.code: check.finding for check in checks.of_sample(counted(frame), claim)}


def test_a_register_looks_like_one() -> None:
    told = findings(as_issued(people(seed=5, families=400), 5))
    assert told["generated"] == SUPPORTS and CONTRADICTS not in told.values()


def test_random_numbers_do_not() -> None:
    told = findings(naive(100, 6))
    assert {told[code] for code in ("numbers-valid", "sex-agrees", "date-agrees", "generated")} == {CONTRADICTS}


def test_families_thrown_together_do_not() -> None:
    frame = as_issued(people(seed=7, families=300), 7)
    shuffled = frame.with_columns(kk=pl.col("kk").shuffle(seed=1))
    assert findings(frame)["families-shaped"] == SUPPORTS
    assert findings(shuffled)["families-shaped"] == CONTRADICTS


def test_repeated_rows_another_region_another_year() -> None:
    frame = people(seed=8, families=100, home="350701")
    claim = parse({**REPORTED, "regions": REPORTED["regions"][:1], "total": 1, "year": 2017})  # type: ignore[index]
    assert findings(frame, claim)["home-region"] == SUPPORTS and findings(frame, claim)["vintage"] == SUPPORTS
    elsewhere = findings(people(seed=8, families=100, home="330820"), parse({**REPORTED, "year": 2020}))
    assert (elsewhere["home-region"], elsewhere["vintage"]) == (CONTRADICTS, CONTRADICTS)
    assert findings(pl.concat([frame, frame.head(150)]))["repeated"] == CONTRADICTS


def test_few_rows_cannot_tell() -> None:
    assert set(findings(people(seed=9, families=3).head(9)).values()) <= {CANNOT_TELL}


@pytest.mark.parametrize(
    ("both", "total", "finding"),
    [(0, 200_000, CONTRADICTS), (0, 10**9, CANNOT_TELL), (10, 100_000, SUPPORTS), (10, 10**7, CONTRADICTS),
     (10, 20_000, CONTRADICTS), (900, 200, CONTRADICTS)],
)  # fmt: skip
def test_two_samples_bound_the_total(both: int, total: int, finding: str) -> None:
    assert checks.of_two(1000, 1000, both, parse({"total": total})).finding == finding


def test_people_in_both() -> None:
    frame = people(seed=10, families=50)
    assert figures.in_both(frame.head(60), frame.slice(40, 60)) == 20
