"""Ours, ours in part, none, cannot tell: invented villages in monthly versions, samples that went through hands."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from lumbung.trace import fingerprint, vintage
from lumbung.trace.index import About, Index, open_index, write
from lumbung.trace.match import Sample, hits, stands_in
from lumbung.trace.weigh import Answer, _is_none, weigh
from tests.trace.people import KEY, people

VILLAGE = people(seed=1, families=900)
STRANGERS = people(seed=2, families=300, home="330820")


def indexed(version: str, frame: pl.DataFrame, source: str = "desa") -> Index:
    made = fingerprint.prints(frame, key=KEY)
    about = About(source=source, version=version, made="", until="2099-01-01", rows=frame.height)
    return Index(about=about, numbers={kind: np.unique(one.numbers) for kind, one in made.items()})


def asked(frame: pl.DataFrame, indexes: Sequence[Index]) -> Answer:
    sample = Sample(rows=frame.height, prints=fingerprint.prints(frame, key=KEY, guess=True))
    return weigh(sample, [hits(sample, index) for index in indexes])


def monthly(frame: pl.DataFrame, months: int) -> list[pl.DataFrame]:
    """Each month some leave, some join, and some have another family number."""
    half = frame.height * 3 // 4
    versions = []
    for month in range(months):
        stay = frame.slice(month * 12, half)
        moved = (pl.int_range(pl.len()) + month) % 150 == 0
        versions.append(
            stay.with_columns(kk=pl.when(moved).then(pl.lit(f"33081301012090{month:02d}")).otherwise("kk"))
        )
    return versions


def test_sorted_numbers_are_searched_as_a_set_would_be() -> None:
    random = np.random.default_rng(1)
    stored = np.unique(random.integers(0, 1000, 300, dtype=np.uint64))
    query = random.integers(0, 1200, 500, dtype=np.uint64)
    assert stands_in(query, stored).tolist() == [number in set(stored.tolist()) for number in query.tolist()]
    none = np.empty(0, dtype=np.uint64)
    assert not stands_in(query, none).any() and not len(stands_in(none, stored))


def test_ours_and_which_version() -> None:
    versions = monthly(VILLAGE, 12)
    indexes = [indexed(f"{month + 1:02d}", frame) for month, frame in enumerate(versions)]
    answer = asked(versions[6].sample(1000, seed=1, shuffle=True), indexes)
    assert (answer.verdict, answer.version) == ("ours", 6)
    assert answer.versions[6].probability > 0.99 and "nik" in answer.deciding and "nik-kk" in answer.deciding
    assert "upstream" in answer.why and 0.99 < answer.upstream < 1


def test_ten_rows_are_ours_and_their_version_is_not_told() -> None:
    versions = monthly(VILLAGE, 3)
    answer = asked(versions[1].slice(100, 10), [indexed(str(month), frame) for month, frame in enumerate(versions)])
    assert (answer.verdict, answer.version, "versions-alike" in answer.why) == ("ours", None, True)


def test_none_of_ours_says_what_was_tested() -> None:
    answer = asked(STRANGERS, [indexed("1", VILLAGE)])
    assert (answer.verdict, answer.version, answer.tested) == ("none", None, STRANGERS.height)
    assert answer.matched in (0, None)  # a namesake born on one day, not counted out


def test_nothing_to_compare_with() -> None:
    assert asked(VILLAGE, []).verdict == "cannot-tell"


def test_a_poisoned_sample_is_ours_in_part_and_its_version_still_found() -> None:
    versions = monthly(VILLAGE, 6)
    poisoned = pl.concat([versions[2].sample(600, seed=4), STRANGERS.head(600)]).sample(
        fraction=1, shuffle=True, seed=5
    )
    answer = asked(poisoned, [indexed(str(month), frame) for month, frame in enumerate(versions)])
    assert (answer.verdict, answer.version) == ("ours", 2)
    assert abs(answer.foreign - 600) < 10
    mostly = pl.concat([versions[2].sample(100, seed=4), STRANGERS.head(600)])
    assert asked(mostly, [indexed("2", versions[2])]).verdict == "part"


def test_a_mixture_of_three_sources_is_taken_apart() -> None:
    sources = [
        people(seed=seed, families=200, home=home) for seed, home in ((11, "330801"), (12, "330802"), (13, "330803"))
    ]
    indexes = [indexed("1", frame, source=str(number)) for number, frame in enumerate(sources)]
    mixed = pl.concat([frame.head(100 - 20 * number) for number, frame in enumerate(sources)])
    answer = asked(mixed, indexes)
    assert (answer.verdict, answer.version, "several-sources" in answer.why) == ("ours", None, True)
    assert dict(answer.parts).keys() == {0, 1, 2} and sum(rows for _, rows in answer.parts) == mixed.height


def test_numbers_that_were_guessed_are_no_proof() -> None:
    guessed = STRANGERS.head(300).with_columns(nik=VILLAGE["nik"].head(300), kk=None, birth=None, phone=None)
    answer = asked(guessed.cast(VILLAGE.schema), [indexed("1", VILLAGE)])
    assert (answer.verdict, answer.why) == ("cannot-tell", ("numbers-without-names",))


def test_numbers_alone_are_said_to_be_alone() -> None:
    bare = VILLAGE.head(100).with_columns(name=None, birth=None, kk=None, phone=None).cast(VILLAGE.schema)
    answer = asked(bare, [indexed("1", VILLAGE)])
    assert (answer.verdict, answer.why) == ("cannot-tell", ("numbers-alone",)) and answer.matched > 90


def test_fifteen_digits_count_with_the_name_and_not_alone() -> None:
    cut = VILLAGE.with_columns(stem=pl.col("nik").str.slice(0, 15), nik=None, birth=None, phone=None, kk=None)
    with_names = asked(cut.cast(VILLAGE.schema), [indexed("1", VILLAGE)])
    assert with_names.matched >= 0.99 * VILLAGE["nik"].count()
    alone = asked(cut.with_columns(name=None).cast(VILLAGE.schema), [indexed("1", VILLAGE)])
    assert alone.verdict == "cannot-tell"


def test_without_the_number_a_name_and_a_birth_date_will_do() -> None:
    dropped = VILLAGE.select("name", "birth").with_columns(
        pl.lit(None).alias(name) for name in VILLAGE.columns if name not in ("name", "birth")
    )
    answer = asked(dropped.select(VILLAGE.columns).cast(VILLAGE.schema), [indexed("1", VILLAGE)])
    assert (answer.verdict, answer.matched) == ("ours", VILLAGE.height)


def test_a_version_inside_another_is_not_preferred() -> None:
    whole = indexed("kecamatan", VILLAGE)
    answer = asked(VILLAGE.head(200), [whole, indexed("desa", VILLAGE.head(800))])
    assert (answer.version, "versions-alike" in answer.why) == (None, True)


def test_the_file_and_the_memory_say_the_same(tmp_path: Path) -> None:
    index = indexed("1", VILLAGE)
    write(tmp_path / "a.sidik", index.numbers, about=index.about, key=KEY)
    opened = open_index(tmp_path / "a.sidik", key=KEY, today=date(2026, 1, 1))
    assert asked(VILLAGE.head(50), [opened]) == asked(VILLAGE.head(50), [index])


def test_ages_date_the_extract_and_wrong_ages_do_not_hinder() -> None:
    found = vintage.extracted(VILLAGE, latest=date(2026, 1, 1))
    assert found and found.first <= "2017-12-31" <= found.last and found.agree == found.of
    wrong = VILLAGE.with_columns(
        age=pl.when(pl.int_range(pl.len()) % 10 == 0).then(50).otherwise("age").cast(pl.Int16)
    )
    robust = vintage.extracted(wrong, latest=date(2026, 1, 1))
    assert robust and (robust.first, robust.last) == (found.first, found.last) and robust.agree < robust.of
    assert vintage.extracted(VILLAGE.head(9), latest=date(2026, 1, 1)) is None
    random = VILLAGE.with_columns(age=(pl.int_range(pl.len()) * 37 % 80).cast(pl.Int16))
    assert vintage.extracted(random, latest=date(2026, 1, 1)) is None


def test_a_few_hits_of_very_many_rows_are_chance() -> None:
    assert _is_none(3, 300_000) and _is_none(250, 300_000) and _is_none(0, 10) and _is_none(1, 1000)
    assert not _is_none(5, 10) and not _is_none(5, 100) and not _is_none(2000, 300_000)


def test_namesakes_with_other_numbers_are_none_of_ours() -> None:
    same = VILLAGE.head(30).with_columns(nik=STRANGERS["nik"].drop_nulls().head(30), kk=None, phone=None)
    sample = pl.concat([same.cast(VILLAGE.schema), STRANGERS.slice(100, 900)])
    answer = asked(sample, [indexed("1", VILLAGE)])
    assert (answer.verdict, answer.why) == ("none", ("namesakes",))


def test_a_version_without_numbers_does_not_win_where_the_sample_shows_them() -> None:
    whole = indexed("register", VILLAGE)
    masked = Index(about=indexed("salinan", VILLAGE).about, numbers={"name-birth": whole.numbers["name-birth"]})
    sample = VILLAGE.sample(300, seed=4, shuffle=True)
    for indexes, place in (([masked, whole], 1), ([whole, masked], 0)):
        assert asked(sample, indexes).version == place
    none = pl.lit(None, dtype=pl.String)
    alike = asked(sample.with_columns(nik=none, kk=none), [whole, masked])
    assert (alike.version, [round(one.probability, 3) for one in alike.versions]) == (None, [0.5, 0.5])
